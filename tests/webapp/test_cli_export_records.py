"""casefile export-records: what goes back to the record system, as files."""

from pathlib import Path

import pytest
from alembic import command

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


def test_records_are_written_and_the_next_moment_is_told(here: Terminal, council: Council) -> None:
    council.assign("CF-20931", "kim")
    council.authorise_audit("CF-20931", 2)
    answer = here("export-records", "out", "--since", "2026-12-01", "--by", "gail", "--json")
    assert answer.code == 0
    assert (answer.json["records"], answer.json["files"]) == (2, ["records.jsonl", "remedial_action.csv"])
    assert all((here.folder / "out" / name).is_file() for name in answer.json["files"])
    text = here("export-records", "out", "--since", "2026-12-02").text
    assert text.startswith("no records in out: records.jsonl.\nNext time: --since ")


def test_a_moment_is_needed(here: Terminal) -> None:
    answer = here("export-records", "out")
    assert answer.code == 2
    assert "--since" in answer.beside
