"""Days, moments and due dates as staff read them, always in Europe/London."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from engine.domain.calendar import LONDON, WorkingCalendar, local_day
from engine.service.case_file.timeline import Entry
from engine.service.inboxes.inbox import MOST

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?")
HAPPENED = {
    "began": "the process began",
    "completed": "a task of this process was completed",
    "received": "another process sent word",
    "due": "a time limit ran out",
    "reminded": "a letter was sent",
    "reckoned again": "due dates were reckoned again",
    "moved": "it moved to a newer policy",
    "corrected": "its data was corrected",
    "extended": "a task was given more time",
    "moved back": "it was moved back to an earlier task",
    "reassigned": "the task was given to somebody else",
    "stopped": "it stopped at an incident",
    "given up": "it was given up",
    "cancelled": "it was cancelled",
    "skip asked for": "somebody asked to skip the step",
    "skip agreed to": "a second person agreed to skip the step",
    "skip declined": "skipping the step was declined",
    "own grades kept": "the reviewer kept their own grades",
    "taken": "the task was taken",
    "given back": "the task was given back",
    "delegated": "the task was passed on",
    "reminded by hand": "somebody asked to look at the task",
    "released": "the task was given back to its post",
}

TOLD = {
    "done": "{who} completed “{about}”",
    "withdrawn": "“{about}” was withdrawn{by}",
    "began": "“{about}” began{by}",
    "remedial action": "{about}: {note}{by}",
    "management decision": "{about}, management decision {note}{by}",
    "extract": "The record system told of a change: {note}",
    "closure cleared": "A closure certificate was issued{by}",
    "closure certificate": "The closure certificate ended, because new audit activity began",
}


@dataclass(frozen=True)
class Badge:
    """How near a due date is: in words, and in a colour of the design system for those who see it."""

    words: str
    colour: str


def day(moment: datetime | date | None) -> str:
    """Return "Tuesday 12 January 2027", or "" for None."""
    if moment is None:
        return ""
    when = local_day(moment) if isinstance(moment, datetime) else moment
    return f"{when:%A %-d %B %Y}"


def short_day(moment: datetime | date | None) -> str:
    """Return "12 January 2027", or "" for None."""
    if moment is None:
        return ""
    when = local_day(moment) if isinstance(moment, datetime) else moment
    return f"{when:%-d %B %Y}"


def moment(at: datetime | str | None) -> str:
    """Return "12 January 2027 at 14:05" for a moment, ISO text of one too, or "" for None."""
    when = datetime.fromisoformat(at) if isinstance(at, str) else at
    return "" if when is None else f"{when.astimezone(LONDON):%-d %B %Y at %H:%M}"


def clock_time(at: datetime) -> str:
    """Return "14:05"."""
    return f"{at.astimezone(LONDON):%H:%M}"


def badge(due: datetime | None, today: date, calendar: WorkingCalendar) -> Badge:
    """Return the badge of a due date, counted in working days after today up to and including that day."""
    if due is None:
        return Badge("No due date", "grey")
    last = local_day(due)
    if last < today:
        past = calendar.between(last, today)
        return Badge(f"Overdue by {_working_days(past)}" if past else "Overdue", "red")
    if last == today:
        return Badge("Due today", "orange")
    left = calendar.between(today, last)
    return Badge(f"{_working_days(left)} left", "yellow" if left <= 1 else "blue")


def _working_days(count: int) -> str:
    return "1 working day" if count == 1 else f"{count} working days"


def count_of(number: int, one: str, many: str) -> str:
    """Return "1 task" or "3 tasks"."""
    return f"{number:,} {one if number == 1 else many}"


def at_most(number: int) -> str:
    """Return "312", or "1,000+" for a number beyond which is not counted."""
    return f"{MOST:,}+" if number > MOST else f"{number:,}"


def happened(kind: str) -> str:
    """Return what an event of a kind says to staff, the kind itself when no words are known."""
    return HAPPENED.get(kind, kind)


def told(entry: Entry) -> str:
    """Return what happened as a sentence without its moment."""
    by = f", by {entry.who}" if entry.who else ""
    words = TOLD.get(entry.kind, "{about} {note}{by}")
    return words.format(who=entry.who or "The clock", about=entry.about, note=entry.note, by=by)


def together(names: Sequence[str]) -> str:
    """Return names in a row, such as "Asha, Colin and Ian"."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def cell(value: str | float | None) -> str:
    """Return a cell of a report as it is read: 1,204, a day as "24 June 2026", and "No entry" for None."""
    if value is None:
        return "No entry"
    if not isinstance(value, str):
        return f"{value:,}"
    if not _DAY.fullmatch(value):
        return value
    at = datetime.fromisoformat(value)
    return f"{at:%-d %B %Y at %H:%M}" if ":" in value else f"{at:%-d %B %Y}"


def sentence(words: str) -> str:
    """Return words with a capital at the beginning, and all other capitals as they are."""
    return words[:1].upper() + words[1:]


def older(working_days: int) -> tuple[int, str]:
    """Return a choice of an age: its value and "20 working days or more"."""
    return working_days, f"{working_days} working days or more"


def twice(text: str) -> tuple[str, str]:
    """Return a choice whose value is what it says."""
    return text, text
