"""The calendar of due dates that other programs read at a secret address."""

from flask import Blueprint, Response, g, url_for

from engine.service.inboxes import calendars
from webapp.auth import CALENDAR, guard
from webapp.reach import engine
from webapp.render.calendar_file import calendar_file

pages = Blueprint("calendars", __name__)


@pages.get("/calendar/<secret>.ics")
@guard(CALENDAR)
def show(secret: str) -> Response:
    """Answer with the due dates of whoever gave this address to a calendar."""
    found = calendars.open_calendar(engine(), secret)
    g.calendar_of = found.person
    content = calendar_file(found.due_dates, lambda task: url_for("tasks.show", task_id=task, _external=True))
    return Response(content, mimetype="text/calendar")
