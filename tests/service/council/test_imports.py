"""Imports: every row told, nothing half done, and no formula in or out."""

from datetime import date

import pytest

from engine.domain.people import Absence
from engine.errors import Invalid, NotAllowed, NotFound, TooLarge, Unreadable
from engine.service.council import imports, sheet
from engine.service.council.imports import LEAVE, PEOPLE, TEAMS

HEAD = "username,name,post,team,line_manager,email,in_audit_pool,cleared\n"
GOOD = HEAD + "newa,Newa,Social Worker,North CIN,newb,,,\nnewb,Newb,Specialist,,,newb@example.org,,yes\n"
LEAVE_HEAD = "username,first_day,last_day\n"


def outcomes(report):
    return [(one.about, one.outcome) for one in report.rows]


def people(council):
    return council.ask(lambda question: dict(question.directory.people))


def test_a_rehearsal_changes_nothing_and_tells_every_row(council):
    before = council.dump()
    report = imports.rehearse(council.engine, "gail", PEOPLE, GOOD)
    assert outcomes(report) == [("newa", "new"), ("newb", "new")]
    assert report.is_clean
    assert council.dump() == before


def test_people_are_added_with_managers_of_the_same_file_and_the_pool_by_their_post(council):
    imports.apply(council.engine, "gail", PEOPLE, GOOD)
    found = people(council)
    assert (found["newa"].line_manager, found["newa"].in_audit_pool) == ("newb", False)
    assert (found["newb"].in_audit_pool, found["newb"].cleared) == (True, True)
    letters = [one for one in council.letters("asha") if one.notice == "directory_changed"]
    assert len(letters) == 1
    assert "Newa" in letters[0].body and "Newb" in letters[0].body
    assert outcomes(imports.apply(council.engine, "gail", PEOPLE, GOOD)) == [("newa", "as it is"), ("newb", "as it is")]


def test_what_the_directory_says_otherwise_is_changed_and_told(council):
    row = "nia,Nia,Practice Manager,South CIN,,,yes,no\n"
    report = imports.apply(council.engine, "gail", PEOPLE, HEAD + row)
    assert outcomes(report) == [("nia", "changed")]
    assert "member of the audit pool" in report.rows[0].reason
    assert people(council)["nia"].team == "South CIN"
    event = next(one for one in reversed(council.events("directory")) if one.kind == "changed")
    assert event.details["after"]["in_audit_pool"] is True
    assert "nia: post: Social Worker, now Practice Manager" in council.letters("asha")[-1].body


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("mo,Mo,Queen,,,,,", "Choose a post that the policy knows"),
        ("New,New,Specialist,,,,,", "small letters"),
        ("newa,,Specialist,,,,,", "Enter the name"),
        ("newa,New,Specialist,Nowhere,,,,", "no team Nowhere"),
        ("newa,New,Specialist,,nobody,,,", "no person nobody"),
        ("newa,New,Specialist,,,x,,", "Enter an e-mail address"),
        ("newa,New,Specialist,,,,perhaps,", "Write yes or no"),
        ("newa,=1+1,Specialist,,,,,", "begins like a formula"),
        ("newa,@SUM(A1),Specialist,,,,,", "begins like a formula"),
        ("newa,New,Specialist,,,,,,one more", "more cells"),
        ("newb,New,Specialist,,,,,\nnewb,Again,Specialist,,,,,", "in an earlier row"),
    ],
)
def test_one_refused_row_keeps_the_whole_file_out_and_says_why(council, row, sentence):
    text = HEAD + "newz,Newz,Specialist,,,,,\n" + row + "\n"
    report = imports.rehearse(council.engine, "gail", PEOPLE, text)
    refused = [one for one in report.rows if one.outcome == "refused"]
    assert sentence in refused[0].reason
    before = council.dump()
    with pytest.raises(Invalid):
        imports.apply(council.engine, "gail", PEOPLE, text)
    assert council.dump() == before


