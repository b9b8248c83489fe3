"""casefile redraw: anybody repeats a draw from its certificate and the frame, and finds what was altered (I-07)."""

import json
from pathlib import Path

import pytest
from alembic import command

from engine.store import migration
from tests.factories.council import Council
from tests.factories.terminal import Terminal
from tests.service.monthly import PERIOD, draw


@pytest.fixture
def here(council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal at the council's database."""
    monkeypatch.chdir(tmp_path)
    with council.database.transaction() as connection:
        command.stamp(migration.configured(connection), "head")
    return Terminal(tmp_path, CASEFILE_DATABASE=council.database.url.render_as_string(hide_password=False))


def test_the_draw_of_a_period_is_reproduced(council: Council, here: Terminal):
    draw(council)
    answer = here("redraw", PERIOD)
    assert answer.code == 0
    assert f"The draw of {PERIOD} is reproduced: 14 cases of 28 cases." in answer.text
    told = here("redraw", PERIOD, "--json").json
    assert told["reproduced"] is True
    assert sum(map(len, told["sample"].values())) == 14


def test_whoever_has_both_files_draws_again_without_the_council(council: Council, here: Terminal, tmp_path: Path):
    draw(council)
    assert here("redraw", PERIOD, "--save", "kept").code == 0
    elsewhere = Terminal(tmp_path, CASEFILE_DATABASE="sqlite:///var/nothing.db")
    files = ("--certificate", "kept/certificate.json", "--frame", "kept/frame.json")
    assert elsewhere("redraw", *files, "--json").json["sample"] == here("redraw", PERIOD, "--json").json["sample"]


@pytest.mark.parametrize("altered", ["certificate", "frame"])
def test_what_was_altered_is_found(council: Council, here: Terminal, tmp_path: Path, altered: str):
    draw(council)
    here("redraw", PERIOD, "--save", "kept")
    file = tmp_path / "kept" / f"{altered}.json"
    content = json.loads(file.read_text())
    cases = content["strata"]["LAC"]["cases"] if altered == "certificate" else content["LAC"]
    cases[0] = "CF-999999"
    file.write_text(json.dumps(content))
    answer = here("redraw", "--certificate", "kept/certificate.json", "--frame", "kept/frame.json")
    assert answer.code == 1
    assert "The draw cannot be repeated from its certificate" in answer.text


def test_what_cannot_be_meant_is_said(council: Council, here: Terminal, tmp_path: Path):
    assert "no sample has been drawn yet" in here("redraw", PERIOD).beside
    assert here("redraw", "2031-01").code == 1
    assert "Name a period such as 2026-10, or give both" in here("redraw").beside
    assert here("redraw", PERIOD, "--frame", "x.json").code == 2
    (tmp_path / "x.json").write_text('{"LAC": "CF-1"}')
    answer = here("redraw", "--certificate", "x.json", "--frame", "x.json")
    assert answer.code == 1
    assert "does not list case references by stratum" in answer.beside
    (tmp_path / "x.json").write_text("[")
    assert "it is no JSON record" in here("redraw", "--certificate", "x.json", "--frame", "x.json").beside
