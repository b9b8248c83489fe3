"""Databases for tests: each test gets a copy of its own, made from one that was filled once in the run."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from engine.store.database import Database
from tests.factories.memory import in_memory
from tests.factories.postgresql import Server

BACKENDS = ("sqlite", "postgresql")
Fill = Callable[[Database], None]


class Shelf:
    """Filled databases by kind and backend. Nothing is made, and no server started, before it is asked for."""

    def __init__(self, fills: dict[str, Fill]) -> None:
        # SQLite waits for its disk at every commit, and there are tens of thousands of them in a run.
        self._folder = Path(tempfile.mkdtemp(prefix="casefile-", dir=in_memory()))
        self._fills = fills
        self._filled: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()
        self._opened: dict[str, Database] = {}
        self._server: Server | None = None

    @contextmanager
    def copy(self, backend: str, kind: str) -> Iterator[str]:
        """The URL of a new copy of the database that `kind` fills, gone afterwards."""
        if (backend, kind) not in self._filled:
            self._filled[backend, kind] = self._fill(backend, kind)
        name = next(name for name in map("copy_{}".format, count(1)) if name not in self._taken)
        self._taken.add(name)
        if backend == "sqlite":
            yield from self._copied_file(self._filled[backend, kind], name)
        else:
            url = self.server.create(name, self._filled[backend, kind])
            yield url
            self.server.drop(url)
        self._taken.remove(name)

    @contextmanager
    def open(self, backend: str, kind: str) -> Iterator[Database]:
        """A new copy, open. Another one was open at its URL before, so most statements are compiled already."""
        with self.copy(backend, kind) as url:
            database = self._opened[url] = self._opened.get(url) or Database(url)
            yield database
            database.close()

    @property
    def server(self) -> Server:
        self._server = self._server or Server()
        return self._server

    def close(self) -> None:
        if self._server is not None:
            self._server.stop()
        shutil.rmtree(self._folder)

    def _fill(self, backend: str, kind: str) -> str:
        url = self._sqlite(kind) if backend == "sqlite" else self.server.create(kind)
        database = Database(url)
        database.create_tables()
        self._fills[kind](database)
        database.close()
        return url

    def _copied_file(self, template: str, name: str) -> Iterator[str]:
        url = self._sqlite(name)
        shutil.copyfile(template.removeprefix("sqlite:///"), url.removeprefix("sqlite:///"))
        yield url
        for path in self._folder.glob(f"{name}.db*"):
            path.unlink()

    def _sqlite(self, name: str) -> str:
        return f"sqlite:///{self._folder / name}.db"