def test_teams_are_added_and_changed(council):
    head = "team,service_area,practice_manager,service_manager,head_of_service\n"
    text = head + "West,LAC,mo,,\nNorth CIN,CP&P/CIN,quin,oz,pat\n"
    report = imports.apply(council.engine, "gail", TEAMS, text)
    assert outcomes(report) == [("West", "new"), ("North CIN", "changed")]
    found = council.ask(lambda question: question.directory.teams)
    assert (found["West"].practice_manager, found["North CIN"].practice_manager) == ("mo", "quin")
    refused = imports.rehearse(council.engine, "gail", TEAMS, head + "East,LAC,nobody,,\nWest,Moon,,,\n").rows
    assert [one.outcome for one in refused] == ["refused", "refused"]


def test_leave_is_recorded_as_both_ways_of_writing_days(council):
    text = LEAVE_HEAD + "mo,2026-12-24,2026-12-28\nkim,24/12/2026,24/12/2026\n"
    imports.apply(council.engine, "gail", LEAVE, text)
    found = set(council.ask(lambda question: question.directory.absences))
    day = date(2026, 12, 24)
    assert {Absence("mo", day, date(2026, 12, 28)), Absence("kim", day, day)} <= found
    assert outcomes(imports.rehearse(council.engine, "gail", LEAVE, text)) == [("mo", "as it is"), ("kim", "as it is")]


@pytest.mark.parametrize(
    "row", ["nobody,2026-12-24,2026-12-24", "mo,2026-12-24,2026-12-23", "mo,tomorrow,2026-12-24", "mo,31/02/2027,"]
)
def test_leave_that_cannot_be_is_refused(council, row):
    assert imports.rehearse(council.engine, "gail", LEAVE, LEAVE_HEAD + row + "\n").rows[0].outcome == "refused"


@pytest.mark.parametrize("text", ["", HEAD, "a,b\n1,2\n", HEAD.replace("\n", ",colour\n") + "x\n", HEAD + '"open\n'])
def test_a_file_that_is_no_such_table_is_refused_in_a_sentence(council, text):
    with pytest.raises(Unreadable):
        imports.rehearse(council.engine, "gail", PEOPLE, text)


def test_files_of_excel_are_read_too(council):
    semicolons = ("\ufeff" + GOOD.replace(",", ";").replace("\n", "\r\n")).encode()
    assert imports.rehearse(council.engine, "gail", PEOPLE, sheet.text_of(semicolons)).is_clean
    assert sheet.text_of("name\nZoë\n".encode("cp1252")) == "name\nZoë\n"


def test_too_much_and_what_is_no_text_is_refused():
    with pytest.raises(TooLarge):
        sheet.text_of(b"x" * (sheet.MOST_BYTES + 1))
    with pytest.raises(Unreadable):
        sheet.text_of(b"PK\x03\x04\x00\x00")
    with pytest.raises(TooLarge):
        sheet.read("a\n" + "1\n" * (sheet.MOST_ROWS + 1), ("a",))


def test_only_those_who_keep_the_directory_import_and_download(council):
    for act in (imports.rehearse, imports.apply):
        with pytest.raises(NotAllowed):
            act(council.engine, "mo", PEOPLE, GOOD)
    for act in (imports.template, imports.present):
        with pytest.raises(NotAllowed):
            act(council.engine, "mo", PEOPLE)
        with pytest.raises(NotFound):
            act(council.engine, "gail", "spoons")


@pytest.mark.parametrize("kind", [PEOPLE, TEAMS, LEAVE])
def test_what_is_downloaded_can_be_imported_and_changes_nothing(council, kind):
    if kind == LEAVE:
        imports.apply(council.engine, "gail", LEAVE, LEAVE_HEAD + "mo,2026-12-24,2026-12-28\n")
    report = imports.rehearse(council.engine, "gail", kind, imports.present(council.engine, "gail", kind))
    assert set(report.counts) == {"as it is"}


def test_no_cell_that_is_written_begins_like_a_formula():
    assert "'=cmd" in sheet.written(("a",), [{"a": "=cmd"}])
