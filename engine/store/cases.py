"""Case facts as the record system last gave them; never a copy of the record (R-02)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from engine.errors import NotFound
from engine.store.rows import Rows
from engine.store.schema.council import case_record

OPEN = "open"
CLOSED = "closed"

_BY_REFERENCE = Rows(case_record.c.reference)
_HOLD = select(case_record.c.reference).where(case_record.c.reference == bindparam("wanted")).with_for_update()


def find(connection: Connection, reference: str) -> Row[Any] | None:
    """Return the case, None when it is unknown."""
    return _BY_REFERENCE.one(connection, reference)


def get(connection: Connection, reference: str) -> Row[Any]:
    """Return the case; NotFound."""
    row = find(connection, reference)
    if row is None:
        raise NotFound(what=f"case {reference}")
    return row


def hold(connection: Connection, reference: str) -> None:
    """Let others who hold the same case wait until this transaction ends; an unknown case is nobody's to hold."""
    connection.execute(_HOLD, {"wanted": reference})


def of_team(connection: Connection, team: str) -> list[str]:
    """Return the references of the cases that a team holds now."""
    return list(connection.scalars(select(case_record.c.reference).where(case_record.c.team == team)))


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add cases."""
    if rows:
        connection.execute(insert(case_record), list(rows))


def change(connection: Connection, reference: str, values: Mapping[str, Any]) -> None:
    """Change facts of a case."""
    _BY_REFERENCE.change(connection, reference, values)


def known(connection: Connection, references: Sequence[str]) -> dict[str, Row[Any]]:
    """Return the known cases among `references`, by reference."""
    found: dict[str, Row[Any]] = {}
    for start in range(0, len(references), 5000):
        query = select(case_record).where(case_record.c.reference.in_(references[start : start + 5000]))
        found.update({row.reference: row for row in connection.execute(query)})
    return found
