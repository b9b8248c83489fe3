"""The calendar of due dates: opened by its secret alone, and telling no case and no name."""

import logging

import pytest
from icalendar import Calendar

from tests.factories.council import AUDIT
from tests.factories.visitor import Visitor


@pytest.fixture
def made(council, visit):
    """The page on which Kim was given a calendar address; Kim has an audit."""
    council.assign("CF-20931", "kim")
    return visit("kim").open("/settings").press("Make a calendar address")


def path(page):
    (field,) = page.tree.cssselect("#address")
    return field.get("value").removeprefix("http://localhost")


def test_a_calendar_program_reads_due_dates_without_signing_in(council, app, made):
    response = app.test_client().get(path(made))
    assert (response.status_code, response.mimetype) == (200, "text/calendar")
    (event,) = Calendar.from_ical(response.data).walk("VEVENT")
    task = council.task(AUDIT, "CF-20931")
    assert str(event["summary"]) == AUDIT
    assert (str(event["uid"]), str(event["url"])) == (f"{task.id}@casefile", f"http://localhost/tasks/{task.id}")
    assert (event.decoded("dtstart").isoformat(), event.decoded("dtend").isoformat()) == ("2026-12-31", "2027-01-01")
    assert not [word for word in ("CF-20931", "Kim", "kim", "North") if word in response.text]


def test_the_same_task_stays_the_same_event(app, made):
    first, second = (app.test_client().get(path(made)).data for _ in range(2))
    assert first == second


def test_the_address_is_shown_once(made):
    again = made.visitor.open("/settings")
    assert "An address is in use since 1 December 2026" in again.text
    assert path(made) not in again.response.text


def test_a_renewed_or_revoked_address_opens_nothing(app, made):
    new = made.visitor.open("/settings").press("Make a new address")
    assert app.test_client().get(path(made)).status_code == 404
    assert app.test_client().get(path(new)).status_code == 200
    page = made.visitor.open("/settings").press("Stop the calendar")
    assert "The calendar address opens nothing any more." in page.text
    assert app.test_client().get(path(new)).status_code == 404


def test_no_other_secret_opens_a_calendar(app, made):
    assert app.test_client().get("/calendar/kim.ics").status_code == 404
    assert Visitor(app).open(path(made)[:-5] + "x.ics").status == 404


def test_the_log_names_whose_calendar_was_read_and_never_the_secret(app, made, caplog):
    with caplog.at_level(logging.INFO, logger="casefile.access"):
        app.test_client().get(path(made))
    assert '"person":"kim","method":"GET","route":"calendars.show","about":{}' in caplog.text
    assert path(made).split("/")[-1].removesuffix(".ics") not in caplog.text
