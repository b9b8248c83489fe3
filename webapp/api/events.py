"""The event log for those who check it: which events a stream holds, and whether the whole log is sound.

What an event says about a case stays inside: its hash covers it, so that a change of it is found all the same.
"""

from typing import Any

from marshmallow import fields, validate

from engine.service.people import tokens
from engine.service.record_keeping import event_log
from webapp.api.bearer import engine, me
from webapp.api.paging import Answer, listing, page
from webapp.api.resource import Paged, Resource, Shape, sought
from webapp.render.paging import Paging

resource = Resource("events", "The event log, append-only and hash-chained.")


class Wanted(Paged):
    """Which stream is wanted."""

    stream = sought(
        validate.Length(1),
        required=True,
        metadata={"description": "The id of an instance, or such as “case CF-20931”, “cycle 2026-11”, “directory”."},
    )


class Event(Shape):
    """An event: its number in its stream, and the hashes (SHA-256) that chain it to the one before."""

    n = fields.Integer(required=True)
    kind = fields.String(required=True)
    actor = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    previous = fields.String(required=True)
    hash = fields.String(required=True)


class Verification(Shape):
    """What a walk through the whole log found: a sentence for each place where it does not hold."""

    events = fields.Integer(required=True)
    is_sound = fields.Boolean(required=True)
    breaks = fields.List(fields.String(), required=True)


@resource.reads("/events", tokens.EVENTS_READ, listing("EventList", Event), Wanted)
def of_stream(query: dict[str, Any]) -> Answer:
    """List the events of a stream, in order; none for a stream that is not there"""
    rows, total = event_log.of_stream(engine(), me(), query["stream"], query["page"])
    return page(rows, Paging(query["page"], event_log.PAGE, total))


@resource.reads("/events/verification", tokens.EVENTS_READ, Verification)
def verification() -> Any:
    """Verify the whole log, from its first event on"""
    return event_log.verified(engine(), me())
