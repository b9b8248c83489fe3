"""Two months in the life of the demonstration council, lived through the service on a clock of its own.

The audit periods begin by themselves. All but the newest are uploaded, drawn and released by those whose work it is.
Of the audits that come of it some are finished, some are under way, and some are late.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from engine.domain.calendar import LONDON, local_day
from engine.service import accounts, actions, answering, beginning, clockwork, cycles, inbox, remedies, starting, work
from engine.service import lists as population_lists
from engine.service.clock import VirtualClock
from engine.service.engine import Engine
from webapp.demo import council

SPAN = timedelta(days=62)
MONTH = timedelta(days=31)
MORNING = time(10)


@dataclass(frozen=True)
class Past:
    """The council on its way through the past: the engine with the clock that is moved, when it ends, and the
    tasks that somebody has dealt with.
    """

    engine: Engine
    clock: VirtualClock
    until: datetime
    dealt_with: set[str] = field(default_factory=set)


Deed = Callable[[Past, str, Any], None]


@dataclass(frozen=True)
class Habit:
    """What somebody does with a task, and how many working days after it was opened."""

    days: int
    deed: Deed


def live(engine: Engine) -> None:
    """Set up the demonstration council in the empty database of `engine`, and let it live until now."""
    until = engine.clock.now()
    clock = VirtualClock(until - SPAN)
    past = Past(Engine(engine.database, clock), clock, until)
    council.load(past.engine)
    day = local_day(clock.now())
    while (morning := datetime.combine(day, MORNING, LONDON)) < until:
        _pass_time(past, morning)
        _do_the_day(past)
        day += timedelta(days=1)
    _pass_time(past, until)


def _pass_time(past: Past, until: datetime) -> None:
    while (due := clockwork.next_moment(past.engine)) is not None and due <= until:
        past.clock.move_to(due)
        if clockwork.tick(past.engine) == 0:
            break
    past.clock.move_to(until)


def _do_the_day(past: Past) -> None:
    for person in accounts.everybody(past.engine):
        page = inbox.open_inbox(past.engine, person.username)
        if not page.calendar.is_working_day(page.today):
            return
        for task in (row.task for row in page.rows):
            habit = _habit(task)
            waited = page.calendar.between(local_day(task.opened_at), page.today)
            if habit is not None and waited >= habit.days and task.id not in past.dealt_with:
                past.dealt_with.add(task.id)
                habit.deed(past, person.username, task)


def _habit(task: Any) -> Habit | None:
    return AUDITS.get(task.case_ref) if task.element == "audit_case_record" else HABITS.get(task.element)


def _complete(given: Mapping[str, object], past: Past, person: str, task: Any) -> None:
    work.complete(past.engine, person, task.id, answering.for_task(past.engine, task.id, given))


def _just(**given: object) -> Deed:
    return partial(_complete, given)


def _begin(past: Past, person: str, process: str, task: Any, given: Mapping[str, object]) -> None:
    page = starting.open_start(past.engine, person, process, task.case_ref, task.audit)
    raw = answering.for_start(past.engine, process, page.facts, given)
    beginning.begin(past.engine, person, process, raw, page.facts)


def _upload(past: Past, person: str, task: Any) -> None:
    page = population_lists.list_of_task(past.engine, person, task.id)
    if page is None or past.clock.now() + MONTH > past.until:
        return
    content = council.population_list()
    identifier, _report = cycles.upload(past.engine, person, page.cycle, "open cases.csv", content)
    _complete({"population_list": identifier}, past, person, task)


def _audit(*found: str) -> Deed:
    required = "yes" if found else "no"
    rows = [{"what": what} for what in found]
    given = {"remedial_action_required": required, "remedial_actions": rows}
    return partial(_finish_audit, given)


def _finish_audit(given: Mapping[str, object], past: Past, person: str, task: Any) -> None:
    _begin_audit(past, person, task)
    _complete(given, past, person, task)


def _begin_audit(past: Past, person: str, task: Any) -> None:
    answers = {"facts_right": "yes", "age_band": "age_5_to_9", "child_status": "child_in_need"}
    work.save_draft(past.engine, person, task.id, answers)


def _ask_to_defer(past: Past, person: str, task: Any) -> None:
    later = (local_day(past.clock.now()) + timedelta(days=21)).isoformat()
    given = {"request_kind": "deferment", "reason": "I am on annual leave until then.", "new_start": later}
    _begin(past, person, "deferment", task, given)


def _remedy_some(past: Past, person: str, task: Any) -> None:
    cards = remedies.of_task(past.engine, person, task.id)
    for card in cards[:1]:
        actions.sign_off(past.engine, person, card.action.id, "Written up and shared with the family.")
    for card in cards[1:2]:
        actions.record_work(past.engine, person, card.action.id, "Asked the school for its reports.")
    for card in cards[2:3]:
        given = {"action_number": str(card.action.number), "observation_reference": "OBS-114"}
        _begin(past, person, str(card.decision), task, given)


def _remedy_all(past: Past, person: str, task: Any) -> None:
    for card in remedies.of_task(past.engine, person, task.id):
        actions.sign_off(past.engine, person, card.action.id, "Done; see the record of this week.")
    _complete({}, past, person, task)


def _remedy(past: Past, person: str, task: Any) -> None:
    deed = _remedy_all if task.case_ref in FINISHED else _remedy_some
    deed(past, person, task)


FINISHED = frozenset(("CF-30510", "CF-40077"))

HABITS: Mapping[str, Habit] = {
    "upload_population_list": Habit(0, _upload),
    "check_population_list": Habit(1, _just()),
    "confirm_auditor_capacity": Habit(1, _just(pool_auditors="7", audits_for_each_officer="1")),
    "release_the_assignments": Habit(0, _just()),
    "review_audit": Habit(4, _just()),
    "acknowledge_audit": Habit(2, _just()),
    "complete_remedial_actions": Habit(6, _remedy),
}

AUDITS: Mapping[str, Habit] = {
    "CF-20931": Habit(
        8,
        _audit(
            "Bring the chronology up to date to the end of last month",
            "Add the school's last two reports to the record",
            "Record the reason for the gap in visits in the spring",
        ),
    ),
    "CF-20932": Habit(12, _audit()),
    "CF-21040": Habit(10, _audit("Record the child's wishes after the last visit", "Date and sign the plan")),
    "CF-30510": Habit(5, _audit("Add the health assessment to the record")),
    "CF-30511": Habit(16, _audit("Write the summary for the last three months")),
    "CF-40077": Habit(7, _audit("Correct the spelling of the street in the address")),
    "CF-50008": Habit(3, _begin_audit),
    "CF-60003": Habit(4, _ask_to_defer),
}
