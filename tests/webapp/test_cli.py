"""Every command explains itself, and what goes wrong is told in a sentence with an exit code that means something."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories.terminal import ROOT, Terminal
from webapp.cli import COMMANDS

ALL = [(name,) for name in COMMANDS] + [("db", "upgrade")]
NEEDING_A_DATABASE = [
    ("deploy", "POLICY"),
    ("export",),
    ("tick",),
    ("tick", "--at", "2027-01-12"),
    ("verify-log",),
    ("mail",),
    ("work",),
    ("import-population", "LIST", "--cycle", "2026-12", "--by", "hal"),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Terminal(tmp_path)


def spelled(words: tuple[str, ...], folder: Path) -> list[str]:
    (folder / "list.csv").write_text("case_reference\n")
    return [{"POLICY": str(ROOT), "LIST": str(folder / "list.csv")}.get(word, word) for word in words]


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_says_what_it_does_and_what_its_exit_codes_mean(here: Terminal, words: tuple[str, ...]) -> None:
    answer = here(*words, "--help")
    assert answer.code == 0
    assert "Exit code: 0 done · 1 refused or failed · 2 used wrongly." in " ".join(answer.text.split())
    assert len(answer.text.splitlines()) > 6
    assert max(map(len, answer.text.splitlines())) <= 100


def test_the_first_page_lists_every_command_with_a_whole_sentence(here: Terminal) -> None:
    text = here("--help").text
    for name in COMMANDS:
        (told,) = [line for line in text.splitlines() if line.startswith(f"  {name} ")]
        assert told.endswith(".")
        assert not told.endswith("...")


def test_without_a_command_the_commands_are_listed(here: Terminal) -> None:
    answer = here()
    assert "rehearse" in answer.text + answer.beside
    assert answer.code == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nonsense",), "No such command 'nonsense'."),
        (("check", "/nowhere"), "Directory '/nowhere' does not exist."),
        (("check", str(ROOT / "README.md")), "is a file."),
        (("check", "--jsn"), "No such option '--jsn'"),
        (("rehearse", "/nowhere.feature"), "File '/nowhere.feature' does not exist."),
        (("rehearse", str(ROOT)), "is a directory."),
        (("import-population",), "Missing argument 'FILE'."),
        (("import-population", "/nowhere.csv"), "File '/nowhere.csv' does not exist."),
        (("tick", "--at", "tomorrow"), "'tomorrow' is no moment. Write it like 2026-12-10 or 2026-12-10T09:30."),
        (("tick", "--at", "9999-12-31"), "lies outside the years that the calendar knows."),
        (("tick", "--at", "2026-02-30"), "is no moment."),
        (("describe", "everything"), "'everything' is not one of 'steps', 'functions'"),
        (("describe",), "Missing argument"),
        (("serve", "--port", "99999"), "99999 is not in the range"),
        (("db", "downgrade"), "No such command 'downgrade'."),
        (("export", "--number", "0"), "0 is not in the range"),
        (("verify-log", "--heads", "/nowhere"), "File '/nowhere' does not exist."),
    ],
)
def test_a_command_used_wrongly_says_how_and_exits_with_2(here: Terminal, words: tuple[str, ...], told: str) -> None:
    answer = here(*words)
    assert answer.code == 2
    assert told in " ".join(answer.beside.split())


@pytest.mark.parametrize("words", NEEDING_A_DATABASE, ids=" ".join)
def test_a_missing_database_is_told_with_what_to_run_and_is_not_made(here: Terminal, words: tuple[str, ...]) -> None:
    answer = here(*spelled(words, here.folder))
    assert answer.code == 1
    assert answer.beside == (
        "Error: The database sqlite:///var/casefile.db has not been set up. Run casefile db upgrade first.\n"
    )
    assert not (here.folder / "var").exists()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql+psycopg://casefile:secret@127.0.0.1:1/casefile", "Connection refused"),
        ("nonsense://x", "its driver is not installed"),
        ("casefile.db", "its address is not written like"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_without_its_password(here: Terminal, url: str, told: str) -> None:
    here.settings["CASEFILE_DATABASE"] = url
    for words in (("tick",), ("db", "upgrade")):
        answer = here(*words)
        assert answer.code == 1
        assert told in answer.beside
        assert "secret" not in answer.beside
        assert "Traceback" not in answer.beside


def test_a_refusal_is_json_where_json_was_asked_for(here: Terminal) -> None:
    answer = here("check", "--json")
    assert answer.code == 1
    assert list(answer.json) == ["refused"]
    assert answer.json["refused"] in answer.beside


def test_what_the_machine_cannot_do_is_told_in_a_sentence(here: Terminal) -> None:
    (here.folder / "in the way").write_text("")
    answer = here("export", "in the way/policy")
    assert answer.code == 1
    here.settings["CASEFILE_DATABASE"] = f"sqlite:///{here.folder}/in the way/casefile.db"
    answer = here("db", "upgrade")
    assert answer.code == 1
    assert answer.beside.startswith("Error: The database ")
    assert "Traceback" not in answer.beside


def test_a_command_reads_in_only_what_it_needs() -> None:
    program = "import sys; from click.testing import CliRunner; from webapp.cli import main; "
    program += (
        "CliRunner().invoke(main, ['try', '1']); print(sorted({'flask', 'apscheduler', 'waitress'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
