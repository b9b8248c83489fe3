"""What can be done with a task in the demonstration, each by the use cases that the pages call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.domain.calendar import local_day
from engine.errors import Refusal
from engine.service.audits import cycles
from engine.service.case_file import remedies
from engine.service.cases import actions
from engine.service.clock import VirtualClock
from engine.service.engine import Engine
from engine.service.periods import lists
from engine.service.tasks import answering, beginning, starting, work
from webapp.demo import grading, habits, remarks, town

# So long the newest list waits for whoever looks at the demonstration: of open cases, or of what became of actions.
NEWEST = timedelta(days=14)


@dataclass(frozen=True)
class Past:
    """The council on its way through the past: the engine with the clock that is moved, and when it ends."""

    engine: Engine
    clock: VirtualClock
    until: datetime

    def is_newest(self) -> bool:
        """Tell whether it is so late that what waits now is left for whoever looks at the demonstration."""
        return self.clock.now() + NEWEST >= self.until

    def dated(self, answers: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return answers with their days counted from today."""
        dated: Mapping[str, Any] = habits.on(local_day(self.clock.now()), answers)
        return dated


Deed = Callable[[Past, str, Any, Mapping[str, Any]], None]


def do(past: Past, person: str, task: Any, step: habits.Step) -> None:
    """Do what a step says. What the council refuses is left undone, as anybody would leave it."""
    given = past.dated(step.answers)
    try:
        if step.process is not None:
            begin(past, person, step.process, given, task.case_ref, task.audit)
        else:
            DEEDS[step.deed](past, person, task, given)
    except Refusal:
        return


def begin(
    past: Past, person: str, process: str, given: Mapping[str, Any], case: str | None, audit: str | None = None
) -> str:
    """Begin a process by hand and return its instance; Refusal as for anybody."""
    page = starting.open_start(past.engine, person, process, case, audit)
    facts = page.facts if case is not None else {"proposer": person}
    raw = remarks.varied(answering.for_start(past.engine, process, facts, given), case, process)
    return beginning.begin(past.engine, person, process, raw, facts)


def _complete(past: Past, person: str, task: Any, given: Mapping[str, Any]) -> None:
    raw = answering.for_task(past.engine, task.id, given)
    work.complete(past.engine, person, task.id, remarks.varied(raw, task.case_ref, task.element))


def _distribute(past: Past, person: str, task: Any, given: Mapping[str, Any]) -> None:
    if not past.is_newest():
        _complete(past, person, task, given)


def _upload(past: Past, person: str, task: Any, _given: Mapping[str, Any]) -> None:
    page = lists.list_of_task(past.engine, person, task.id)
    if page is not None and not past.is_newest():
        content = town.as_list(town.cases())
        identifier, _report = cycles.upload(past.engine, person, page.cycle, "open cases.csv", content)
        _complete(past, person, task, {"population_list": identifier})


def _begin_audit(past: Past, person: str, task: Any, _given: Mapping[str, Any]) -> None:
    answers = {"facts_right": "yes", "age_band": "age_5_to_9", "child_status": "child_in_need"}
    work.save_draft(past.engine, person, task.id, answers)


def _audit(past: Past, person: str, task: Any, given: Mapping[str, Any]) -> None:
    _begin_audit(past, person, task, given)
    _complete(past, person, task, {**grading.audit(task.case_ref), **given})


def _review(past: Past, person: str, task: Any, given: Mapping[str, Any]) -> None:
    _complete(past, person, task, {**grading.review(task.case_ref), **given})


def _read_alone(past: Past, person: str, task: Any, given: Mapping[str, Any]) -> None:
    items = range(1, answering.facts_of(past.engine, task.id)["items"] + 1)
    readings = [{"item": item, "reading": grading.reading(task.case_ref, person, item)} for item in items]
    _complete(past, person, task, {**given, "readings": readings})


def _agree_readings(past: Past, person: str, task: Any, given: Mapping[str, Any]) -> None:
    varied = answering.facts_of(past.engine, task.id)["revealed"]["variations"]
    note = "Read again together: the plan names the step, and not by when."
    rows = [{"item": item, "agreed_reading": "2", "discussion_note": note} for item in varied]
    _complete(past, person, task, {**given, "agreed": rows})


def _remedy_some(past: Past, person: str, task: Any, _given: Mapping[str, Any]) -> None:
    cards = remedies.of_task(past.engine, person, task.id)
    for card in cards[:1]:
        actions.record_work(past.engine, person, card.action.id, "Asked the school for its reports.")
    for card in cards[1:2]:
        actions.sign_off(past.engine, person, card.action.id, "Written up and shared with the family.")


def _remedy_all(past: Past, person: str, task: Any, given: Mapping[str, Any]) -> None:
    for card in remedies.of_task(past.engine, person, task.id):
        if card.may_sign_off:
            actions.sign_off(past.engine, person, card.action.id, "Done; see the record of this week.")
    _complete(past, person, task, given)


def _check_actions(past: Past, person: str, task: Any, given: Mapping[str, Any]) -> None:
    listed = answering.facts_of(past.engine, task.id)["actions"]
    _complete(past, person, task, {**given, "findings": [_finding(task.case_ref, one) for one in listed]})


def _finding(case: str, action: Mapping[str, Any]) -> dict[str, Any]:
    kept = grading.is_fulfilled(case, action["number"])
    evidence = "Seen in the record under documents." if kept else "The record shows nothing of it."
    finding = {"action": action["number"], "fulfilled": "yes" if kept else "no", "evidence": evidence}
    signed = "yes" if kept or action["state"] != "open" else "no"
    return {**finding, "completed": signed, "authorised": signed}


DEEDS: Mapping[str, Deed] = {
    "complete": _complete,
    "upload": _upload,
    "distribute": _distribute,
    "begin_audit": _begin_audit,
    "audit": _audit,
    "review": _review,
    "read_alone": _read_alone,
    "agree_readings": _agree_readings,
    "remedy_some": _remedy_some,
    "remedy_all": _remedy_all,
    "check_actions": _check_actions,
}
