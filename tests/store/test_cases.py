"""Case facts as the record system last gave them."""

import pytest

from engine.errors import NotFound
from engine.store import cases
from tests.store.test_actions import case


@pytest.fixture
def known(database):
    with database.transaction() as connection:
        cases.add(connection, [case("CF-1", "nia"), case("CF-2", None)])
        cases.add(connection, [])
    return database


def test_a_case_is_found_by_its_reference(known):
    with known.reading() as connection:
        assert cases.get(connection, "CF-1").social_worker == "nia"
        assert cases.find(connection, "CF-9") is None
        with pytest.raises(NotFound, match="no case CF-9"):
            cases.get(connection, "CF-9")


def test_the_known_among_many_references_are_found(known):
    wanted = [f"CF-{number}" for number in range(2, 12_000)]
    with known.reading() as connection:
        assert list(cases.known(connection, wanted)) == ["CF-2"]
        assert cases.known(connection, []) == {}


def test_one_case_is_changed(known):
    with known.transaction() as connection:
        cases.change(connection, "CF-2", {"social_worker": "sam", "status": cases.CLOSED})
    with known.reading() as connection:
        assert [(cases.get(connection, one).status) for one in ("CF-1", "CF-2")] == ["open", "closed"]
