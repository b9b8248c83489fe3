"""The rows of a table by one of its columns, with statements made once: making one costs more than running it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Connection, Row, Update, bindparam, delete, select, update


class Rows:
    """The rows with one value in `column`, in the order of further columns."""

    def __init__(self, column: Column[Any], *order: Any) -> None:
        self._table = column.table
        self._wanted = column == bindparam("wanted")
        self._select = select(column.table).where(self._wanted).order_by(*order)
        self._delete = delete(column.table).where(self._wanted)
        self._updates: dict[tuple[str, ...], Update] = {}

    def all(self, connection: Connection, value: object) -> list[Row[Any]]:
        """Return all of them."""
        return list(connection.execute(self._select, {"wanted": value}))

    def one(self, connection: Connection, value: object) -> Row[Any] | None:
        """Return the only one, None when there is none."""
        return connection.execute(self._select, {"wanted": value}).one_or_none()

    def change(self, connection: Connection, value: object, values: Mapping[str, Any]) -> None:
        """Set the columns named in `values`."""
        names = tuple(values)
        if names not in self._updates:
            changed: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
            self._updates[names] = update(self._table).where(self._wanted).values(changed)
        parameters = {f"new_{name}": one for name, one in values.items()}
        connection.execute(self._updates[names], {"wanted": value, **parameters})

    def drop(self, connection: Connection, value: object) -> None:
        """Delete them."""
        connection.execute(self._delete, {"wanted": value})
