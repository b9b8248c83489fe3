"""What people set for themselves: preferences, and the secret addresses of their calendars."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.store.rows import Rows
from engine.store.schema.personal import calendar_feed, digest_round, preference

_PREFERENCES = Rows(preference.c.person)
_FEEDS = Rows(calendar_feed.c.person)
_FEEDS_BY_HASH = Rows(calendar_feed.c.hash)
_FINISH = {
    "sqlite": sqlite_insert(digest_round).on_conflict_do_nothing().returning(digest_round.c.day),
    "postgresql": postgresql_insert(digest_round).on_conflict_do_nothing().returning(digest_round.c.day),
}


def preferences_of(connection: Connection, person: str) -> Row[Any] | None:
    """Return somebody's preferences (digest, shortcuts; None for what they left to the policy), None without any."""
    return _PREFERENCES.one(connection, person)


def digest_choices(connection: Connection) -> dict[str, bool]:
    """Return by person who chose to get the daily digest, or not to."""
    query = select(preference.c.person, preference.c.digest).where(preference.c.digest.is_not(None))
    return {row.person: row.digest for row in connection.execute(query)}


def prefer(connection: Connection, person: str, values: Mapping[str, bool]) -> None:
    """Set some of somebody's preferences."""
    if preferences_of(connection, person) is None:
        connection.execute(insert(preference), {"person": person, "digest": None, "shortcuts": None, **values})
    else:
        _PREFERENCES.change(connection, person, values)


def feed_of(connection: Connection, person: str) -> Row[Any] | None:
    """Return somebody's calendar feed (hash, made_at), None without one."""
    return _FEEDS.one(connection, person)


def feed_by_hash(connection: Connection, digest: str) -> Row[Any] | None:
    """Return the calendar feed whose secret has this hash, None when there is none."""
    return _FEEDS_BY_HASH.one(connection, digest)


def set_feed(connection: Connection, person: str, digest: str, at: datetime) -> None:
    """Give somebody a calendar feed in the place of the one they had."""
    drop_feed(connection, person)
    connection.execute(insert(calendar_feed), {"person": person, "hash": digest, "made_at": at})


def drop_feed(connection: Connection, person: str) -> None:
    """Take somebody's calendar feed away."""
    _FEEDS.drop(connection, person)


def rounds_of(connection: Connection, day: date) -> set[int]:
    """Return the hours of `day` at which the daily digests are all written."""
    return set(connection.execute(select(digest_round.c.hour).where(digest_round.c.day == day)).scalars())


def finish_round(connection: Connection, day: date, hour: int, at: datetime) -> bool:
    """Record that the digests of an hour are all written, and forget those of earlier days; False when it is known."""
    row = {"day": day, "hour": hour, "finished_at": at}
    is_new = connection.execute(_FINISH[connection.dialect.name], row).one_or_none() is not None
    connection.execute(delete(digest_round).where(digest_round.c.day < day))
    return is_new
