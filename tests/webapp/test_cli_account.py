"""casefile account: who people are to the council's provider, and signing them out everywhere."""

from pathlib import Path

import pytest
from alembic import command

from engine.service.people import accounts
from engine.store import migration
from tests.factories.council import Council
from tests.factories.terminal import Terminal


@pytest.fixture
def here(council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal at the council's database."""
    monkeypatch.chdir(tmp_path)
    with council.database.transaction() as connection:
        command.stamp(migration.configured(connection), "head")
    return Terminal(tmp_path, CASEFILE_DATABASE=council.database.url.render_as_string(hide_password=False))


def test_a_person_is_linked_and_unlinked(here: Terminal, council: Council) -> None:
    assert "kim can sign in" in here("account", "link", "kim", "an id for good").text
    assert accounts.by_subject(council.engine, "an id for good").username == "kim"
    assert here("account", "link", "mo", "an id for good").code == 1
    assert here("account", "unlink", "kim").code == 0
    assert accounts.by_subject(council.engine, "an id for good") is None


def test_a_person_is_signed_out_everywhere(here: Terminal, council: Council) -> None:
    begun = accounts.epoch(council.engine, "kim")
    assert "signed out everywhere" in here("account", "sign-out", "kim").text
    assert accounts.in_session(council.engine, "kim", begun) is None
    assert here("account", "sign-out", "nobody").beside.startswith("Error: There is no person nobody")
