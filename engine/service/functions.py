"""The functions that diagrams, tables and forms may call. They answer and change nothing; each is documented
for owners by its docstring, which `casefile describe functions` prints.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from engine.bpmn.definitions import Deployment
from engine.bpmn.runtime.moment import Moment
from engine.domain.calendar import WorkingCalendar, end_of_day, format_moment, local_day, parse_moment, start_of_day
from engine.errors import ExpressionRefused
from engine.service.tables import first

DEADLINES = "deadlines"
DAY_LENGTH = len("2026-12-10")


class Reckoning:
    """Working days at one moment, by one calendar and the deadlines of one deployment."""

    def __init__(self, moment: Moment, calendar: WorkingCalendar, deployment: Deployment | None) -> None:
        self._moment = moment
        self._calendar = calendar
        self._deployment = deployment

    def today(self) -> str:
        """today() – the day now in Europe/London, such as "2026-12-10"."""
        return local_day(self._moment.now).isoformat()

    def now(self) -> str:
        """now() – this moment with its offset, such as "2026-12-10T09:00:00+00:00"."""
        return format_moment(self._moment.now)

    def working_days(self, number: int, start: str | None = None) -> str:
        """working_days(20) or working_days(20, start) – the end (23:59:59) of the 20th working day after today or
        after the day `start`. Day 1 is the next working day (requirement DEC-2).
        """
        return format_moment(self._calendar.due(self._day(start), number))

    def months(self, number: int, start: str | None = None) -> str:
        """months(4) or months(4, start) – 4 calendar months after today or `start`, clipped to the end of the month
        and rolled to the next working day, at 23:59:59 (DEC-11).
        """
        return format_moment(end_of_day(self._calendar.months_after(self._day(start), number)))

    def working_days_after(self, moment: str, number: int) -> str:
        """working_days_after(moment, 5) – the end of the 5th working day after the day of `moment`."""
        return format_moment(self._calendar.due(local_day(parse_moment(moment)), number))

    def opening_of(self, moment: str) -> str:
        """opening_of(moment) or opening_of(day) – 00:00 in Europe/London of that day, or of the day of that moment."""
        day = _parsed(moment) if len(moment) == DAY_LENGTH else local_day(parse_moment(moment))
        return format_moment(start_of_day(day))

    def next_working_day(self, day: str) -> str:
        """next_working_day(day) – that day, or the next working day when it is none."""
        return self._calendar.roll_forward(_parsed(day)).isoformat()

    def working_days_between(self, first: str, last: str) -> int:
        """working_days_between(a, b) – how many working days lie after day `a` up to and including day `b`."""
        return self._calendar.between(_parsed(first), _parsed(last))

    def deadline(self, activity: str, start: str | None = None) -> str | None:
        """deadline("audit") or deadline("audit", start) – when the activity is due by the table deadlines, reckoned
        from today or from the day `start`; None when the table gives it no deadline.
        """
        if self._deployment is None:
            raise ExpressionRefused(source="deadline(…)", reason="no policy is deployed", remedy="Deploy one first.")
        length, unit = _length(self._deployment, activity)
        return self._units()[unit](length, start) if isinstance(length, int) else None

    def _units(self) -> Mapping[str, Callable[[int, str | None], str]]:
        return {
            "working days": self._from_working_day,
            "working days before": self._before,
            "calendar months": self.months,
            "minutes": self._minutes,
        }

    def _from_working_day(self, number: int, start: str | None) -> str:
        if number == 0:
            return format_moment(end_of_day(self._calendar.roll_forward(self._day(start))))
        return self.working_days(number, start)

    def _before(self, number: int, start: str | None) -> str:
        return format_moment(end_of_day(self._calendar.subtract(self._day(start), number)))

    def _minutes(self, number: int, start: str | None) -> str:
        return format_moment(self._moment.now + timedelta(minutes=number))

    def _day(self, start: str | None) -> date:
        return local_day(self._moment.now) if start is None else _parsed(start)


@lru_cache(maxsize=256)
def _length(deployment: Deployment, activity: str) -> tuple[object, str]:
    """Return what the table says; without functions of a moment in it, it says the same for as long as it is used."""
    row = first(deployment.decision(DEADLINES), {"activity": activity}, deployment.language({}))
    return row.get("length"), str(row.get("unit"))


NAMES = (
    "today",
    "now",
    "working_days",
    "months",
    "working_days_after",
    "next_working_day",
    "opening_of",
    "working_days_between",
    "deadline",
)


def functions_of(
    moment: Moment, calendar: WorkingCalendar, deployment: Deployment | None
) -> Mapping[str, Callable[..., object]]:
    """Return the functions by name, bound to a moment that the runtime may move."""
    reckoning = Reckoning(moment, calendar, deployment)
    return {name: getattr(reckoning, name) for name in NAMES}


def described() -> Mapping[str, str]:
    """Return each function's explanation for owners, by name."""
    return {name: " ".join((getattr(Reckoning, name).__doc__ or "").split()) for name in NAMES}


def _parsed(day: str) -> date:
    try:
        return date.fromisoformat(day[:10])
    except (TypeError, ValueError):
        raise ExpressionRefused(source="A day", reason="it is not a date", remedy='Write it as "2026-12-10".') from None


__all__ = ["NAMES", "Reckoning", "described", "functions_of"]
