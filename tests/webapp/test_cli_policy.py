"""casefile check, rehearse, describe, deploy and export: what a process owner does with a policy."""

import shutil
from pathlib import Path

import pytest

from engine.service.description import BLANKS, STANDARD
from engine.service.functions import NAMES
from engine.service.policy import deployments
from engine.service.registry import all_operations
from engine.service.rehearsal.book import BOOK
from engine.service.rehearsal.phrases import KINDS
from engine.service.rehearsal.run import not_yet, stories_of
from engine.service.vocabulary import vocabulary
from tests.factories.terminal import ROOT, Terminal

HOLDS = """\
Feature: A story of a test
  Scenario: A case is assigned
    Given the demonstration council
    When case CF-20931 is assigned to Kim for audit on Thu 10 Dec 2026
    Then Kim has the task "Audit the case record" for CF-20931 due Tue 12 Jan 2027
"""
FAILS = HOLDS.replace("Feature: A story", "Feature: Another story").replace("Tue 12 Jan 2027", "Tue 5 Jan 2027")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in an empty folder, with a database that is up to date and empty."""
    monkeypatch.chdir(tmp_path)
    terminal = Terminal(tmp_path)
    assert terminal("db", "upgrade").code == 0
    return terminal


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A copy of the policy, to be changed."""
    for folder in ("processes", "forms"):
        shutil.copytree(ROOT / folder, tmp_path / "policy" / folder)
    return tmp_path / "policy"


def spoil(policy: Path) -> None:
    (policy / "processes" / "deadlines.dmn").write_text("not a table")


def story(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


# check


def test_a_policy_without_problems_can_be_deployed(here: Terminal) -> None:
    assert here("check", ROOT).text == "No problems: this policy can be deployed.\n"
    answer = here("check", ROOT, "--json")
    assert (answer.json, answer.code) == ({"problems": []}, 0)


def test_every_problem_is_told_with_its_place_and_remedy(here: Terminal, policy: Path) -> None:
    spoil(policy)
    (policy / "forms" / "audit.json").write_text("{")
    answer = here("check", policy, "--json")
    assert answer.code == 1
    problems = answer.json["problems"]
    assert all(list(problem) == ["file", "element", "code", "message"] for problem in problems)
    assert {"processes/deadlines.dmn", "forms/audit.json"} <= {problem["file"] for problem in problems}
    told = here("check", policy)
    assert told.code == 1
    assert all(problem["message"] in told.text for problem in problems)


def test_the_current_folder_is_checked_unless_another_is_named(here: Terminal, policy: Path, monkeypatch) -> None:
    monkeypatch.chdir(policy)
    assert here("check").code == 0


@pytest.mark.parametrize("command", ["check", "deploy"])
def test_a_folder_without_a_policy_is_refused(here: Terminal, command: str) -> None:
    answer = here(command, here.folder)
    assert answer.code == 1
    assert "There is no folder processes/" in answer.beside


# rehearse


def test_a_story_that_holds_passes(here: Terminal) -> None:
    answer = here("rehearse", story(here.folder, "holds.feature", HOLDS), "--policy", ROOT)
    assert answer.code == 0
    assert answer.text.endswith("1 passed, 0 failed.\n")


def test_the_outcome_is_json_for_programs(here: Terminal) -> None:
    files = [story(here.folder, "holds.feature", HOLDS), story(here.folder, "fails.feature", FAILS)]
    answer = here("rehearse", *files, "--policy", ROOT, "--json")
    assert answer.code == 1
    assert list(answer.json) == ["passed", "failed", "scenarios", "not_yet"]
    assert (answer.json["passed"], answer.json["failed"], answer.json["not_yet"]) == (1, 1, [])
    assert answer.json["scenarios"][0] == {
        "feature": "A story of a test",
        "scenario": "A case is assigned",
        "status": "passed",
        "step": "",
        "message": "",
    }
    failed = answer.json["scenarios"][1]
    assert failed["status"] == "failed"
    assert failed["step"].startswith("Kim has the task")
    assert failed["message"] == "“Audit the case record” is due Tue 12 Jan 2027, and the story says Tue 5 Jan 2027."


def test_a_failed_story_is_told_where_it_stopped_and_why(here: Terminal) -> None:
    answer = here("rehearse", story(here.folder, "fails.feature", FAILS), "--policy", ROOT)
    assert answer.code == 1
    assert "at: Kim has the task" in answer.text
    assert "the story says Tue 5 Jan 2027." in answer.text
    assert answer.text.endswith("0 passed, 1 failed.\n")


def test_all_stories_of_the_policy_are_played_but_for_those_left_for_later(here: Terminal, policy: Path) -> None:
    stories = policy / "processes" / "stories"
    for path in stories.iterdir():
        path.unlink()
    story(stories, "1.feature", HOLDS)
    story(stories, "2.feature", HOLDS)
    story(stories, "later.feature", FAILS)
    (stories / "not_yet.txt").write_text("# still to be drawn\nlater.feature\n")
    answer = here("rehearse", "--policy", policy)
    assert answer.code == 0
    assert "not yet  later.feature" in answer.text
    assert answer.text.endswith("2 passed, 0 failed.\n")
    assert here("rehearse", "--policy", policy, "--json").json["not_yet"] == ["later.feature"]
    named = here("rehearse", stories / "later.feature", "--policy", policy, "--json")
    assert (named.json["passed"], named.json["failed"], named.json["not_yet"]) == (0, 1, [])


def test_the_stories_of_this_policy_are_all_played_or_left_for_later() -> None:
    snapshot = deployments.read_snapshot(ROOT)
    assert not_yet(snapshot) <= {path.rpartition("/")[2] for path in stories_of(snapshot)}


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"no story at all", b"Feature: x\n  Scenario: y\n    Given z"]
)
def test_a_file_that_is_no_story_fails_with_a_sentence(here: Terminal, content: bytes) -> None:
    file = here.folder / "odd.feature"
    file.write_bytes(content)
    answer = here("rehearse", file, "--policy", ROOT, "--json")
    assert answer.code == 1
    assert [one["status"] for one in answer.json["scenarios"]] == ["failed"]
    assert answer.json["scenarios"][0]["message"]


