"""casefile import-extract: the daily extract by file, row by row, from a terminal."""

from pathlib import Path

import pytest
from alembic import command

from engine.store import migration
from tests.factories.council import Council
from tests.factories.terminal import Terminal

HEADER = "Case Ref,Allocated Team,Case Status\n"


@pytest.fixture
def here(council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal at the council's database."""
    monkeypatch.chdir(tmp_path)
    with council.database.transaction() as connection:
        command.stamp(migration.configured(connection), "head")
    return Terminal(tmp_path, CASEFILE_DATABASE=council.database.url.render_as_string(hide_password=False))


def drop(here: Terminal, *lines: str) -> Path:
    file = here.folder / "extract.csv"
    file.write_text(HEADER + "".join(f"{line}\n" for line in lines))
    return file


def statuses(council: Council) -> dict[str, str]:
    again = council.again()
    try:
        rows = again.ask(lambda question: [question.case(one) for one in ("CF-20931", "CF-20932")])
        return {row.reference: row.status for row in rows}
    finally:
        again.database.close()


def test_an_extract_is_taken_over_and_told_row_by_row(here: Terminal, council: Council) -> None:
    answer = here("import-extract", drop(here, "CF-20931,South CIN,", "CF-20932,,closed"), "--by", "gail")
    assert answer.code == 0
    assert "CF-20931 │ moved" in " ".join(answer.text.split())
    assert answer.text.endswith("2 rows read: 2 taken over, 0 refused.\n2 of 2 rows changed something.\n")
    assert statuses(council) == {"CF-20931": "open", "CF-20932": "closed"}


def test_bad_rows_are_listed_and_the_exit_code_says_so(here: Terminal, council: Council) -> None:
    answer = here("import-extract", drop(here, "CF-20931,Nowhere,closed", "CF-20932,,closed"), "--json")
    assert answer.code == 1
    assert [(one["row"], one["code"]) for one in answer.json["refused"]] == [(2, "unknown_team")]
    assert answer.json["kept"] is True
    assert statuses(council) == {"CF-20931": "open", "CF-20932": "closed"}


def test_a_dry_run_keeps_nothing(here: Terminal, council: Council) -> None:
    answer = here("import-extract", drop(here, "CF-20932,,closed"), "--dry-run")
    assert (answer.code, answer.text.endswith("Nothing was kept.\n")) == (0, True)
    assert statuses(council)["CF-20932"] == "open"


def test_a_file_that_is_no_extract_is_refused(here: Terminal) -> None:
    file = here.folder / "extract.csv"
    file.write_bytes(b"Team\nNorth CIN\n")
    answer = here("import-extract", file, "--json")
    assert answer.code == 1
    assert "these columns are missing: Case reference" in answer.json["refused"]
