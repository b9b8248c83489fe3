"""Keys that open one page once; only their hashes are kept. A key that is used, cancelled or too old opens nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Update, insert, select, update

from engine.store.schema.one_time import one_time_key


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a key; those of the same purpose for the same person open nothing any more."""
    cancel(connection, values["purpose"], values["person"], values["made_at"])
    connection.execute(insert(one_time_key), values)


def find(connection: Connection, digest: str, purpose: str, now: datetime) -> Row[Any] | None:
    """Return the key with this hash if it opens something now, None otherwise."""
    query = select(one_time_key).where(one_time_key.c.hash == digest, one_time_key.c.purpose == purpose)
    usable = query.where(one_time_key.c.used_at.is_(None), one_time_key.c.expires_at > now)
    return connection.execute(usable).one_or_none()


def use(connection: Connection, digest: str, purpose: str, now: datetime) -> bool:
    """Use a key up; return whether it opened something."""
    usable = _unused().where(one_time_key.c.hash == digest, one_time_key.c.purpose == purpose)
    return connection.execute(usable.where(one_time_key.c.expires_at > now).values(used_at=now)).rowcount == 1


def cancel(connection: Connection, purpose: str, person: str | None, at: datetime) -> None:
    """Let the keys of a purpose for a person, None for nobody's, open nothing any more."""
    same = _unused().where(one_time_key.c.purpose == purpose, one_time_key.c.person.is_not_distinct_from(person))
    connection.execute(same.values(used_at=at))


def _unused() -> Update:
    return update(one_time_key).where(one_time_key.c.used_at.is_(None))
