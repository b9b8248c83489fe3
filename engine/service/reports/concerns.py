"""The safeguarding log: how soon each concern was told, discussed and raised, and who stood in (R-80 to R-85, M9)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from engine.domain.calendar import LONDON
from engine.service.reports.found import Cell, Found, Row, Table, count
from engine.service.reports.scope import Scope
from engine.store import reporting

ACKNOWLEDGED: Final = "acknowledged"
ESCALATED: Final = "escalated"
DECIDED: Final = "decided"
TOLD: Final = "raised with the manager"
COLUMNS = ("case", "raised", "acknowledged", "decided", "told", "fallback", "person", "state")
NAMES = ("raised", "now", "escalated", "log", *(f"log.{column}" for column in COLUMNS), "words.yes", "words.no")
SUBJECT: Final = "concerns"


def found(scope: Scope) -> Iterator[Found]:
    """Yield the concerns raised in this month, each with the minutes from one step to the next."""
    concerns = reporting.concerns_between(scope.question.connection, scope.since, scope.until)
    rows: list[Row] = [{"case": one.case_ref, "raised": _shown(one.raised_at), "state": one.state} for one in concerns]
    yield count("raised", rows)
    for state in dict.fromkeys(sorted(one.state for one in concerns)):
        yield count("now", [row for row in rows if row["state"] == state], len(rows), state)
    escalated = [row for row, one in zip(rows, concerns, strict=True) if ESCALATED in _moments(one)]
    yield count("escalated", escalated, len(rows))
    yield Table("log", COLUMNS, tuple(_line(scope, one) for one in concerns))


def _line(scope: Scope, one: Any) -> tuple[Cell, ...]:
    at = _moments(one)
    return (
        one.case_ref,
        _shown(one.raised_at),
        _minutes(one.raised_at, at.get(ACKNOWLEDGED)),
        _minutes(one.raised_at, at.get(DECIDED)),
        _minutes(one.raised_at, at.get(TOLD)),
        scope.said(SUBJECT, "yes" if ESCALATED in at else "no"),
        None if one.told is None else scope.name(one.told),
        one.state,
    )


def _moments(one: Any) -> Mapping[str, datetime]:
    """Return when the concern first came to each state."""
    found: dict[str, datetime] = {}
    for line in one.history:
        found.setdefault(str(line["state"]), datetime.fromisoformat(line["at"]))
    return found


def _minutes(start: datetime, end: datetime | None) -> int | None:
    return None if end is None else round((end - start).total_seconds() / 60)


def _shown(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M}"
