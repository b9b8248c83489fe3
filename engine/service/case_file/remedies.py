"""What a page shows of remedial actions: where each stands, and what the reader may do with it now (M6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.errors import NotNow
from engine.service import rights
from engine.service.cases import actions, closure
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.tasks import beginning
from engine.service.tasks.starting import facts_about
from engine.store import actions as action_rows
from engine.store import tasks

DECISION = "management_decision"


@dataclass(frozen=True)
class ActionCard:
    """A remedial action with the name of who works on it. `decision` is the process that asks for one."""

    action: Any
    worker: str | None
    settled: bool
    may_sign_off: bool
    may_record_work: bool
    decision: str | None


def of_task(engine: Engine, person: str, task_id: str) -> tuple[ActionCard, ...]:
    """Return the actions that are completed on the page of a task, none for other tasks."""

    def work(question: Question) -> tuple[ActionCard, ...]:
        task = question.once(tasks.get, task_id)
        if task.form != actions.ACTIVITY or task.audit is None:
            return ()
        return cards(question, person, action_rows.of_audit(question.connection, task.audit))

    return engine.ask(work)


def where(engine: Engine, action: int) -> Any:
    """Return the row of a remedial action; NotFound."""
    return engine.ask(lambda question: action_rows.get(question.connection, action))


def cards(question: Question, person: str, rows: Iterable[Any]) -> tuple[ActionCard, ...]:
    """Return the cards of remedial actions as `person` may see and change them now."""
    return tuple(_card(question, person, row) for row in rows)


def _card(question: Question, person: str, row: Any) -> ActionCard:
    worker = actions.worker(question, row)
    known = question.directory.people.get(worker) if worker is not None else None
    return ActionCard(
        action=row,
        worker=known.name if known is not None else None,
        settled=not closure.unsettled(question, "action", [row]),
        may_sign_off=_may(question, person, row, "sign off", "signed off"),
        may_record_work=_may(question, person, row, "record work", "work recorded"),
        decision=DECISION if _may_ask(question, person, row) else None,
    )


def _may(question: Question, person: str, row: Any, doing: str, event: str) -> bool:
    if question.decide(actions.STATES, state=row.state, event=event).get("next_state") is None:
        return False
    try:
        task = actions.activity(question, row)
    except NotNow:
        return False
    return rights.reason_against(question, person, doing, task.title, task) is None


def _may_ask(question: Question, person: str, row: Any) -> bool:
    possible = question.decide(actions.STATES, state=row.state, event="management decision asked")
    if possible.get("next_state") is None or DECISION not in question.policy.processes:
        return False
    facts = facts_about(question, row.case_ref, row.audit)
    return beginning.reason_against(question, person, DECISION, facts) is None
