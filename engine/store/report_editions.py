"""Reports drawn up for a meeting. A draft may be drawn up again; a signed report never changes (R-32, R-33, I-01)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from engine.errors import NotFound, NotNow
from engine.store.schema.report import report_edition

DRAFT: Final = "draft"
REPLACED: Final = "replaced"
SIGNED: Final = "signed"


def add_draft(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a draft; an earlier one of the same process instance is replaced, and kept."""
    earlier = (report_edition.c.instance == values["instance"]) & (report_edition.c.state == DRAFT)
    connection.execute(update(report_edition).where(earlier).values(state=REPLACED))
    connection.execute(insert(report_edition), {**values, "state": DRAFT})


def sign(connection: Connection, identifier: str, data: Mapping[str, Any], digest: str, by: str, at: datetime) -> None:
    """Make a draft final with its comments. NotNow when it is no draft any more."""
    draft = (report_edition.c.id == identifier) & (report_edition.c.state == DRAFT)
    values = {"state": SIGNED, "data": data, "digest": digest, "signed_by": by, "signed_at": at}
    if connection.execute(update(report_edition).where(draft).values(**values)).rowcount != 1:
        raise NotNow(doing="Signing this report", reason="it is signed already, or was drawn up again")


def get(connection: Connection, identifier: str) -> Row[Any]:
    """Return the report; NotFound."""
    row = connection.execute(select(report_edition).where(report_edition.c.id == identifier)).one_or_none()
    if row is None:
        raise NotFound(what="report with this number")
    return row


def meetings(connection: Connection, year: int) -> list[tuple[date, str]]:
    """Return the days of meetings in a year, each with the name of the report that is drawn up for it, in order."""
    day = report_edition.c.meeting
    query = select(day, report_edition.c.name).where(day.between(date(year, 1, 1), date(year, 12, 31)))
    return [(row[0], row[1]) for row in connection.execute(query.distinct().order_by(day))]


def newest(connection: Connection, names: list[str], most: int) -> list[Row[Any]]:
    """Return the drafts and signed reports with some names, newest first, without their contents."""
    kept = [column for column in report_edition.c if column.name not in ("data", "behind")]
    query = select(*kept).where(report_edition.c.name.in_(names), report_edition.c.state.in_((DRAFT, SIGNED)))
    return list(connection.execute(query.order_by(report_edition.c.made_at.desc(), report_edition.c.id).limit(most)))
