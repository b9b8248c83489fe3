"""Who is away in a week and who covers; one's own absence, and others' by those who keep the directory (DEC-8)."""

from datetime import date

import pytest

from engine.domain.people import Absence
from engine.errors import Invalid, NotAllowed, NotFound
from engine.service.council import absences

TUESDAY, FRIDAY, NEXT = date(2026, 12, 1), date(2026, 12, 4), date(2026, 12, 8)


def known(council):
    return council.ask(lambda question: list(question.directory.absences))


def test_a_week_shows_who_is_away_and_who_covers(council):
    absences.record(council.engine, "gail", "mo", TUESDAY, FRIDAY)
    absences.record(council.engine, "gail", "kim", NEXT, NEXT)
    week = absences.week(council.engine, "gail", FRIDAY)
    (line,) = week.lines
    assert (week.monday, line.person.username) == (date(2026, 11, 30), "mo")
    assert [(one.post, one.team, one.names) for one in line.stand_ins] == [("Practice Manager", "North CIN", ("Oz",))]
    assert [one.person.username for one in absences.week(council.engine, "gail", NEXT).lines] == ["kim"]


def test_everybody_records_their_own_absence_and_nobody_elses(council):
    absences.record(council.engine, "nia", "nia", TUESDAY, TUESDAY)
    with pytest.raises(NotAllowed):
        absences.record(council.engine, "nia", "mo", TUESDAY, TUESDAY)
    with pytest.raises(NotAllowed):
        absences.week(council.engine, "nia")
    assert known(council) == [Absence("nia", TUESDAY, TUESDAY)]
    assert council.events("directory")[-1].actor == "nia"


def test_an_absence_recorded_twice_stands_once(council):
    for _ in range(2):
        absences.record(council.engine, "gail", "mo", TUESDAY, FRIDAY)
    assert known(council) == [Absence("mo", TUESDAY, FRIDAY)]


def test_an_absence_is_withdrawn_with_an_event(council):
    absences.record(council.engine, "gail", "mo", TUESDAY, FRIDAY)
    absences.record(council.engine, "gail", "kim", TUESDAY, FRIDAY)
    absences.withdraw(council.engine, "gail", Absence("mo", TUESDAY, FRIDAY))
    assert known(council) == [Absence("kim", TUESDAY, FRIDAY)]
    assert council.events("directory")[-1].kind == "absence withdrawn"
    before = council.dump()
    with pytest.raises(NotFound):
        absences.withdraw(council.engine, "gail", Absence("mo", TUESDAY, FRIDAY))
    with pytest.raises(NotAllowed):
        absences.withdraw(council.engine, "mo", Absence("kim", TUESDAY, FRIDAY))
    assert council.dump() == before


@pytest.mark.parametrize(("first", "last"), [(FRIDAY, TUESDAY), (TUESDAY, date(2028, 1, 1))])
def test_days_that_cannot_be_are_refused(council, first, last):
    with pytest.raises(Invalid) as refused:
        absences.record(council.engine, "gail", "mo", first, last)
    assert list(refused.value.errors) == ["last_day"]
