"""Tokens of other systems, by name; only their hashes are kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from engine.store.schema.exchange import api_token


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a token."""
    connection.execute(insert(api_token), values)


def find(connection: Connection, name: str) -> Row[Any] | None:
    """Return the token of this name, None when there is none."""
    return connection.execute(select(api_token).where(api_token.c.name == name)).one_or_none()


def by_hash(connection: Connection, digest: str) -> Row[Any] | None:
    """Return the token with this hash that is not revoked, None when there is none."""
    query = select(api_token).where(api_token.c.hash == digest, api_token.c.revoked_at.is_(None))
    return connection.execute(query).one_or_none()


def every(connection: Connection) -> list[Row[Any]]:
    """Return all tokens by name."""
    return list(connection.execute(select(api_token).order_by(api_token.c.name)))


def revoke(connection: Connection, name: str, at: datetime) -> bool:
    """Revoke the token of this name; return whether there was one in use."""
    query = update(api_token).where(api_token.c.name == name, api_token.c.revoked_at.is_(None))
    return connection.execute(query.values(revoked_at=at)).rowcount == 1
