"""Dates as people type them: day, month and year in three boxes, or one ISO string."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

PARTS = ("day", "month", "year")
_MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
_DIGITS = re.compile(r"[0-9]{1,4}")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OLDEST, _NEWEST = 1900, 2199


def parts_of(value: object) -> dict[str, str]:
    """What stands in the three boxes, for a value of any kind: an ISO string is split, anything else is blank."""
    if isinstance(value, Mapping):
        return {part: _typed(value.get(part)) for part in PARTS}
    if isinstance(value, str) and _ISO.fullmatch(value):
        year, month, day = value.split("-")
        return {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}
    return dict.fromkeys(PARTS, "")


def iso_of(value: object) -> str | None:
    """The date as "2026-12-10", or None when what was typed is not a real date from 1900 to 2199."""
    parts = parts_of(value)
    month = _month(parts["month"])
    if month is None or not _DIGITS.fullmatch(parts["day"]) or not _DIGITS.fullmatch(parts["year"]):
        return None
    try:
        day = date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None
    return day.isoformat() if _OLDEST <= day.year <= _NEWEST else None


def fault_of(value: object) -> str:
    """What is wrong with a date that `iso_of` could not read, as the end of a sentence."""
    parts = parts_of(value)
    missing = [part for part in PARTS if not parts[part]]
    if len(missing) in (1, 2):
        return f"must include a {' and '.join(missing)}"
    if _DIGITS.fullmatch(parts["year"]) and not _OLDEST <= int(parts["year"]) <= _NEWEST:
        return f"must have a year from {_OLDEST} to {_NEWEST}, written with 4 numbers"
    return "must be a real date"


def date_in_words(iso: str) -> str:
    """10 December 2026, for the ISO string 2026-12-10. Raises ValueError for anything else."""
    day = date.fromisoformat(iso)
    return f"{day.day} {_MONTHS[day.month - 1].capitalize()} {day.year}"


def _typed(part: object) -> str:
    if isinstance(part, int) and 0 < part <= _NEWEST:
        return str(part)
    return part.strip()[:20] if isinstance(part, str) else ""


def _month(typed: str) -> int | None:
    if _DIGITS.fullmatch(typed):
        return int(typed)
    named = [number for number, month in enumerate(_MONTHS, 1) if typed.lower() in (month, month[:3])]
    return named[0] if named else None
