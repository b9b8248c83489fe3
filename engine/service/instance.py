"""A process instance within one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.store import instances


@dataclass(frozen=True)
class Instance:
    """A process instance as this transaction knows it. `version` 0 is one that is not stored yet, and `task_due` when
    the first of its open tasks is due.
    """

    id: str
    process: str
    deployment: int
    parent: str | None
    case_ref: str | None
    audit: str | None
    cycle: str | None
    state: bytes
    version: int
    open_tasks: tuple[int, ...]
    tokens: tuple[str, ...]
    reminders: Mapping[str, Any]
    next_due: datetime | None
    timer_due: datetime | None
    task_due: datetime | None
    events: int
    head: str
    status: str = instances.RUNNING

    @classmethod
    def of(cls, row: Any) -> "Instance":
        """Return the instance of a row that is locked for this transaction."""
        return cls(
            id=row.id,
            process=row.process,
            deployment=row.deployment,
            parent=row.parent,
            case_ref=row.case_ref,
            audit=row.audit,
            cycle=row.cycle,
            state=row.state,
            version=row.version,
            open_tasks=tuple(row.open_tasks),
            tokens=tuple(row.tokens),
            reminders=row.reminders,
            next_due=row.next_due,
            timer_due=row.timer_due,
            task_due=row.task_due,
            events=row.events,
            head=row.head,
            status=row.status,
        )
