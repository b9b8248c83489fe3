"""Due dates as an iCalendar file (RFC 5545): one all-day event each, with no case, no name and no text of anybody."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from icalendar import Calendar, Event

from engine.service.inboxes.calendars import DueDate

PRODUCT = "-//Casefile//Due dates//EN"
AGAIN = timedelta(hours=6)


def calendar_file(due_dates: Iterable[DueDate], address_of: Callable[[str], str]) -> bytes:
    """Return the file. `address_of` gives the address of a task's page, which asks its reader to sign in."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", "Casefile: due dates")
    calendar.add("x-wr-calname", "Casefile: due dates")
    calendar.add("refresh-interval", AGAIN, parameters={"value": "DURATION"})
    for one in due_dates:
        calendar.add_component(_event(one, address_of(one.task)))
    return bytes(calendar.to_ical())


def _event(due: DueDate, address: str) -> Event:
    event = Event()
    # The same task is the same event for good, so that a calendar moves it and never shows it twice.
    event.add("uid", f"{due.task}@casefile")
    event.add("dtstamp", due.opened_at)
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1))
    event.add("summary", due.title)
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    return event
