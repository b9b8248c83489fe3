"""Audit periods: where each stands, and the certificate with which anybody can draw its sample again."""

from typing import Any

from marshmallow import fields

from engine.service.people import tokens
from engine.service.periods import draws, standing
from webapp.api.bearer import engine, me
from webapp.api.paging import Answer, listing, page
from webapp.api.resource import Paged, Resource, Shape
from webapp.render.paging import Paging

resource = Resource("cycles", "Audit periods, by month.")


class Cycle(Shape):
    """Where an audit period stands. `population` and `sample` count cases, `outcomes` audits by what became of them."""

    id = fields.String(required=True)
    reference_date = fields.Date(required=True)
    state = fields.String(required=True)
    instance = fields.String(required=True, allow_none=True)
    population = fields.Integer(required=True, allow_none=True)
    sample = fields.Integer(required=True, allow_none=True)
    audits = fields.Integer(required=True)
    done = fields.Integer(required=True)
    outcomes = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class DrawCertificate(Shape):
    """The certificate of a draw: its seed and rule, and what was drawn."""

    cycle = fields.String(required=True)
    certificate = fields.Dict(required=True)


@resource.reads("/cycles", tokens.CYCLES_READ, listing("CycleList", Cycle), Paged)
def every(query: dict[str, Any]) -> Answer:
    """List the audit periods, newest first"""
    found = standing.listed(engine(), me(), query["page"])
    return page(found.rows, Paging(query["page"], standing.PAGE, found.total))


@resource.reads("/cycles/<cycle>", tokens.CYCLES_READ, Cycle)
def one(cycle: str) -> Any:
    """Read where an audit period stands"""
    return standing.of_period(engine(), me(), cycle).standing


@resource.reads("/cycles/<cycle>/certificate", tokens.CYCLES_READ, DrawCertificate, None, 409)
def certificate(cycle: str) -> dict[str, Any]:
    """Read the certificate of the draw

    The reading is on record as an export.
    """
    return {"cycle": cycle, "certificate": draws.certificate(engine(), me(), cycle)}
