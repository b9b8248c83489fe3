"""Proposed policy variations: whole snapshots, kept as they were proposed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from engine.errors import NotFound
from engine.store.deployments import pack, unpack
from engine.store.schema.variation import variation


def add(connection: Connection, snapshot: Mapping[str, bytes], values: Mapping[str, Any]) -> None:
    """Keep a proposed snapshot."""
    connection.execute(insert(variation), {**values, "files": pack(snapshot)})


def get(connection: Connection, identifier: str) -> Row[Any]:
    """Return a proposed variation; NotFound."""
    row = connection.execute(select(variation).where(variation.c.id == identifier)).one_or_none()
    if row is None:
        raise NotFound(what="policy variation with this number")
    return row


def snapshot(connection: Connection, identifier: str) -> dict[str, bytes]:
    """Return the files of a proposed variation by path; NotFound."""
    return unpack(get(connection, identifier).files)


def note_deployment(connection: Connection, identifier: str, number: int) -> None:
    """Record as which deployment a variation comes into force."""
    connection.execute(update(variation).where(variation.c.id == identifier).values(deployment=number))
