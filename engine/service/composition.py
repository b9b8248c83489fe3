"""Putting a council together: a database, a clock, and the service operations that its policy may call."""

from engine.errors import Refusal
from engine.service.clock import Clock, SystemClock
from engine.service.engine import Engine
from engine.service.vocabulary import ROOMS
from engine.store import migration
from engine.store.database import open_database

IN_MEMORY = "sqlite://"

# Whatever composes a council brings the rooms of service operations with it.
__all__ = ["IN_MEMORY", "ROOMS", "is_ready", "open_council", "open_private_council", "open_ready_council", "upgrade"]


def open_council(url: str, clock: Clock | None = None) -> Engine:
    """Return the engine over the database at a SQLAlchemy `url`, by the machine's clock unless another is given.

    DatabaseUnusable for a URL that means no database.
    """
    return Engine(open_database(url), clock or SystemClock())


def open_ready_council(url: str, clock: Clock | None = None) -> Engine:
    """Return the engine over a database that has all its tables; DatabaseNotReady saying what to run,
    DatabaseUnusable.
    """
    engine = open_council(url, clock)
    try:
        migration.require(engine.database)
    except Refusal:
        engine.database.close()
        raise
    return engine


def open_private_council(clock: Clock | None = None) -> Engine:
    """Return the engine over an empty database in memory, for stories and for trying things out."""
    engine = open_council(IN_MEMORY, clock)
    engine.database.create_tables()
    return engine


def upgrade(url: str) -> str:
    """Bring the tables of a database up to date and return its revision; DatabaseUnusable."""
    database = open_database(url)
    try:
        return migration.upgrade(database)
    finally:
        database.close()


def is_ready(url: str) -> bool:
    """Whether there is a database with all its tables; DatabaseUnusable when it cannot be reached."""
    database = open_database(url)
    try:
        return migration.is_up_to_date(database)
    finally:
        database.close()
