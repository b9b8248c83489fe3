"""Uploading the month's population list: what was read, what was refused and why, row by row."""

import pytest

from tests.factories.council import COUNCIL
from tests.factories.visitor import file

TITLE = "Upload the case population list"
GOOD = (COUNCIL / "cases.csv").read_bytes()
BAD_ROWS = b"20931,CP&P/CIN,North CIN,nia,open,no\nCF-80001,Fostering,North CIN,nia,open,no\n"


@pytest.fixture
def upload(council, visit):
    return visit("hal").open(f"/tasks/{council.task(TITLE).id}")


def test_the_report_counts_what_is_in_scope(upload):
    page = upload.press("Upload and check the file", population_list__file=file("cases.csv", GOOD))
    assert "The list is uploaded." in page.text
    assert "Rows read 11 Cases accepted 11 Rows refused 0" in page.text
    assert page.press("Complete the task").path == "/"


def test_every_refused_row_is_listed_with_its_reason(upload):
    page = upload.press("Upload and check the file", population_list__file=file("cases.csv", GOOD + BAD_ROWS))
    assert "Cases accepted 11 Rows refused 2" in page.text
    rows = page.all("tbody tr")
    assert rows[0].startswith("13 Not readable")
    assert rows[1].startswith("14 CF-80001")
    assert all(len(row) > 40 for row in rows)


def test_a_file_that_is_no_list_is_refused_whole(council, upload):
    before = council.dump()
    page = upload.press("Upload and check the file", population_list__file=file("cases.csv", b"\0\1\2"))
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert "cases.csv" in page.problems()["#population_list"]
    assert page.problem_at("population_list") in page.problems()["#population_list"]
    assert council.dump() == before


def test_of_two_lists_from_two_windows_somebody_chooses(upload):
    other = upload.visitor.open(upload.path)
    other.press("Upload and check the file", population_list__file=file("cases.csv", GOOD))
    page = upload.press("Upload and check the file", population_list__file=file("cases.csv", GOOD + BAD_ROWS))
    assert page.status == 409
    page = page.press("Save what I chose")
    assert "Cases accepted 11 Rows refused 2" in page.text
    assert page.press("Complete the task").path == "/"


def test_no_file_is_asked_for_again(upload):
    page = upload.press("Upload and check the file")
    assert page.status == 422
    assert page.problem_at("population_list") == "Choose a file, then upload it."


def test_the_task_is_not_completed_without_a_list(upload):
    page = upload.press("Complete the task")
    assert page.status == 422
    assert list(page.problems()) == ["#population_list"]


def test_the_administrator_sees_the_report_where_the_list_is_locked(council, upload, visit):
    upload.press("Upload and check the file", population_list__file=file("cases.csv", GOOD)).press("Complete the task")
    page = visit("gail").open(f"/tasks/{council.task('Check and lock the population list').id}")
    assert "Cases accepted 11" in page.text
