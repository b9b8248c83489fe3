"""casefile db, tick, import-population, verify-log and mail: what is done with a council's records."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import text

from engine.service.mail.mailroom import Letterhead, relay
from engine.service.mail.senders import FolderSender
from engine.store import migration, outbox, people
from tests.factories.council import AUDIT, Council, at
from tests.factories.databases import Shelf
from tests.factories.terminal import Terminal

LIST = "case_reference,service_area,team,social_worker,status,restricted\n"
ROW = "CF-20931,CP&P/CIN,North CIN,nia,open,no\n"


@pytest.fixture
def here(council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal at the council's database."""
    monkeypatch.chdir(tmp_path)
    with council.database.transaction() as connection:
        command.stamp(migration.configured(connection), "head")
    return Terminal(tmp_path, CASEFILE_DATABASE=council.database.url.render_as_string(hide_password=False))


@pytest.fixture
def elsewhere(council: Council) -> Iterator[Callable[[], Council]]:
    """The council as it is after a command, which another process ran."""
    opened: list[Council] = []

    def look() -> Council:
        opened.append(council.again())
        return opened[-1]

    yield look
    for one in opened:
        one.database.close()


# db


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_a_database_is_made_and_brought_up_to_date(
    shelf: Shelf, backend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    url = "sqlite:///var/new.db" if backend == "sqlite" else shelf.server.create("upgraded")
    here = Terminal(tmp_path, CASEFILE_DATABASE=url)
    assert here("tick").code == 1
    answer = here("db", "upgrade", "--json")
    assert (answer.json, answer.code) == ({"revision": migration.newest()}, 0)
    told = here("db", "upgrade").text.splitlines()
    assert told[0] == f"The database is up to date, at revision {migration.newest()}."
    assert re.fullmatch(r"Nobody is in the directory yet\. Open /set-up .* 24 hours: ([A-Z2-9]{5}-?){4}", told[1])
    assert here("verify-log").text == "1 event in 1 stream: no broken places.\n"
    if backend == "postgresql":
        shelf.server.drop(url)


def test_a_database_of_an_earlier_version_says_what_to_run(here: Terminal, council: Council) -> None:
    with council.database.transaction() as connection:
        command.stamp(migration.configured(connection), "0001")
    answer = here("tick")
    assert answer.code == 1
    assert "was made by an earlier version of Casefile. Run casefile db upgrade first." in answer.beside


# tick


def test_what_falls_due_up_to_a_moment_is_done_at_its_own_moment(here: Terminal, council: Council, elsewhere) -> None:
    council.assign("CF-20931", "kim")
    due = council.task(AUDIT, "CF-20931").due
    answer = here("tick", "--at", "2027-02-01", "--json")
    assert answer.code == 0
    assert answer.json["done"] > 5
    assert answer.json["next"] > "2027-02-01"
    letters = [one for one in elsewhere().letters("kim", "CF-20931") if one.notice == "overdue"]
    assert [letter.created_at.date() for letter in letters] != []
    assert due < min(letter.created_at for letter in letters) < at(2027, 1, 20)


def test_a_moment_at_which_nothing_is_due_changes_nothing(here: Terminal, council: Council) -> None:
    before = council.dump()
    answer = here("tick", "--at", "2026-12-01T09:01")
    assert answer.text.startswith("Nothing was due.\nNext is something due on ")
    assert council.dump() == before


# import-population


def listed(folder: Path, *rows: str) -> Path:
    path = folder / "december.csv"
    path.write_text(LIST + "".join(rows))
    return path


def test_a_list_is_reported_row_by_row_and_nothing_is_kept(here: Terminal, council: Council) -> None:
    file = listed(here.folder, ROW, ROW.replace("CP&P/CIN", "Nowhere").replace("CF-20931", "CF-20999"))
    before = council.dump()
    answer = here("import-population", file)
    assert answer.code == 0
    assert "2 rows read: 1 accepted, 1 refused." in answer.text
    assert "CF-20999" in answer.text
    assert "Nothing was kept." in answer.text
    assert council.dump() == before


def test_the_report_is_json_for_programs(here: Terminal) -> None:
    file = listed(here.folder, ROW, ROW, "no reference,LAC,East Looked After,abi,open,no\n")
    answer = here("import-population", file, "--json").json
    assert (answer["rows_read"], answer["accepted"], answer["upload"]) == (3, 1, None)
    assert answer["rows"] == [{"row": 2, "case": "CF-20931", "stratum": "CP&P/CIN"}]
    assert [row["row"] for row in answer["refused"]] == [3, 4]
    assert all(row["sentence"].endswith(".") for row in answer["refused"])


def test_a_list_is_uploaded_for_an_audit_period(here: Terminal, council: Council, elsewhere) -> None:
    council.pass_to(at(2026, 12, 10))
    (period, *_) = council.cycles()
    answer = here("import-population", listed(here.folder, ROW), "--cycle", period, "--by", "hal")
    assert answer.code == 0
    assert f"Uploaded for {period}." in answer.text
    assert elsewhere().events(f"cycle {period}")[-1].actor == "hal"


def test_a_list_is_uploaded_by_somebody_whose_work_it_is(here: Terminal, council: Council) -> None:
    council.pass_to(at(2026, 12, 10))
    upload = ("import-population", listed(here.folder, ROW), "--cycle", council.cycles()[0])
    assert here(*upload).code == 2
    refused = here(*upload, "--by", "nia")
    assert refused.code == 1
    assert refused.beside.startswith("Error: You may not ")


@pytest.mark.parametrize("content", ["", "case_reference\n", "\x00\x01", "PK\x03\x04 no workbook"])
def test_a_file_that_is_no_list_is_refused_whole(here: Terminal, content: str) -> None:
    file = here.folder / "odd.csv"
    file.write_text(content)
    answer = here("import-population", file)
    assert answer.code == 1
    assert answer.beside.startswith("Error: odd.csv ")


def test_a_period_that_is_not_there_is_refused(here: Terminal) -> None:
    answer = here("import-population", listed(here.folder, ROW), "--cycle", "2099-12", "--by", "hal", "--json")
    assert answer.code == 1
    assert "There is no audit period 2099-12." in answer.json["refused"]


# verify-log


def test_a_sound_log_is_told_as_sound(here: Terminal) -> None:
    answer = here("verify-log", "--json")
    assert answer.code == 0
    assert answer.json["breaks"] == []
    assert answer.json["events"] > 10
    assert here("verify-log").text.endswith(": no broken places.\n")


def test_a_broken_log_is_told_place_by_place(here: Terminal, council: Council) -> None:
    with council.database.transaction() as connection:
        connection.execute(text("UPDATE event SET actor = 'nobody' WHERE id = 5"))
    answer = here("verify-log", "--json")
    assert answer.code == 1
    (told,) = answer.json["breaks"]
    assert told.endswith("was changed after it was written.")
    plain = here("verify-log")
    assert plain.code == 1
    assert told in plain.text
    assert plain.text.endswith(": 1 broken place.\n")


def test_heads_kept_elsewhere_tell_what_no_chain_can(here: Terminal, council: Council) -> None:
    heads = here.folder / "heads.json"
    assert here("verify-log", "--save-heads", heads).code == 0
    assert here("verify-log", "--heads", heads).code == 0
    with council.database.transaction() as connection:
        connection.execute(text("DELETE FROM event WHERE stream = 'cases'"))
    assert here("verify-log").code == 0
    answer = here("verify-log", "--heads", heads, "--json")
    assert answer.code == 1
    assert answer.json["breaks"][0].startswith("cases: event ")


@pytest.mark.parametrize("content", ["", "[]", "7", '{"cases": 3}', '{"cases": {"n": "x", "hash": ""}}', "{" * 5_000])
def test_heads_that_verify_log_did_not_write_are_refused(here: Terminal, content: str) -> None:
    (here.folder / "heads.json").write_text(content)
    answer = here("verify-log", "--heads", here.folder / "heads.json")
    assert answer.code == 1
    assert "does not hold heads that verify-log wrote" in answer.beside


# mail


def letter(council: Council, key: str, **changes: Any) -> None:
    row = {
        "dedup_key": key,
        "person": "mo",
        "notice": "assigned",
        "case_ref": "CF-20931",
        "subject": "A letter",
        "body": "Hello",
        "created_at": council.clock.now(),
        "status": outbox.WAITING,
        "tries": 0,
        "next_try": council.clock.now(),
    }
    council.run(lambda command: command.post({**row, **changes}))


def test_letters_that_could_not_be_sent_are_listed_and_tried_again(here: Terminal, council: Council, tmp_path) -> None:
    council.run(lambda command: people.change_person(command.connection, "mo", {"email": "mo@council.example.org"}))
    relay(council.engine, FolderSender(tmp_path / "mail"), Letterhead("casefile@council.example.org"))
    letter(council, "lost", status=outbox.FAILED, tries=4, next_try=None, error="the server was down")
    answer = here("mail", "--json").json
    assert answer["letters"][outbox.FAILED] == 1
    assert [(one["person"], one["case"], one["error"]) for one in answer["failed"]] == [
        ("mo", "CF-20931", "the server was down")
    ]
    assert "the server was down" in here("mail").text
    assert here("mail", "--try-again", "--json").json["tried_again"] == 1
    assert here("mail", "--json").json["failed"] == []
    assert "no letters to be tried again." in here("mail", "--try-again").text


def test_no_letter_is_shown_as_no_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    here = Terminal(tmp_path)
    here("db", "upgrade")
    assert here("mail").text == "There are no letters yet.\n"
    assert json.loads(here("mail", "--json").text) == {"letters": {}, "failed": [], "tried_again": 0}
