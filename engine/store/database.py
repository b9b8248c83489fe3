"""The database: one place that begins and commits, the same for SQLite and PostgreSQL.

SQLite runs as measured in the design notes: WAL, synchronous FULL, foreign keys, BEGIN IMMEDIATE for commands,
and a file lock taken before every write transaction so that writers queue fairly and never upgrade a read.
"""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, create_mock_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateIndex

from engine.errors import DatabaseUnusable
from engine.store.faults import translate
from engine.store.schema import metadata

__all__ = ["Connection", "Database", "open_database"]

_SQLITE_SETTINGS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=30000",
)
_POSTGRESQL_SETTINGS = (
    "-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=30s -c timezone=UTC"
)
_ONE_VIEW = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


class Database:
    """A database by SQLAlchemy URL. `sqlite://` is a private one in memory."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._in_memory = self.is_sqlite and self.url.database in (None, "", ":memory:")
        self._engine = self._sqlite_engine() if self.is_sqlite else self._postgresql_engine()
        self._memory_lock = threading.RLock()
        event.listen(self._engine, "handle_error", translate)

    @property
    def engine(self) -> Engine:
        """The SQLAlchemy engine, for migrations."""
        return self._engine

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A write transaction: committed at the end, rolled back when anything is raised."""
        with self._turn(), self._engine.connect() as connection:
            connection = connection.execution_options(casefile_write=True)
            with connection.begin():
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read-only transaction: one consistent view, never waiting for writers on SQLite."""
        with self._memory_lock if self._in_memory else nullcontext(), self._engine.connect() as connection:
            yield connection if self.is_sqlite else connection.execution_options(**_ONE_VIEW)

    def create_tables(self) -> None:
        """Create all tables of an empty private database (tests and rehearsals; others are migrated)."""
        with self._engine.begin() as connection:
            for statement in _definitions(self.url.drivername):
                connection.exec_driver_sql(statement)

    def close(self) -> None:
        """Close every pooled connection."""
        self._engine.dispose()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
        elif self._in_memory:
            with self._memory_lock:
                yield
        else:
            with Path(f"{self.url.database}.lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield

    def _sqlite_engine(self) -> Engine:
        options: dict[str, Any] = {"connect_args": {"check_same_thread": False, "timeout": 30}}
        if self._in_memory:
            options["poolclass"] = StaticPool
        engine = create_engine(self.url, **options)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _postgresql_engine(self) -> Engine:
        return create_engine(self.url, pool_pre_ping=True, pool_size=10, connect_args={"options": _POSTGRESQL_SETTINGS})


def open_database(url: str) -> Database:
    """Return the database by SQLAlchemy URL, without connecting. DatabaseUnusable for a URL that means none."""
    try:
        return Database(url)
    except (NoSuchModuleError, ImportError) as error:
        name = make_url(url).render_as_string(hide_password=True)
        raise DatabaseUnusable(database=name, reason=f"its driver is not installed ({error})") from error
    except ArgumentError as error:
        reason = "its address is not written like sqlite:///var/casefile.db or postgresql://name@host/casefile"
        raise DatabaseUnusable(database="in CASEFILE_DATABASE", reason=reason) from error


@cache
def _definitions(driver: str) -> tuple[str, ...]:
    """The statements that make all tables and then their indexes, written out once: every story of a rehearsal has a
    database of its own. SQLAlchemy keeps indexes in no order; of two that seem alike SQLite takes the one made last.
    """
    made: list[Any] = []
    writer = create_mock_engine(f"{driver}://", lambda statement, *_: made.append(statement))
    metadata.create_all(writer, checkfirst=False)
    made.sort(key=lambda statement: str(statement.element.name) if isinstance(statement, CreateIndex) else "")
    return tuple(str(statement.compile(dialect=writer.dialect)) for statement in made)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # The driver's own implicit transactions begin too late and never immediately.
    connection.isolation_level = None
    for setting in _SQLITE_SETTINGS:
        connection.execute(setting)


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("casefile_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
