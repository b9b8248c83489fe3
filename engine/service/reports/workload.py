"""Where all work stands now: every process by state and age, and what is overdue, by post (R-18, R-32, I-04)."""

from collections.abc import Iterator
from typing import Any

from engine.domain.calendar import local_day
from engine.service.posts import task_holders
from engine.service.reports.found import Found, Row, Table, count
from engine.service.reports.scope import Scope
from engine.store import reporting
from engine.store.instances import STOPPED

NAMES = (
    "processes",
    "stopped",
    "tasks",
    "overdue",
    "overdue_by_task",
    "unheld",
    "states",
    "states.process",
    "states.running",
    "states.stopped",
    "states.oldest",
)


def found(scope: Scope) -> Iterator[Found]:
    """Yield the unfinished processes and the open tasks as they stand now, whatever the month."""
    instances = scope.ours(reporting.unfinished_instances(scope.question.connection))
    rows = [_instance(scope, one) for one in instances]
    yield count("processes", rows)
    yield count("stopped", [row for row, one in zip(rows, instances, strict=True) if one.status == STOPPED], len(rows))
    tasks = [one for one in reporting.open_tasks(scope.question.connection) if _is_ours(scope, one)]
    shown = [_task(scope, task) for task in tasks]
    yield count("tasks", shown)
    late = [
        row for row, task in zip(shown, tasks, strict=True) if task.due is not None and task.due < scope.question.now
    ]
    yield count("overdue", late, len(shown))
    for title in dict.fromkeys(sorted(str(row["task"]) for row in late)):
        yield count("overdue_by_task", [row for row in late if row["task"] == title], len(late), title)
    yield count("unheld", [row for row in shown if row["holder"] is None], len(shown))
    yield _states(scope, instances)


def _is_ours(scope: Scope, task: Any) -> bool:
    return task.team == scope.team if task.team is not None and scope.team is not None else scope.is_ours(task.case_ref)


def _instance(scope: Scope, one: Any) -> Row:
    return {
        "case": one.case_ref,
        "process": _process(scope, one.process),
        "status": one.status,
        "begun_on": local_day(one.started_at).isoformat(),
    }


def _task(scope: Scope, task: Any) -> Row:
    holders = task_holders(scope.question, task)
    return {
        "case": task.case_ref,
        "task": task.title,
        "post": task.post or task.lane,
        "team": task.team,
        "due_on": None if task.due is None else local_day(task.due).isoformat(),
        "holder": ", ".join(scope.name(one) for one in holders) or None,
    }


def _process(scope: Scope, process: str) -> str:
    definition = scope.question.policy.processes.get(process)
    return process.replace("_", " ") if definition is None else definition.name


def _states(scope: Scope, instances: list[Any]) -> Table:
    rows = []
    for process in dict.fromkeys(one.process for one in instances):
        own = [one for one in instances if one.process == process]
        stopped = sum(one.status == STOPPED for one in own)
        oldest = local_day(min(one.started_at for one in own)).isoformat()
        rows.append((_process(scope, process), len(own) - stopped, stopped, oldest))
    return Table("states", ("process", "running", "stopped", "oldest"), tuple(sorted(rows)))
