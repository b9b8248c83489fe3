"""The population list that belongs to a task of the monthly cycle, for its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.service import instances
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.periods import seeing
from engine.store import cycles, tasks


@dataclass(frozen=True)
class ListPage:
    """The audit period of a task, the import report of its list (None before one is uploaded), whether the reader may
    see the page of the period, and which parts of it.
    """

    cycle: str
    report: Mapping[str, Any] | None
    may_see: bool
    parts: tuple[str, ...]


def list_of_task(engine: Engine, person: str, task_id: str) -> ListPage | None:
    """Return the audit period that a task belongs to, None for tasks about a case and all others.

    NotFound for an unknown task.
    """

    def work(question: Question) -> ListPage | None:
        task = question.once(tasks.get, task_id)
        row = instances.get_row(question, task.instance)
        if row.cycle is None or task.case_ref is not None:
            return None
        may_see = seeing.reason_against(question, person, seeing.OVERVIEW) is None
        report = cycles.get(question.connection, row.cycle).report
        return ListPage(row.cycle, report, may_see, seeing.parts_of(question, person))

    return engine.ask(work)
