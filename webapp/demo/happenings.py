"""What happens once in the past of the demonstration council, each so many days before today."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from itertools import islice
from typing import Any

from engine.domain.calendar import local_day
from engine.errors import Refusal
from engine.service.council import leavers
from engine.service.inboxes import waiting
from engine.service.people import directory
from engine.service.policy import variations
from engine.service.record_system import extracts
from engine.service.record_system.extracts import CaseChange
from webapp.demo.council import SET_UP
from webapp.demo.deeds import Past, begin

DEADLINES = "processes/deadlines.dmn"
DIFFICULTY = r'(<text>"difficulty"</text>\s*</inputEntry>\s*<outputEntry[^>]*>\s*<text>)\d+(</text>)'
EXERCISE, REOPENED = "CF-30511", "CF-51005"
AUDIT, REMEDY = "audit_case_record", "complete_remedial_actions"
DIFFICULTY_NOTICE, THEME, BOARD = "difficulty_notice", "thematic_audit", "board_report"
LEAVE = {
    "difficulty_when": "anticipated",
    "difficulty_kind": "leave",
    "difficulty_text": "My team stands in for another until the new year, and two of us are on leave.",
    "difficulty_help": "One audit fewer in December.",
}
ACCESS = {
    "difficulty_when": "actual",
    "difficulty_kind": "access",
    "difficulty_text": "The older documents of two records cannot be opened from my office.",
    "difficulty_help": "A desk at the main building for two days.",
}
LEAVING_CARE = {
    "thematic_title": "Plans for leaving care",
    "thematic_question": "Does every plan say where the young person will live, and who will still be there?",
    "thematic_team": "Next Step",
    "thematic_kind": "snapshot",
    "as_at": "day",
}
MEETING = {"meeting_date": "day+14"}
HELP = {
    "help_topic": "evidence",
    "help_question": "Two visits are told of in the diary of the team and not in the record. May I use the diary?",
}
DISAGREEMENT = {
    "action_number": "1",
    "disagreement_kind": "feasibility",
    "grounds": "The school has closed, and its reports are kept by nobody.",
}
DECISION = {
    "action_number": "1",
    "observation_reference": "OBS-207",
    "explanation": "The family has moved to another council, which keeps the record now.",
}

Happening = Callable[[Past], object]


def _exercise(past: Past) -> None:
    given = {"why_this_case": "Its plan was read differently by two officers.", "items": "10"}
    begin(past, "asha", "reliability_exercise", given, EXERCISE)


def _variation(past: Past) -> None:
    table = variations.in_force(past.engine)[DEADLINES].decode()
    changed = re.sub(DIFFICULTY, r"\g<1>3\g<2>", table, flags=re.DOTALL)
    upload = variations.keep(past.engine, "gail", {DEADLINES: changed.encode()})
    title, reason = "Three working days to answer a difficulty", "Auditors wait a week for an answer, and lose time."
    given = {"variation_title": title, "variation_reason": reason, "variation_upload": upload}
    begin(past, "gail", "policy_variation", given, None)


def _about_no_case(person: str, process: str, given: Mapping[str, str]) -> Happening:
    return lambda past: begin(past, person, process, past.dated(given), None)


def _case_shown(case: str, status: str) -> Happening:
    return lambda past: extracts.apply(past.engine, SET_UP, CaseChange(case, status=status))


def _restricted(past: Past) -> None:
    for _, task in islice(_open(past, AUDIT), 1):
        extracts.apply(past.engine, SET_UP, CaseChange(task.case_ref, restricted=True))


def concern(past: Past) -> None:
    """Let an auditor raise a safeguarding concern about a record at hand; nobody has looked at it yet."""
    what = "The school writes that the child was left alone for three days. No visit is recorded since."
    _begun(AUDIT, "safeguarding_concern", {"concern_what": what})(past)


def _begun(element: str, process: str, given: Mapping[str, str]) -> Happening:
    """Begin a process about the case of the newest task of a kind on which the council does not refuse it."""

    def happen(past: Past) -> None:
        for person, task in _open(past, element):
            with suppress(Refusal):
                begin(past, person, process, given, task.case_ref, task.audit)
                return

    return happen


def _open(past: Past, element: str) -> list[tuple[str, Any]]:
    everybody = waiting.for_everybody(past.engine)
    found = ((one.person.username, task) for one in everybody for task in one.tasks if task.element == element)
    return sorted(found, key=lambda pair: pair[1].opened_at, reverse=True)


def _away(person: str, days: int) -> Happening:
    def happen(past: Past) -> None:
        first = local_day(past.clock.now())
        directory.record_absence(past.engine, SET_UP, person, first, first + timedelta(days=days))

    return happen


def _to_leave(person: str, days: int) -> Happening:
    def happen(past: Past) -> None:
        leavers.leave(past.engine, "gail", person, local_day(past.clock.now()) + timedelta(days=days))

    return happen


def _left(person: str) -> Happening:
    return lambda past: leavers.leave(past.engine, "gail", person)


HAPPENINGS: dict[int, tuple[Happening, ...]] = {
    130: (_about_no_case("gail", BOARD, MEETING),),
    120: (_case_shown(REOPENED, "closed"),),
    75: (_exercise,),
    60: (_left("ned"),),
    50: (_about_no_case("zoe", DIFFICULTY_NOTICE, LEAVE),),
    20: (_exercise,),
    13: (_about_no_case("gail", BOARD, MEETING),),
    12: (_variation,),
    6: (_restricted,),
    4: (_case_shown(REOPENED, "open"),),
    3: (_begun(REMEDY, "disagreement", DISAGREEMENT), _begun(REMEDY, "management_decision", DECISION)),
    2: (
        _to_leave("yan", 12),
        _away("tara", 9),
        _about_no_case("kim", DIFFICULTY_NOTICE, ACCESS),
        _about_no_case("asha", THEME, LEAVING_CARE),
    ),
    1: (_begun(AUDIT, "help_request", HELP),),
}


def of_the_day(past: Past, day: date) -> None:
    """Let happen what happens on a day."""
    for happening in HAPPENINGS.get((local_day(past.until) - day).days, ()):
        happening(past)
