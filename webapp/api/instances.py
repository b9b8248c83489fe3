"""Where processes stand, for those who see that on the pages: references, steps and days, nothing that was typed."""

from typing import Any

from marshmallow import fields, validate

from engine.service.overview import listing as lists
from engine.service.overview import paths, standing
from engine.service.overview.listing import Filter
from engine.service.people import tokens
from webapp.api.bearer import engine, me
from webapp.api.paging import Answer, listing, page
from webapp.api.resource import Paged, Resource, Shape, sought
from webapp.render.paging import Paging

resource = Resource("instances", "Process instances, and the way each has gone.")

STATES = {"": {}, lists.OVERDUE: {"due": lists.OVERDUE}, lists.STANDING_STILL: {"state": lists.STANDING_STILL}}


class Wanted(Paged):
    """Which unfinished instances are wanted."""

    process = sought(
        validate.Length(1), required=True, metadata={"description": "The id of a process, such as case_audit."}
    )
    team = sought(load_default="")
    state = fields.String(load_default="", validate=validate.OneOf(STATES))


class ListedInstance(Shape):
    """An unfinished instance in a list; `places` are the steps where it waits."""

    id = fields.String(required=True)
    case = fields.String(required=True, allow_none=True)
    cycle = fields.String(required=True, allow_none=True)
    team = fields.String(required=True, allow_none=True)
    stopped = fields.Boolean(required=True, metadata={"description": "Whether an incident stopped it."})
    places = fields.List(fields.String(), required=True)
    started_at = fields.AwareDateTime(required=True)
    due = fields.AwareDateTime(required=True, allow_none=True)


class Waiting(Shape):
    """An open task of an instance."""

    title = fields.String(required=True)
    holders = fields.List(fields.String(), required=True)
    due = fields.AwareDateTime(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)


class Step(Shape):
    """What happened: when, by whom, which kind of event, and the steps that were passed with it."""

    at = fields.AwareDateTime(required=True)
    who = fields.String(required=True)
    kind = fields.String(required=True)
    passed = fields.List(fields.String(), required=True)


class Relative(Shape):
    """The instance that began this one, or one that this one began."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    status = fields.String(required=True)
    is_parent = fields.Boolean(required=True)


class Instance(Shape):
    """An instance with its path so far."""

    id = fields.String(attribute="row.id", required=True)
    process = fields.String(attribute="row.process", required=True)
    name = fields.String(required=True)
    status = fields.String(attribute="row.status", required=True)
    case = fields.String(attribute="row.case_ref", required=True, allow_none=True)
    cycle = fields.String(attribute="row.cycle", required=True, allow_none=True)
    deployment = fields.Integer(attribute="row.deployment", required=True)
    started_at = fields.AwareDateTime(attribute="row.started_at", required=True)
    finished_at = fields.AwareDateTime(attribute="row.finished_at", required=True, allow_none=True)
    next_due = fields.AwareDateTime(required=True, allow_none=True)
    waiting = fields.List(fields.Nested(Waiting), required=True)
    path = fields.List(fields.Nested(Step), attribute="happenings", required=True)
    relatives = fields.List(fields.Nested(Relative), required=True)


@resource.reads("/instances", tokens.INSTANCES_READ, listing("InstanceList", ListedInstance), Wanted, 404)
def of_process(query: dict[str, Any]) -> Answer:
    """List the unfinished instances of a process, oldest first"""
    wanted = Filter(query["process"], team=query["team"], **STATES[query["state"]])
    found = standing.of_process(engine(), me(), wanted, page=query["page"]).list
    return page(found.rows, Paging(query["page"], lists.PAGE, found.total))


@resource.reads("/instances/<identifier>", tokens.INSTANCES_READ, Instance)
def one(identifier: str) -> Any:
    """Read an instance and its path"""
    return paths.of_instance(engine(), me(), identifier)
