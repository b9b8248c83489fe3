"""Records as files: JSON lines with all of them, a CSV file for each kind, marked, logged, safe in a spreadsheet."""

import csv
import json

import pytest

from engine.service.record_system.record_export import COLUMNS, export
from engine.store import outgoing
from tests.factories.council import SOMEBODY, Council, at

CASE = "CF-20931"


@pytest.fixture
def remedied(council: Council) -> Council:
    """A case with two remedial actions, one of which waits for a management decision."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    council.begin("mo", "management_decision", CASE, action_number=1, observation_reference="OBS-7")
    return council


def table(folder, name):
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_record_since_a_moment_is_written_twice_over(remedied, tmp_path):
    done = export(remedied.engine, SOMEBODY, at(2026, 12, 1), tmp_path / "out")
    assert done["files"] == ["records.jsonl", "remedial_action.csv", "management_decision.csv"]
    lines = [json.loads(line) for line in (tmp_path / "out" / "records.jsonl").read_text().splitlines()]
    rows = table(tmp_path / "out", "remedial_action.csv") + table(tmp_path / "out", "management_decision.csv")
    assert {row["id"] for row in rows} == {line["id"] for line in lines}
    assert done["records"] == len(lines) == len(rows)
    assert all(tuple(row) == COLUMNS and row["marking"] == "OFFICIAL-SENSITIVE" for row in rows)


def test_a_text_that_begins_like_a_formula_is_only_a_text(remedied, tmp_path):
    row = {
        "key": "case CF-1:1", "kind": "Old: decision", "case_ref": "CF-1", "body": {"reference": "=1+1"},
        "at": remedied.clock.now(), "status": outgoing.SENT, "tries": 0,
    }  # fmt: skip
    remedied.run(lambda command: outgoing.add(command.connection, [row]))
    export(remedied.engine, SOMEBODY, at(2026, 12, 1), tmp_path)
    assert [one["reference"] for one in table(tmp_path, "old_decision.csv")] == ["'=1+1"]


def test_the_next_export_goes_on_where_this_one_ended(remedied, tmp_path):
    first = export(remedied.engine, SOMEBODY, at(2026, 12, 1), tmp_path)
    assert first["until"] == remedied.clock.now().isoformat()
    remedied.pass_to(at(2026, 12, 2))
    assert export(remedied.engine, SOMEBODY, remedied.clock.now(), tmp_path / "later")["records"] == 0


def test_an_export_is_on_record(remedied, tmp_path):
    done = export(remedied.engine, "gail", at(2026, 12, 1), tmp_path)
    last = remedied.events("records")[-1]
    assert (last.actor, last.kind, last.details["records"]) == ("gail", "exported", done["records"])
