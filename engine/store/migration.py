"""Bringing a database to the tables that this version of the program needs.

The migrations stand in `migrations/versions`, in the package. To add one, change the tables in the schema modules and
call `alembic.command.revision(configured(connection), message, autogenerate=True)` on a database at the newest
revision; then read what it wrote.
"""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from engine.errors import DatabaseNotReady, DatabaseUnusable
from engine.store.database import Database
from engine.store.schema import metadata

_SCRIPTS: Final = Path(__file__).parent / "migrations"
# Any number that nothing else in the database locks: two programs that migrate at once wait for each other.
_TURN: Final = 5_237_160


def upgrade(database: Database) -> str:
    """Bring the database to the newest revision, in one transaction, and return it; harmless when it is there.

    An SQLite file and its folder are made when they are missing. Raises DatabaseUnusable when the database cannot be
    reached, belongs to a newer program, or holds our tables without any revision.
    """
    _make_room(database)
    try:
        with database.transaction() as connection:
            _take_turn(connection)
            _refuse_strangers(database, connection)
            command.upgrade(configured(connection), "head")
    except (SQLAlchemyError, OSError) as error:
        raise _unusable(database, error) from error
    return newest()


def revision(database: Database) -> str | None:
    """Return the revision of the database, None when it has none. Raises DatabaseUnusable when it cannot be reached."""
    if is_absent(database):
        return None
    try:
        with database.reading() as connection:
            return _revision(connection)
    except (SQLAlchemyError, OSError) as error:
        raise _unusable(database, error) from error


def newest() -> str:
    """Return the newest revision that this program knows."""
    return str(ScriptDirectory(str(_SCRIPTS)).get_current_head())


def is_up_to_date(database: Database) -> bool:
    """Whether the database is at the newest revision. Raises DatabaseUnusable when it cannot be reached."""
    return revision(database) == newest()


def require(database: Database) -> None:
    """Raise DatabaseNotReady, saying what to run, unless the database is up to date; DatabaseUnusable."""
    found = revision(database)
    if found == newest():
        return
    if found is not None and found not in _known():
        raise DatabaseUnusable(database=_name(database), reason="a newer version of Casefile made it")
    fault = "was made by an earlier version of Casefile" if found else "has not been set up"
    raise DatabaseNotReady(database=_name(database), fault=fault)


def is_absent(database: Database) -> bool:
    """Whether the database is an SQLite file that does not exist; looking must not make it."""
    path = _file(database)
    return path is not None and not path.exists()


def configured(connection: Connection) -> Config:
    """Return alembic's configuration for an open connection; whoever opened its transaction commits it."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _known() -> frozenset[str]:
    return frozenset(script.revision for script in ScriptDirectory(str(_SCRIPTS)).walk_revisions())


def _refuse_strangers(database: Database, connection: Connection) -> None:
    found = _revision(connection)
    if found is not None and found not in _known():
        raise DatabaseUnusable(database=_name(database), reason="a newer version of Casefile made it")
    ours = metadata.tables.keys() & set(inspect(connection).get_table_names())
    if found is None and ours:
        raise DatabaseUnusable(database=_name(database), reason="it holds tables that no migration made")


def _take_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})


def _make_room(database: Database) -> None:
    path = _file(database)
    if path is not None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unusable(database, error) from error


def _file(database: Database) -> Path | None:
    name = database.url.database
    return Path(name) if database.is_sqlite and name and name != ":memory:" else None


def _name(database: Database) -> str:
    return database.url.render_as_string(hide_password=True)


def _unusable(database: Database, error: Exception) -> DatabaseUnusable:
    cause = getattr(error, "orig", None) or error
    first = next(iter(str(cause).strip().splitlines()), type(cause).__name__)
    return DatabaseUnusable(database=_name(database), reason=first.rstrip("."))
