"""Being away: recorded, changed and cancelled by oneself, on record, and covered meanwhile (DEC-8, I-06)."""

from datetime import date

import pytest

from engine.errors import Invalid, NotFound, NotNow
from engine.service.inboxes import inbox
from engine.service.inboxes.inbox import COVERED, Wanted
from engine.service.people import absences
from tests.factories.council import AUDIT, REMEDY, at

TODAY, FRIDAY, LATER = date(2026, 12, 1), date(2026, 12, 4), date(2026, 12, 21)


def record(council, person, first=LATER, last=LATER):
    absences.record(council.engine, person, first, last)
    return absences.of_person(council.engine, person)[-1]


def days(council, person):
    return [(one.first_day, one.last_day) for one in absences.of_person(council.engine, person)]


def covered(council, person):
    return [row.task.title for row in inbox.open_inbox(council.engine, person, 1, Wanted(COVERED)).rows]


def test_an_absence_is_recorded_by_who_is_away_and_shows_who_stands_in(council):
    one = record(council, "mo")
    record(council, "quin", TODAY, TODAY)
    assert (one.first_day, one.last_day, one.has_begun) == (LATER, LATER, False)
    assert [(row.post, row.team, row.names) for row in one.stand_ins] == [("Practice Manager", "North CIN", ("Oz",))]
    event = council.events("directory")[-2]
    assert (event.kind, event.actor) == ("absence", "mo")
    assert event.details == {"person": "mo", "first_day": "2026-12-21", "last_day": "2026-12-21"}


def test_who_stands_in_is_shown_before_anything_is_recorded(council):
    of_oz = [(row.post, row.team, row.names) for row in absences.stand_ins(council.engine, "oz")]
    assert of_oz == [("Service Manager", team, ("Ravi", "Ros")) for team in ("North CIN", "South CIN")]
    assert absences.stand_ins(council.engine, "nia") == ()
    posts = [row.post for row in absences.stand_ins(council.engine, "gail")]
    assert posts == ["Quality Assurance Team Administrator"]


def test_nobody_stands_in_where_the_whole_chain_is_away(council):
    for person in ("oz", "pat"):
        record(council, person, TODAY, FRIDAY)
    (one,) = absences.stand_ins(council.engine, "mo")
    assert one.names == ()


def test_work_is_covered_while_somebody_is_away_and_no_longer(council):
    council.assign("CF-20931", "kim")
    council.authorise_audit("CF-20931", 1)
    one = record(council, "mo", TODAY, FRIDAY)
    assert covered(council, "oz") == [REMEDY]
    absences.change(council.engine, "mo", one.number, TODAY, TODAY)
    council.pass_to(at(2026, 12, 2))
    assert covered(council, "oz") == []


def test_an_absence_to_come_is_changed_and_cancelled_on_record(council):
    one = record(council, "mo")
    absences.change(council.engine, "mo", one.number, FRIDAY, LATER)
    assert days(council, "mo") == [(FRIDAY, LATER)]
    absences.cancel(council.engine, "mo", one.number)
    assert days(council, "mo") == []
    changed, cancelled = council.events("directory")[-2:]
    assert (changed.kind, cancelled.kind) == ("absence changed", "absence withdrawn")
    assert changed.details["before"] == {"first_day": "2026-12-21", "last_day": "2026-12-21"}
    assert changed.details["after"] == {"first_day": "2026-12-04", "last_day": "2026-12-21"}
    assert not council.ask(lambda question: question.directory.is_absent("mo", LATER))


def test_an_absence_that_has_begun_ends_early_and_is_not_cancelled(council):
    one = record(council, "mo", TODAY, LATER)
    council.pass_to(at(2026, 12, 3))
    with pytest.raises(NotNow, match="it has begun"):
        absences.cancel(council.engine, "mo", one.number)
    with pytest.raises(Invalid, match="Only its last day can change"):
        absences.change(council.engine, "mo", one.number, FRIDAY, LATER)
    absences.change(council.engine, "mo", one.number, TODAY, date(2026, 12, 2))
    assert days(council, "mo") == []


def test_nobody_changes_the_absence_of_somebody_else(council):
    one = record(council, "mo")
    for act in (
        lambda: absences.cancel(council.engine, "quin", one.number),
        lambda: absences.change(council.engine, "quin", one.number, TODAY, FRIDAY),
        lambda: absences.record(council.engine, "nobody", TODAY, FRIDAY),
    ):
        with pytest.raises(NotFound):
            act()
    assert days(council, "mo") == [(LATER, LATER)]


@pytest.mark.parametrize(
    ("first", "last", "field", "told"),
    [
        (FRIDAY, TODAY, "last_day", "its first day or later"),
        (date(2026, 11, 30), FRIDAY, "first_day", "today or later"),
        (FRIDAY, date(2028, 1, 1), "last_day", "at most 366 days"),
        (FRIDAY, LATER, "first_day", "an absence for some of these days"),
    ],
)
def test_days_that_cannot_be_meant_are_refused_by_field(council, first, last, field, told):
    record(council, "mo", LATER, LATER)
    record(council, "quin", FRIDAY, FRIDAY)
    with pytest.raises(Invalid, match=told) as refusal:
        absences.record(council.engine, "mo", first, last)
    assert set(refusal.value.errors) == {field}
    assert days(council, "mo") == [(LATER, LATER)]


def test_an_absence_may_be_changed_to_days_that_overlap_itself(council):
    one = record(council, "mo", FRIDAY, LATER)
    absences.change(council.engine, "mo", one.number, TODAY, LATER)
    with pytest.raises(Invalid, match="today or later"):
        absences.change(council.engine, "mo", one.number, date(2026, 11, 2), LATER)
    assert days(council, "mo") == [(TODAY, LATER)]


def test_audits_named_to_who_is_away_are_not_covered(council):
    council.assign("CF-20931", "kim")
    record(council, "kim", TODAY, FRIDAY)
    assert all(AUDIT not in covered(council, one) for one in ("colin", "asha", "oz"))