def test_a_policy_that_cannot_run_is_not_rehearsed(here: Terminal, policy: Path) -> None:
    spoil(policy)
    answer = here("rehearse", "--policy", policy, "--json")
    assert answer.code == 1
    assert "must be mended before this can be deployed" in answer.json["refused"]


def test_without_any_policy_the_reader_is_told_where_one_may_be(here: Terminal) -> None:
    answer = here("rehearse")
    assert answer.code == 1
    assert answer.beside.startswith("Error: There is no policy here: ")
    assert "--policy" in answer.beside


# describe


def test_every_phrase_of_stories_is_described_in_its_room(here: Terminal) -> None:
    rooms = here("describe", "steps", "--json").json["steps"]
    described = [step["phrase"] for room in rooms for step in room["steps"]]
    assert sorted(described) == sorted(phrase.text for phrase in BOOK.phrases)
    assert all(room["room"].startswith("Phrases") and room["steps"] for room in rooms)
    assert all(step["meaning"] for room in rooms for step in room["steps"])
    text = here("describe", "steps").text
    assert all(phrase.text in text for phrase in BOOK.phrases)
    assert all(room["room"] in text for room in rooms)


def test_every_blank_of_a_phrase_has_an_example(here: Terminal) -> None:
    assert BLANKS.keys() == KINDS.keys()
    assert {blank for phrase in BOOK.phrases for blank in phrase.blanks} <= BLANKS.keys()


def test_every_function_is_described(here: Terminal) -> None:
    records = here("describe", "functions", "--json").json["functions"]
    names = [record["name"] for record in records]
    assert names[: len(NAMES)] == list(NAMES)
    assert {name.partition("(")[0] for name in STANDARD} == set(names[len(NAMES) :])
    assert all(record["meaning"] for record in records)
    for name in names[len(NAMES) :]:
        assert "is not a function" not in str(here("try", f"{name}(1)").lines)
    text = here("describe", "functions").text
    assert all(record["call"] in text for record in records)


def test_every_operation_is_described_with_its_parameters(here: Terminal) -> None:
    records = here("describe", "operations", "--json").json["operations"]
    vocabulary()
    assert [record["name"] for record in records] == sorted(all_operations())
    assert all(record["meaning"] for record in records)
    calls = {record["name"]: record["call"] for record in records}
    assert calls["notify"] == "notify(to, notice)"
    assert calls["start_process"] == "start_process(process, …)"
    assert "send_message(message, [to], [process], …)" in here("describe", "operations").text


