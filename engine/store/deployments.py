"""Deployments: one immutable snapshot of processes and forms each, and which one is in force."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import orjson
import zstandard
from sqlalchemy import Connection, Row, insert, select

from engine.errors import NotFound
from engine.store.revisions import raise_number
from engine.store.schema.execution import deployment

REVISION = "deployment"


def pack(snapshot: Mapping[str, bytes]) -> bytes:
    """Return the files of a snapshot as one compressed value."""
    text = {path: content.decode() for path, content in sorted(snapshot.items())}
    return zstandard.compress(orjson.dumps(text))


def unpack(packed: bytes) -> dict[str, bytes]:
    """Return the files that `pack` put together, by path."""
    text = orjson.loads(zstandard.decompress(packed))
    return {path: content.encode() for path, content in text.items()}


def add(connection: Connection, snapshot: Mapping[str, bytes], values: Mapping[str, Any]) -> int:
    """Keep a snapshot and return its number; `values` holds digest, deployed_at/by, in_force_from and note."""
    row = {**values, "files": pack(snapshot)}
    number = connection.execute(insert(deployment).returning(deployment.c.number), row)
    raise_number(connection, REVISION)
    return int(number.scalar_one())


def snapshot(connection: Connection, number: int) -> dict[str, bytes]:
    """Return the files of a deployment by path; NotFound."""
    packed = connection.execute(select(deployment.c.files).where(deployment.c.number == number)).scalar()
    if packed is None:
        raise NotFound(what=f"deployment {number}")
    return unpack(packed)


def in_force(connection: Connection, now: datetime) -> tuple[int, str] | None:
    """Return the number and digest of the deployment in force at `now`, None before the first."""
    query = (
        select(deployment.c.number, deployment.c.digest)
        .where(deployment.c.in_force_from <= now)
        .order_by(deployment.c.in_force_from.desc(), deployment.c.number.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else (row.number, row.digest)


def came_into_force(connection: Connection, now: datetime) -> Iterator[tuple[datetime, dict[str, bytes]]]:
    """Yield since when each deployment that was in force by `now` is so, with its files, the earliest first; one at
    a time, for all of them together may be large.
    """
    query = (
        select(deployment.c.number, deployment.c.in_force_from)
        .where(deployment.c.in_force_from <= now)
        .order_by(deployment.c.in_force_from, deployment.c.number)
    )
    for row in connection.execute(query).all():
        yield row.in_force_from, snapshot(connection, row.number)


def every(connection: Connection) -> list[Row[Any]]:
    """Return all deployments without their files, newest first."""
    columns = [column for column in deployment.c if column.name != "files"]
    return list(connection.execute(select(*columns).order_by(deployment.c.number.desc())))
