"""Claiming a task for one step: its row, its instance locked for this transaction, and its case, read at once."""

from collections import namedtuple
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, select

from engine.errors import NotFound
from engine.store.schema.council import case_record
from engine.store.schema.execution import instance, task


class Claim(NamedTuple):
    """The rows of a task, of its process instance, and of the case it is about (None when it is about none)."""

    task: Any
    instance: Any
    case: Any | None


_TABLES = (task, instance, case_record)
_CLAIM = (
    select(*_TABLES)
    .select_from(
        task.join(instance, instance.c.id == task.c.instance).outerjoin(
            case_record, case_record.c.reference == task.c.case_ref
        )
    )
    .where(task.c.id == bindparam("wanted"))
    .with_for_update(of=instance)
)


def _row(table: Table) -> Any:
    return namedtuple(f"{table.name}_row", [column.name for column in table.columns])


_ROWS = tuple(_row(table) for table in _TABLES)
_ENDS = (len(task.c), len(task.c) + len(instance.c))


def claim(connection: Connection, task_id: str) -> Claim:
    """Return what a step of the task needs; NotFound.

    Only the instance is locked: where another step of it was waited for, the task is as it was before that step.
    """
    found = connection.execute(_CLAIM, {"wanted": task_id}).one_or_none()
    if found is None:
        raise NotFound(what=f"task {task_id}")
    of_task, of_instance, of_case = found[: _ENDS[0]], found[_ENDS[0] : _ENDS[1]], found[_ENDS[1] :]
    return Claim(
        _ROWS[0](*of_task),
        _ROWS[1](*of_instance),
        _ROWS[2](*of_case) if of_case[0] is not None else None,
    )
