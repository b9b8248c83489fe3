"""Whoever may agree that a failed step be skipped is written to when somebody asks for it, and nobody else."""

import pytest

from engine.service import instances
from engine.service.command import Command
from engine.service.mail.mailroom import Letterhead
from engine.service.overview import second_people, skipping
from engine.service.people import directory
from engine.service.record_system import extracts
from engine.service.record_system.extracts import CaseChange
from engine.store import people
from tests.factories.council import SOMEBODY, Council, at
from tests.factories.faulty import letters_fail

CASE, OTHER = "CF-20931", "CF-30510"
WHY = "The letter to Kim has a fault"


@pytest.fixture(autouse=True)
def broken(council: Council) -> None:
    """An errand that stopped at its first letter, beside one that did not."""
    council.deploy(letters_fail())
    for case, first in ((OTHER, 1), (CASE, 0)):
        facts = {"case": case, "first": first, "second": 1}
        council.run(lambda command, facts=facts: instances.begin(command, "errand", facts))
    council.pass_to(at(2026, 12, 3))


def ask(council: Council, person: str = "asha") -> None:
    (kept,) = council.incidents()
    skipping.ask(council.engine, person, kept.id, WHY)


def told(council: Council, person: str) -> list[tuple[str, str | None]]:
    return [(one.notice, one.case_ref) for one in council.letters(person) if one.notice == second_people.NOTICE]


def test_those_who_may_agree_are_written_to_and_not_who_asked(council: Council) -> None:
    ask(council)
    everybody = council.ask(lambda question: sorted(question.directory.people))
    assert [name for name in everybody if told(council, name)] == ["colin", "gail"]
    assert told(council, "gail") == [(second_people.NOTICE, CASE)]


def test_the_letter_leads_to_the_incidents_and_does_not_hold_what_somebody_wrote(council: Council) -> None:
    ask(council)
    (letter,) = [one for one in council.letters("gail") if one.notice == second_people.NOTICE]
    head = Letterhead("casefile@example.org", "https://casefile.example.org")
    assert head.link(letter.case_ref, letter.page) == "https://casefile.example.org/standing/incidents"
    assert "“First” failed" in letter.body and "Asha asks that it be skipped" in letter.body
    assert WHY not in letter.body


def test_who_is_away_is_written_to_only_where_nobody_else_is_here(council: Council) -> None:
    day = at(2026, 12, 3).date()
    directory.record_absence(council.engine, SOMEBODY, "gail", day, day)
    assert council.ask(lambda question: second_people.of(question, "asha")) == ("colin",)
    directory.record_absence(council.engine, SOMEBODY, "colin", day, day)
    assert set(council.ask(lambda question: second_people.of(question, "asha"))) == {"colin", "gail"}


def test_a_restricted_case_is_named_to_nobody_who_is_barred_from_it(council: Council) -> None:
    for name, cleared in (("gail", True), ("colin", False)):
        council.run(lambda command, name=name, cleared=cleared: _clear(command, name, cleared))
    extracts.apply(council.engine, SOMEBODY, CaseChange(CASE, restricted=True))
    ask(council)
    assert told(council, "gail") == [(second_people.NOTICE, CASE)]
    assert told(council, "colin") == [(second_people.NOTICE, None)]


def _clear(command: Command, name: str, cleared: bool) -> None:
    people.change_person(command.connection, name, {"cleared": cleared})


def test_every_asking_is_told_anew(council: Council) -> None:
    ask(council)
    (kept,) = council.incidents()
    skipping.decline(council.engine, "gail", kept.id, "It can be mended")
    council.pass_to(at(2026, 12, 4))
    ask(council, "gail")
    assert len(told(council, "colin")) == 2
    assert len(told(council, "asha")) == 1
