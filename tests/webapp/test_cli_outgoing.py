"""casefile records: what waits for the record system, and trying again what could not be delivered."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import update

from engine.store import migration
from engine.store.schema.exchange import outgoing_record
from tests.factories.council import Council
from tests.factories.terminal import Terminal

CASE = "CF-20931"


@pytest.fixture
def here(council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal at the database of a council with two records that wait and one that could not be delivered."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    monkeypatch.chdir(tmp_path)
    with council.database.transaction() as connection:
        command.stamp(migration.configured(connection), "head")
        other = outgoing_record.c.case_ref != CASE
        told = {"status": "failed", "error": "the receiver answered 503"}
        connection.execute(update(outgoing_record).where(other).values(told))
    return Terminal(tmp_path, CASEFILE_DATABASE=council.database.url.render_as_string(hide_password=False))


def test_what_waits_and_what_failed_is_told(here: Terminal) -> None:
    answer = here("records", "--json").json
    assert answer["records"] == {"failed": 2, "waiting": 2}
    assert {one["error"] for one in answer["failed"]} == {"the receiver answered 503"}
    assert "the receiver answered 503" in here("records").text


def test_what_failed_can_wait_again(here: Terminal) -> None:
    assert "2 records to be tried again." in here("records", "--try-again").text
    assert here("records", "--json").json["records"] == {"waiting": 4}


def test_a_webhook_needs_the_day_from_which_on_it_is_posted_to(here: Terminal) -> None:
    here.settings |= {"CASEFILE_WEBHOOK": "https://records.example/x", "CASEFILE_WEBHOOK_SECRET": "s" * 32}
    answer = here("work")
    assert answer.code == 1
    assert "CASEFILE_WEBHOOK_SINCE" in answer.beside and "2026-12-01" in answer.beside
