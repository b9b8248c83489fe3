"""Audit periods: uploads, the locked frame, the draw and its assignments."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from engine.errors import NotFound
from engine.store.schema.council import assignment, barring, cycle, frame, upload


def get(connection: Connection, identifier: str) -> Row[Any]:
    """Return the cycle; NotFound."""
    row = connection.execute(select(cycle).where(cycle.c.id == identifier)).one_or_none()
    if row is None:
        raise NotFound(what=f"audit period {identifier}")
    return row


def hold(connection: Connection, identifier: str) -> None:
    """Let others who hold the same cycle wait until this transaction ends."""
    connection.execute(select(cycle.c.id).where(cycle.c.id == identifier).with_for_update())


def newest(connection: Connection) -> Row[Any] | None:
    """Return the cycle with the latest reference date, None when there is none."""
    return connection.execute(select(cycle).order_by(cycle.c.reference_date.desc()).limit(1)).one_or_none()


def every(connection: Connection) -> list[Row[Any]]:
    """Return all cycles, newest first."""
    return list(connection.execute(select(cycle).order_by(cycle.c.reference_date.desc())))


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a cycle."""
    connection.execute(insert(cycle), values)


def change(connection: Connection, identifier: str, values: Mapping[str, Any]) -> None:
    """Change a cycle."""
    connection.execute(update(cycle).where(cycle.c.id == identifier).values(**values))


def add_upload(connection: Connection, values: Mapping[str, Any]) -> None:
    """Keep an uploaded population list as it came."""
    connection.execute(insert(upload), values)


def get_upload(connection: Connection, identifier: str) -> Row[Any]:
    """Return an upload; NotFound."""
    row = connection.execute(select(upload).where(upload.c.id == identifier)).one_or_none()
    if row is None:
        raise NotFound(what="upload with this number")
    return row


def replace_frame(connection: Connection, identifier: str, rows: Iterator[Mapping[str, Any]]) -> None:
    """Replace the cycle's frame by `rows`."""
    connection.execute(delete(frame).where(frame.c.cycle == identifier))
    while some := list(islice(rows, 5000)):
        connection.execute(insert(frame), some)


def frame_of(connection: Connection, identifier: str) -> list[Row[Any]]:
    """Return the frame of a cycle by case reference."""
    return list(connection.execute(select(frame).where(frame.c.cycle == identifier).order_by(frame.c.case_ref)))


def replace_assignments(connection: Connection, identifier: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Replace the proposed assignments of a cycle by `rows`."""
    connection.execute(delete(assignment).where(assignment.c.cycle == identifier))
    if rows:
        connection.execute(insert(assignment), list(rows))


def replace_barrings(
    connection: Connection, identifier: str, barred: Mapping[str, Mapping[str, Sequence[str]]]
) -> None:
    """Replace what kept auditors from the cases of a cycle: usernames by reason, by case."""
    connection.execute(delete(barring).where(barring.c.cycle == identifier))
    rows = [{"cycle": identifier, "case_ref": case, "barred": dict(those)} for case, those in barred.items()]
    if rows:
        connection.execute(insert(barring), rows)


def assignments(connection: Connection, identifier: str) -> list[Row[Any]]:
    """Return the assignments of a cycle."""
    return list(
        connection.execute(select(assignment).where(assignment.c.cycle == identifier).order_by(assignment.c.id))
    )
