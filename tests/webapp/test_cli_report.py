"""casefile report: to read, or as a file, and always on record (I-12)."""

import json
from pathlib import Path

import pytest
from alembic import command

from engine.store import migration
from tests.factories.council import Council
from tests.factories.terminal import Terminal

TITLE = "Monthly report to the Performance Management Meeting"


@pytest.fixture
def here(reported: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal at the council's database."""
    monkeypatch.chdir(tmp_path)
    with reported.database.transaction() as connection:
        command.stamp(migration.configured(connection), "head")
    return Terminal(tmp_path, CASEFILE_DATABASE=reported.database.url.render_as_string(hide_password=False))


def test_it_is_printed_to_be_read(here):
    answer = here("report", "management_report", "--period", "2026-12")
    assert answer.code == 0
    assert TITLE in answer.text
    assert "Marking: OFFICIAL-SENSITIVE" in answer.text
    assert "Audits assigned:" in answer.text
    assert "Members of the audit pool and officers" in answer.text


def test_it_is_printed_as_json(here):
    answer = here("report", "management_report", "--period", "2026-12", "--format", "json")
    assert json.loads(answer.text)["title"] == TITLE


@pytest.mark.parametrize(("name", "begins"), [("a.pdf", b"%PDF-"), ("a.xlsx", b"PK"), ("a.csv", b"\xef\xbb\xbfReport")])
def test_the_name_of_the_file_says_its_kind(here, name, begins):
    answer = here("report", "management_report", "--cycle", "2026-12", "--out", name)
    assert answer.text == f"{TITLE} is written into {name}.\n"
    assert Path(name).read_bytes().startswith(begins)


def test_who_made_it_is_on_record(here, reported):
    here("report", "compliance_summary", "--period", "2026-12", "--format", "csv", "--by", "asha")
    (event,) = reported.again().events("report compliance_summary")
    assert (event.actor, event.kind, event.details) == ("asha", "report exported", {"period": "2026-12", "form": "csv"})


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(("gossip",), "There is no report called “gossip”"), (("management_report", "--period", "soon"), "month soon")],
)
def test_what_there_is_not_is_told_in_a_sentence(here, words, sentence):
    answer = here("report", *words)
    assert answer.code == 1
    assert sentence in answer.beside
