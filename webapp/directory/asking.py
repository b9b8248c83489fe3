"""Reads the fields of the directory's own forms, and keeps what was typed when it is refused."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import request

from engine.domain.calendar import parse_day
from engine.errors import Invalid

YES = "yes"


def text(name: str) -> str | None:
    """Return what was typed into a field, None for nothing."""
    return request.form.get(name, "").strip() or None


def texts(names: Iterable[str]) -> dict[str, str | None]:
    """Return what was typed into several fields."""
    return {name: text(name) for name in names}


def typed(error: Invalid | None) -> Mapping[str, Any] | None:
    """Return all that was typed after a refusal, None without one."""
    return request.form.to_dict() if error is not None else None


def day(name: str) -> date | None:
    """Return the day in the three boxes of a field, None for empty ones; Invalid for what is no day."""
    parts = [request.form.get(f"{name}-{part}", "").strip() for part in ("year", "month", "day")]
    if not any(parts):
        return None
    year, month, number = parts
    try:
        return parse_day(f"{year}-{month:0>2}-{number:0>2}")
    except Invalid as refusal:
        raise Invalid({name: ["Enter a real day, such as 24 12 2026."]}) from refusal


def in_boxes(name: str, kept: date | None) -> Mapping[str, str]:
    """Return what stands in the three boxes of a field for a day, {} for none."""
    return {} if kept is None else {f"{name}-{part}": str(getattr(kept, part)) for part in ("day", "month", "year")}


def posted_day(name: str) -> date:
    """Return the day in one hidden field; Invalid."""
    return parse_day(request.form.get(name, ""))


def needed_day(name: str, words: str) -> date:
    """Return the day in the three boxes of a field; Invalid when there is none. `words` say which day it is."""
    found = day(name)
    if found is None:
        raise Invalid({name: [f"Enter {words}."]})
    return found


def asked_day(name: str) -> date | None:
    """Return the day that the address asks for, None for none and for what is no day."""
    try:
        return parse_day(request.args.get(name, "")) if request.args.get(name) else None
    except Invalid:
        return None
