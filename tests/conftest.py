"""What many rooms share: a council, and an empty database, each over SQLite and over PostgreSQL."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from engine.store.database import Database
from tests.factories.council import Council, fill
from tests.factories.databases import BACKENDS, Shelf
from tests.factories.reported import CUT_OFF, fill_reported

# How long an example takes is the machine's affair; benchmarks measure.
settings.register_profile("casefile", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("casefile")


@pytest.fixture(scope="session")
def shelf() -> Iterator[Shelf]:
    shelf = Shelf({"council": fill, "reported": fill_reported, "empty": lambda _database: None})
    yield shelf
    shelf.close()


@pytest.fixture(params=BACKENDS)
def backend(request) -> str:
    return request.param


@pytest.fixture
def database(shelf, backend) -> Iterator[Database]:
    """A database with all tables and no rows."""
    with shelf.open(backend, "empty") as database:
        yield database


@pytest.fixture
def council(shelf, backend) -> Iterator[Council]:
    """The demonstration council on Tuesday 1 December 2026, nine in the morning, with others' work about."""
    with shelf.open(backend, "council") as database:
        council = Council(database)
        yield council
        council.close()


@pytest.fixture
def reported(shelf, backend) -> Iterator[Council]:
    """The council on the morning after the cut-off of its November audit period; see factories/reported.py."""
    with shelf.open(backend, "reported") as database:
        council = Council(database, CUT_OFF)
        yield council
        council.close()