@pytest.mark.parametrize(
    ("subject", "folder", "suffix"),
    [("forms", "forms", ".json"), ("processes", "processes", ".bpmn"), ("tables", "processes", ".dmn")],
)
def test_what_stands_in_the_policy_is_described(here: Terminal, subject: str, folder: str, suffix: str) -> None:
    records = here("describe", subject, "--policy", ROOT, "--json").json[subject]
    names = {record.get("id") or record["file"].removesuffix(".json") for record in records}
    assert names <= {path.stem for path in (ROOT / folder).glob(f"*{suffix}")}
    assert len(names) == len(records) > 5
    text = here("describe", subject, "--policy", ROOT).text
    assert all(name in text for name in names)


def test_what_the_manual_asks_for_is_described_with_what_carries_it(here: Terminal) -> None:
    records = here("describe", "manual", "--policy", ROOT, "--json").json["requirements"]
    kinds = {"id", "sentence", "elements", "tables", "forms", "reports", "stories"}
    assert all(kinds <= record.keys() and record["sentence"] for record in records)
    (due,) = [record for record in records if record["id"] == "R-51"]
    assert "deadlines.dmn#audit" in due["tables"]
    text = " ".join(here("describe", "manual", "--policy", ROOT).text.split())
    assert f"R-51 {due['sentence']} {due['rule']}" in text
    assert all(record["id"] in text for record in records)


# deploy and export


def test_a_policy_is_put_into_force_once(here: Terminal, policy: Path) -> None:
    first = here("deploy", policy, "--note", "the first", "--by", "gail", "--json")
    assert (first.json, first.code) == ({"deployment": 1, "already_in_force": False}, 0)
    assert here("deploy", policy).text == "This policy is in force already, as deployment 1.\n"
    (policy / "processes" / "README.md").write_text("# Changed")
    assert here("deploy", policy).text.startswith("Deployment 2 is in force from ")


def test_a_policy_may_come_into_force_later(here: Terminal, policy: Path) -> None:
    here("deploy", policy)
    (policy / "processes" / "README.md").write_text("# Changed")
    answer = here("deploy", policy, "--from", "2199-01-04")
    assert answer.text == "Deployment 2 is in force from Friday 4 January 2199, 09:00.\n"
    assert here("export", "now").code == 0
    assert (here.folder / "now" / "processes" / "README.md").read_text() != "# Changed"


def test_a_policy_with_problems_is_refused_with_all_of_them(here: Terminal, policy: Path) -> None:
    here("deploy", policy)
    spoil(policy)
    answer = here("deploy", policy)
    assert answer.code == 1
    assert "must be mended before this can be deployed:\n  processes/deadlines.dmn: " in answer.beside


def test_the_policy_in_force_is_what_other_commands_are_about(here: Terminal) -> None:
    here("deploy", ROOT)
    assert len(here("describe", "tables", "--json").json["tables"]) > 5
    assert here("try", 'deadline("audit")', "--at", "2026-12-10").json == {"value": "2027-01-12T23:59:59+00:00"}
    assert here("rehearse", story(here.folder, "holds.feature", HOLDS)).code == 0


def test_an_exported_policy_is_the_one_in_force_and_can_be_deployed_again(here: Terminal, policy: Path) -> None:
    here("deploy", policy)
    answer = here("export", "--json")
    assert answer.json["folder"] == "policy-in-force"
    assert deployments.read_snapshot(here.folder / "policy-in-force") == deployments.read_snapshot(policy)
    assert here("deploy", "policy-in-force").text == "This policy is in force already, as deployment 1.\n"


def test_an_export_never_writes_over_a_policy_unasked(here: Terminal, policy: Path) -> None:
    here("deploy", policy)
    (policy / "processes" / "README.md").write_text("# My changes")
    refused = here("export", policy)
    assert refused.code == 1
    assert "holds a policy already; use another folder or --overwrite" in refused.beside
    assert (policy / "processes" / "README.md").read_text() == "# My changes"
    assert here("export", policy, "--overwrite").code == 0
    assert (policy / "processes" / "README.md").read_text() != "# My changes"


def test_a_deployment_that_is_not_there_cannot_be_exported(here: Terminal) -> None:
    here("deploy", ROOT)
    answer = here("export", "--number", "9")
    assert answer.code == 1
    assert "There is no deployment 9." in answer.beside
    assert not (here.folder / "policy-in-force").exists()
