"""Working days in England and the moments at which they begin and end.

A working day is Monday to Friday, no bank holiday of England, no added holiday and no closure day of the council
(requirements DEC-2). The day on which a clock starts is day 0, and a clock of n working days runs out at
23:59:59 Europe/London on working day n. Days are `datetime.date`; moments are aware and in UTC, and a naive
datetime is refused everywhere.
"""

import calendar
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from engine.errors import Invalid

LONDON = ZoneInfo("Europe/London")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True, init=False, slots=True)
class WorkingCalendar:
    """The working days of a council in England; two calendars with the same closed days are equal.

    `closed` holds the days, besides weekends and bank holidays, on which nobody works: the council's closure days
    and holidays proclaimed after the list of bank holidays was made. Every method raises Invalid when it would
    have to look outside the years 1900 to 2200.
    """

    closed: frozenset[date]

    def __init__(self, closure_days: Iterable[date] = (), added_holidays: Iterable[date] = ()) -> None:
        object.__setattr__(self, "closed", frozenset(map(_plain, (*closure_days, *added_holidays))))

    def is_working_day(self, day: date) -> bool:
        """Tell whether the council works on `day` (DEC-2)."""
        return _known(day).weekday() < 5 and day not in self.closed and day not in _bank_holidays()

    def add(self, day: date, n: int) -> date:
        """Return working day `n` after `day`, which is day 0 and need not be a working day (DEC-2).

        With n = 0 that is `day` itself. Invalid when n is negative.
        """
        if _count(n) == 0:
            return day
        return self._working_day(self._worked_through(day) + n - 1)

    def subtract(self, day: date, n: int) -> date:
        """Return the `n`th working day before `day`; with n = 0 `day` itself. Invalid when n is negative.

        Reminders use it: 5 and 1 working days before something is due (I-05).
        """
        if _count(n) == 0:
            return day
        return self._working_day(self._worked_through(day) - self.is_working_day(day) - n)

    def roll_forward(self, day: date) -> date:
        """Return `day` when it is a working day, otherwise the next one (R-39: the 10th, or the first after it)."""
        return day if self.is_working_day(day) else self.add(day, 1)

    def between(self, a: date, b: date) -> int:
        """Count the working days after `a` up to and including `b`; 0 when `b` is not later."""
        if b <= a:
            return 0
        return self._worked_through(b) - self._worked_through(a)

    def months_after(self, start_day: date, n: int) -> date:
        """Return the day `n` calendar months later, clipped to the month's end, then rolled to a working day.

        30 October 2026 and 4 months: 28 February 2027 is a Sunday, so Monday 1 March 2027 (R-114, DEC-11, A-22).
        Invalid when n is negative.
        """
        years = (start_day.month - 1 + _count(n)) // 12
        _known_year(start_day.year + years)
        return self.roll_forward(months_later(start_day, n))

    def due(self, start_day: date, n: int) -> datetime:
        """Return the moment (UTC) at which a clock of `n` working days from `start_day` runs out (DEC-2, R-51).

        With n = 0 it is the end of the first working day on or after `start_day`. Invalid when n is negative.
        """
        return end_of_day(self.add(start_day, n) if n else self.roll_forward(start_day))

    def _worked_through(self, day: date) -> int:
        """Return how many working days there are from the first known one up to and including `day`."""
        place = bisect_right(_ordinary_days(), _known(day))
        return place - bisect_left(_closed_places(self.closed), place)

    def _working_day(self, number: int) -> date:
        """Return the working day before which there are `number` others."""
        place = number + bisect_right(_open_before(self.closed), number)
        if number < 0 or place >= len(_ordinary_days()):
            raise _refused("day", f"there is no such working day between {FIRST_YEAR} and {LAST_YEAR}")
        return _ordinary_days()[place]


def bank_holidays(year: int) -> tuple[tuple[date, str], ...]:
    """Return the bank holidays of England in a year with their names, in order; Invalid for a year not known."""
    found = holidays.country_holidays("GB", subdiv="ENG", years=_known_year(year))
    return tuple(sorted(found.items()))


def bank_holidays_known_until() -> date:
    """Return the last day of the years for which the list of bank holidays is made."""
    return date(min(LAST_YEAR, holidays.country_holidays("GB", subdiv="ENG").end_year), 12, 31)


def months_later(day: date, n: int) -> date:
    """Return the day `n` calendar months after `day`, or before it with a negative `n`, clipped to the month's end."""
    years, month = divmod(day.month - 1 + n, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def start_of_day(day: date) -> datetime:
    """Return the moment (UTC) of 00:00:00 Europe/London on `day`."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """Return the moment (UTC) of 23:59:59 Europe/London on `day` (DEC-2)."""
    return datetime.combine(day, time(23, 59, 59), LONDON).astimezone(UTC)


def local_day(moment: datetime) -> date:
    """Return the day that it is in Europe/London at an aware `moment`; Invalid when it is naive."""
    return _aware(moment).astimezone(LONDON).date()


def parse_moment(text: str) -> datetime:
    """Read an ISO moment with its offset, such as "2027-01-12T23:59:59+00:00"; returned in UTC.

    Invalid when it is no moment, has no offset or falls outside the years that are known.
    """
    try:
        moment = _aware(datetime.fromisoformat(text))
        _known_year(moment.year)
        return moment.astimezone(UTC)
    except (TypeError, ValueError) as error:
        raise _refused("moment", f"{text!r} is not a date and time with its offset from UTC") from error


def format_moment(moment: datetime) -> str:
    """Write an aware moment as ISO text in UTC; Invalid when it is naive."""
    return _aware(moment).astimezone(UTC).isoformat()


def parse_day(text: str) -> date:
    """Read "2026-12-10", or the day that an ISO moment with its offset is in Europe/London.

    Invalid when it is neither.
    """
    if isinstance(text, str) and _ISO_DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise _refused("day", f"{text!r} is not a day of the calendar") from error
    return local_day(parse_moment(text))


@lru_cache(maxsize=1)
def _ordinary_days() -> tuple[date, ...]:
    """All days of the known years that are neither weekend nor bank holiday, so that counting them is looking up."""
    first, last = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
    days = map(date.fromordinal, range(first, last + 1))
    return tuple(day for day in days if day.weekday() < 5 and day not in _bank_holidays())


@lru_cache(maxsize=64)
def _closed_places(closed: frozenset[date]) -> tuple[int, ...]:
    """The places among the ordinary days of those on which the council is closed, in order."""
    days = _ordinary_days()
    places = ((bisect_left(days, day), day) for day in sorted(closed))
    return tuple(place for place, day in places if place < len(days) and days[place] == day)


@lru_cache(maxsize=64)
def _open_before(closed: frozenset[date]) -> tuple[int, ...]:
    """How many working days lie before each closed place: those with as many or fewer move a day one place on."""
    return tuple(place - index for index, place in enumerate(_closed_places(closed)))


@lru_cache(maxsize=1)
def _bank_holidays() -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST_YEAR, LAST_YEAR + 1)))


def _known(day: date) -> date:
    _known_year(day.year)
    return day


def _known_year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _refused("day", f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return year


def _count(n: int) -> int:
    if n < 0:
        raise _refused("count", f"{n} is less than nothing")
    return n


def _plain(day: date) -> date:
    if isinstance(day, datetime):
        raise _refused("day", f"{day} is a moment, and a day is wanted")
    return day


def _aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise _refused("moment", f"{moment.isoformat()} has no offset from UTC")
    return moment


def _refused(field: str, message: str) -> Invalid:
    return Invalid({field: [message]})
