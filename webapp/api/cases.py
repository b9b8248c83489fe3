"""A case: where the work on it stands, and whether it may be closed."""

from typing import Any

from marshmallow import fields

from engine.service.case_file import casework
from engine.service.cases import closure_lookup
from engine.service.people import tokens
from webapp.api.bearer import engine, me
from webapp.api.resource import Resource, Shape

resource = Resource("cases", "Cases, by reference: no name of a child is held here.")


class Certificate(Shape):
    """A certificate of closure that stands."""

    issued_at = fields.String(required=True)


class Closure(Shape):
    """Whether a case may be closed, why not, and what is outstanding."""

    case = fields.String(required=True)
    allowed = fields.Boolean(required=True)
    reasons = fields.List(fields.String(), required=True)
    outstanding = fields.List(fields.Dict(), required=True)
    certificate = fields.Nested(Certificate, required=True, allow_none=True)


class OpenWork(Shape):
    """An open task about a case."""

    id = fields.String(attribute="task.id", required=True)
    title = fields.String(attribute="task.title", required=True)
    due = fields.AwareDateTime(attribute="task.due", required=True, allow_none=True)
    holders = fields.List(fields.String(), required=True, metadata={"description": "The names of who has it today."})


class CaseAudit(Shape):
    """An audit of a case."""

    id = fields.String(required=True)
    state = fields.String(required=True)
    assigned_at = fields.AwareDateTime(required=True)
    authorised_at = fields.AwareDateTime(required=True, allow_none=True)


class CaseAction(Shape):
    """A remedial action of a case, without its wording."""

    audit = fields.String(attribute="action.audit", required=True)
    number = fields.Integer(attribute="action.number", required=True)
    state = fields.String(attribute="action.state", required=True)


class Case(Shape):
    """Where the work on a case stands."""

    reference = fields.String(attribute="case.reference", required=True)
    service_area = fields.String(attribute="case.service_area", required=True)
    team = fields.String(attribute="case.team", required=True, allow_none=True)
    status = fields.String(attribute="case.status", required=True)
    work = fields.List(fields.Nested(OpenWork), required=True)
    audits = fields.List(fields.Nested(CaseAudit), required=True)
    actions = fields.List(fields.Nested(CaseAction), required=True)
    may_be_closed = fields.Boolean(attribute="closure.allowed", required=True)


@resource.reads("/cases/<reference>", tokens.CASES_READ, Case)
def one(reference: str) -> Any:
    """Read where the work on a case stands

    A case that the person has nothing to do with is not found.
    """
    return casework.case_page(engine(), me(), reference)


@resource.reads("/cases/<reference>/closure", tokens.CLOSURE_READ, Closure)
def closure(reference: str) -> dict[str, Any]:
    """Ask whether a case may be closed"""
    return closure_lookup.look_up(engine(), reference)
