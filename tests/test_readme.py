"""The README: what it names exists, what it says to type works, what it shows is what is printed."""

import re
import shutil
from pathlib import Path

import pytest
from click import Context

from tests.factories.terminal import ROOT, Terminal
from webapp.cli import main

README = (ROOT / "README.md").read_text(encoding="utf-8")
QUOTED = re.findall(r"`([^`\n]+)`", README)


def section(title: str) -> str:
    return README.split(f"## {title}\n")[1].split("\n## ")[0]


@pytest.fixture
def owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Somebody with a copy of the policy and a database of their own."""
    for folder in ("processes", "forms"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    return Terminal(tmp_path, CASEFILE_DATABASE=f"sqlite:///{tmp_path / 'council.db'}")


def test_it_is_short_with_one_picture_and_one_screenshot():
    assert len(README.splitlines()) < 150
    assert len(re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)) == 2


def test_every_file_it_names_is_there():
    named = re.findall(r"\]\(([^)#]+)\)", README) + [one for one in QUOTED if re.fullmatch(r"[\w/]+(/|\.\w+)", one)]
    files = [one for one in named if "/" in one]
    assert len(files) > 10
    assert [one for one in files if not (ROOT / one).exists()] == []


def test_every_make_target_it_names_is_there():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"\bmake (\w+) {2,}#", README)) | set(re.findall(r"`make (\w+)`", README))
    assert targets >= {"run", "test", "bench", "browser", "torture"}
    assert [one for one in targets if not re.search(rf"^{one}:", makefile, re.MULTILINE)] == []


def test_it_lists_the_commands_there_are():
    listed = section("Commands").split("```")[1].replace("casefile ", "· ")
    assert {one.split()[0] for one in listed.split("·") if one.strip()} == set(main.list_commands(Context(main)))


def test_a_rule_is_changed_as_it_says(owner: Terminal):
    steps = section("Change a rule in five minutes")
    deadlines = owner.folder / "processes" / "deadlines.dmn"
    before = deadlines.read_text(encoding="utf-8")
    row = re.search(r'<text>"audit"</text>.*?<text>20</text>', before, re.DOTALL)
    assert row is not None
    deadlines.write_text(before.replace(row[0], row[0].replace(">20<", ">15<")), encoding="utf-8")

    assert owner("check").code == 0
    # Of the stories, the one that tells what the text quotes: all of them are played by tests/stories.
    rehearsed = owner("rehearse", "processes/stories/02_audit.feature")
    assert rehearsed.code == 1
    shown = re.search(r"`(“Audit the case record” is due .+)`", steps)
    assert shown is not None
    assert shown[1] in rehearsed.text + rehearsed.beside

    assert owner("db", "upgrade").code == 0
    note = re.search(r'`casefile deploy --note "([^"]+)"`', steps)
    assert note is not None
    assert owner("deploy", "--note", note[1]).code == 0
    assert owner("try", 'deadline("audit")', "--at", "2026-12-10").json == {"value": "2027-01-05T23:59:59+00:00"}


@pytest.mark.parametrize("command", [one[9:] for one in QUOTED if one.startswith("casefile describe")])
def test_what_it_says_to_describe_is_described(owner: Terminal, command: str):
    assert owner(*command.split()).code == 0


def test_what_it_says_to_try_has_a_value(owner: Terminal):
    tried = re.search(r"`casefile try '(.+)'`", README)
    assert tried is not None
    assert "value" in owner("try", tried[1]).json
