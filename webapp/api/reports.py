"""Reports that the person may read. Every reading is on record, as on the pages."""

from typing import Any

from marshmallow import fields

from engine.service.people import tokens
from engine.service.reports import editions, reading
from webapp.api.bearer import engine, me
from webapp.api.paging import listing, whole
from webapp.api.resource import Resource, Shape, sought

resource = Resource("reports", "Reports, drawn up now or for a meeting.")

JSON = "json"


class ListedReport(Shape):
    """A report that may be read, about the person or one of their teams where it asks for one."""

    name = fields.String(attribute="report.name", required=True)
    title = fields.String(attribute="report.title", required=True)
    person = fields.String(required=True, allow_none=True)
    team = fields.String(required=True, allow_none=True)


class Wanted(Shape):
    """Which month, person or team a report is wanted about."""

    period = sought(load_default=None, metadata={"description": "A month, such as 2026-11; else this one."})
    person = sought(load_default=None)
    team = sought(load_default=None)


class Report(Shape):
    """A report: its parts in order, each with its figures, tables and what they say."""

    name = fields.String(required=True)
    title = fields.String(required=True)
    guidance = fields.String(required=True)
    marking = fields.String(required=True, allow_none=True)
    period = fields.String(required=True)
    period_in_words = fields.String(required=True)
    about = fields.String(required=True, allow_none=True)
    edition = fields.String(required=True, allow_none=True)
    audit_period = fields.String(required=True, allow_none=True)
    status = fields.String(required=True)
    made_at = fields.String(required=True)
    policy = fields.Integer(required=True)
    parts = fields.List(fields.Dict(), required=True)


class ListedEdition(Shape):
    """A report as it was drawn up for a meeting: a draft, or signed and never changed since."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    period = fields.String(required=True)
    meeting = fields.Date(required=True)
    state = fields.String(required=True, metadata={"description": "draft or signed"})
    signed_at = fields.AwareDateTime(required=True, allow_none=True)
    sha256 = fields.String(
        required=True, allow_none=True, metadata={"description": "The fingerprint of what was signed."}
    )


class Edition(Report):
    """A report as it was drawn up for a meeting, with who signed it and what they said."""

    id = fields.String(required=True)
    meeting = fields.String(required=True)
    comments = fields.List(fields.Dict())
    signed_by = fields.String()
    signed_at = fields.String()


@resource.reads("/reports", tokens.REPORTS_READ, listing("ReportList", ListedReport))
def offered() -> dict[str, Any]:
    """List the reports that the person may read"""
    return whole(reading.entries(engine(), me()))


@resource.reads("/reports/<name>", tokens.REPORTS_READ, Report, Wanted)
def one(query: dict[str, Any], name: str) -> dict[str, Any]:
    """Read a report as it stands now

    The reading is on record.
    """
    return reading.read(engine(), me(), reading.Wanted(name, **query), JSON)


@resource.reads("/reports/<name>/editions", tokens.REPORTS_READ, listing("EditionList", ListedEdition))
def drawn_up(name: str) -> dict[str, Any]:
    """List how a report was drawn up for its meetings, newest first"""
    return whole(editions.of_report(engine(), me(), name))


@resource.reads("/editions/<edition>", tokens.REPORTS_READ, Edition, None, 422)
def edition(edition: str) -> dict[str, Any]:
    """Read a report as it was drawn up for a meeting

    It is refused when a signed report is not as it was signed. The reading is on record.
    """
    return editions.read(engine(), me(), edition, JSON)
