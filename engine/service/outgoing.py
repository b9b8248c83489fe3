"""What goes back to the record system: events of a case that outgoing_records.dmn lets out, with no free text.

A record names the case by its reference, and holds ids, numbers and states alone, so that no child's name leaves.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from engine.store import outgoing
from engine.store.events import CASE_STREAM

TABLE: Final = "outgoing_records"
_TOLD: Final = ("audit", "action", "reference", "event", "state")

Decide = Callable[..., Mapping[str, Any]]


def records_of(decide: Decide, events: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield a row for the outbox of each of `events` (as Command records them) that goes out by the policy in force.

    Its key is the place of the event in its stream, so that it goes out once.
    """
    for event in events:
        if not event["stream"].startswith(CASE_STREAM):
            continue
        details = event["details"]
        answer = decide(TABLE, kind=event["kind"], event=str(details.get("event") or details.get("state") or ""))
        if answer.get("goes_out") is True:
            yield _row(event, details, answer)


def _row(event: Mapping[str, Any], details: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, Any]:
    case = event["stream"].removeprefix(CASE_STREAM)
    told = {name: details[name] for name in _TOLD if details.get(name) is not None}
    body = {"case": case, "place": event["n"], "marking": answer.get("marking"), **told}
    return {
        "key": f"{event['stream']}:{event['n']}",
        "kind": str(answer["called"]),
        "case_ref": case,
        "body": body,
        "at": event["at"],
        "status": outgoing.WAITING,
        "tries": 0,
        "next_try": event["at"],
    }


def message_of(row: Any) -> dict[str, Any]:
    """Return a record (a row of the outbox) as it leaves: {"id", "kind", "at", "case", "place", "marking", ...}."""
    return {"id": row.key, "kind": row.kind, "at": row.at.isoformat(), **row.body}
