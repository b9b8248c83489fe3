"""The pages of absences, the calendar, training, imports and changes, with a browser without scripts."""

import pytest

from tests.factories.addresses import of_person
from tests.factories.visitor import file

LEAVE = b"username,first_day,last_day\nmo,2026-12-02,2026-12-03\n"
FIRST = {"first_day-day": "24", "first_day-month": "12", "first_day-year": "2026"}


def press(page, button, **typed):
    address, fields = page.sent_by(button, typed)
    return page.visitor.send(address, fields)


def test_an_absence_is_recorded_and_withdrawn(visit):
    page = visit("gail").open("/directory/absences")
    page = press(page, "Record the absence", person="mo", **FIRST)
    assert page.path == "/directory/absences"
    assert "Oz for North CIN" in page.text
    page = page.visitor.open(of_person("mo"))
    assert "Thursday 24 December 2026" in page.text
    assert "Thursday 24 December 2026" not in page.press("Withdraw").text


def test_ones_own_absence(visit):
    page = visit("nia").open(of_person("nia", "/absence"))
    page = press(page, "Record the absence", **{**FIRST, "first_day-day": "32"})
    assert page.status == 422
    assert set(page.problems()) == {"#first_day-day"}
    assert page.value("first_day-day") == "32"
    assert press(page, "Record the absence", **FIRST).path == of_person("nia")


def test_closure_days_are_confirmed_only_after_they_were_seen(council, visit):
    council.assign("CF-20931", "kim")
    days = council.ask(lambda question: question.directory.closure_days)
    page = press(visit("gail").open("/directory/calendar/close"), "Show what would move", reason="closed", **FIRST)
    assert "Audit the case record" in page.text
    assert council.ask(lambda question: question.directory.closure_days) == days
    page = page.press("Record these closure days")
    assert page.path == "/directory/calendar"
    assert "closed" in page.text
    assert len(council.ask(lambda question: question.directory.closure_days)) == len(days) + 1


def test_what_is_missing_for_closure_days_is_said(visit):
    page = press(visit("gail").open("/directory/calendar/close"), "Show what would move", **FIRST)
    assert set(page.problems()) == {"#reason"}
    assert page.value("first_day-day") == "24"


@pytest.mark.parametrize("year", ["1", "99999", "x", "2200", "2100"])
def test_any_year_is_answered(visit, year):
    assert visit("nia").open(f"/directory/calendar?year={year}").status == 200


def test_an_import_is_tried_then_done(council, visit):
    page = visit("gail").open("/directory/import/leave")
    page = press(page, "Try the file", file=file("leave.csv", LEAVE))
    assert "1 new" in page.text
    assert not council.ask(lambda question: question.directory.absences)
    assert page.press("Import 1 row").path == "/directory/absences"
    assert len(council.ask(lambda question: question.directory.absences)) == 1


def test_refused_rows_offer_no_import(visit):
    page = visit("gail").open("/directory/import/leave")
    page = press(page, "Try the file", file=file("leave.csv", LEAVE.replace(b"mo", b"nobody")))
    assert "There is no person nobody" in page.text
    assert not [one for one in page.all("button") if one.startswith("Import")]
    page = press(page.visitor.open("/directory/import/leave"), "Try the file")
    assert set(page.problems()) == {"#file"}


def test_templates_are_downloaded(visit):
    response = visit("gail").client.get("/directory/import/people/present.csv")
    assert response.mimetype == "text/csv"
    assert b"mo,Mo,Practice Manager,North CIN" in response.data
    assert visit("mo").client.get("/directory/import/people/present.csv").status_code == 403


def test_training_is_recorded_and_every_change_is_listed(visit):
    page = visit("gail").open("/directory/training")
    page = press(page, "Record the training", trained_person="gail", **{"trained_on-day": "1"})
    assert set(page.problems()) == {"#trained_on-day"}
    days = {"trained_on-day": "1", "trained_on-month": "12", "trained_on-year": "2026"}
    assert press(page, "Record the training", trained_person="kim", **days).status == 200
    assert "Person: Kim; What: audit form; Trained on: 1 December 2026" in page.visitor.open("/directory/changes").text
    assert visit("mo").open("/directory/changes").status == 403
