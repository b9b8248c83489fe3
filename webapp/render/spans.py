"""A period in an address: from one day to another, both included, as it is typed in boxes for day, month and year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.domain.calendar import parse_day
from engine.errors import Invalid
from engine.service.overview.standing import Span

DAYS: Final = {"from": "the first day", "to": "the last day"}
_PARTS: Final = ("year", "month", "day")


@dataclass(frozen=True)
class AskedSpan:
    """The period that is asked for, None for none; what was typed, by box, and what is wrong with it, by day."""

    span: Span | None
    typed: Mapping[str, str]
    errors: Mapping[str, list[str]]

    @property
    def kept(self) -> dict[str, str]:
        """What stands in the address of the same period."""
        return dict(self.typed) if self.span is not None else {}


def asked_span(given: Mapping[str, str]) -> AskedSpan:
    """Return the period that the words of an address ask for."""
    boxes = [f"{name}-{part}" for name in DAYS for part in _PARTS]
    typed = {box: given.get(box, "").strip() for box in boxes}
    if not any(typed.values()):
        return AskedSpan(None, {}, {})
    errors: dict[str, list[str]] = {}
    first, last = (_day(name, typed, errors) for name in DAYS)
    if first is not None and last is not None and last < first:
        errors["to"] = ["The last day must be the same as or after the first day."]
    span = None if first is None or last is None or errors else Span(first, last)
    return AskedSpan(span, typed, errors)


def _day(name: str, typed: Mapping[str, str], errors: dict[str, list[str]]) -> date | None:
    year, month, day = (typed[f"{name}-{part}"] for part in _PARTS)
    words = DAYS[name]
    try:
        return parse_day(f"{year}-{month:0>2}-{day:0>2}")
    except Invalid:
        is_blank = not (year or month or day)
        errors[name] = [f"Enter {words}." if is_blank else f"{words[:1].upper()}{words[1:]} must be a real date."]
        return None
