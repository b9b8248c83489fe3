"""What happens once in the past of the demonstration council, each so many days before today."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

from engine.domain.calendar import local_day
from engine.service import directory, extracts, variations, waiting
from engine.service.extracts import CaseChange
from webapp.demo.council import SET_UP
from webapp.demo.deeds import Past, begin

DEADLINES = "processes/deadlines.dmn"
DIFFICULTY = r'(<text>"difficulty"</text>\s*</inputEntry>\s*<outputEntry[^>]*>\s*<text>)\d+(</text>)'
EXERCISE, REOPENED = "CF-30511", "CF-51005"
AUDIT = "audit_case_record"

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


def _case_shown(case: str, status: str) -> Happening:
    return lambda past: extracts.apply(past.engine, SET_UP, CaseChange(case, status=status))


def _restricted(past: Past) -> None:
    for _, task in islice(_audits(past), 1):
        extracts.apply(past.engine, SET_UP, CaseChange(task.case_ref, restricted=True))


def concern(past: Past) -> None:
    """Let an auditor raise a safeguarding concern about a record at hand; nobody has looked at it yet."""
    what = "The school writes that the child was left alone for three days. No visit is recorded since."
    for person, task in islice(_audits(past), 1):
        begin(past, person, "safeguarding_concern", {"concern_what": what}, task.case_ref, task.audit)


def _audits(past: Past) -> Iterator[tuple[str, Any]]:
    for one in waiting.for_everybody(past.engine):
        yield from ((one.person.username, task) for task in one.tasks if task.element == AUDIT)


def _away(person: str, days: int) -> Happening:
    def happen(past: Past) -> None:
        first = local_day(past.clock.now())
        directory.record_absence(past.engine, SET_UP, person, first, first + timedelta(days=days))

    return happen


HAPPENINGS: dict[int, tuple[Happening, ...]] = {
    120: (_case_shown(REOPENED, "closed"),),
    75: (_exercise,),
    20: (_exercise,),
    12: (_variation,),
    6: (_restricted,),
    4: (_case_shown(REOPENED, "open"),),
    2: (_away("tara", 9),),
}


def of_the_day(past: Past, day: date) -> None:
    """Let happen what happens on a day."""
    for happening in HAPPENINGS.get((local_day(past.until) - day).days, ()):
        happening(past)
