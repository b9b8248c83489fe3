"""Service operations of the retention review: a list first, then what a person decided about it (R-05)."""

import re
from datetime import date
from typing import Any

from engine.errors import Invalid
from engine.service.record_keeping import erasing, retention
from engine.service.registry import Operating, operation
from engine.store import retention as decisions

_REFERENCES = re.compile(r"[,;\s]+")


@operation
def find_records_for_review(work: Operating) -> dict[str, int]:
    """List every record whose review day has come by retention.dmn, by class; nothing else is done with them.
    Gives {"records": how many}.
    """
    found = retention.due(work.command)
    classes = sorted({one.retention_class for one in found})
    rows = [
        {
            "review": work.instance,
            "number": classes.index(one.retention_class) + 1,
            "retention_class": one.retention_class,
            "record": one.record.kind,
            "record_id": one.record.id,
            "case_ref": one.record.case,
            "ended_on": one.record.ended_on,
            "review_on": one.review_on,
        }
        for one in found
    ]
    decisions.add_items(work.command.connection, rows)
    return {"records": len(rows)}


@operation
def settle_retention(work: Operating) -> dict[str, int]:
    """Carry out what was decided about each class: keep, hold, or delete for good, but for the cases left out, which
    are listed again next time. Gives {"keep", "hold", "delete": numbers of records, "left": how many were left out}.

    A record on which work goes on again is not deleted. Refused for a case left out that is not on the list.
    """
    items = decisions.items_of(work.command.connection, work.instance)
    left_out = _left_out(work, items)
    decided = {int(row["number"]): row for row in work.command.answers.get("decisions") or []}
    counts = {decisions.KEEP: 0, decisions.HOLD: 0, decisions.DELETE: 0, "left": 0}
    for item in items:
        row = None if item.case_ref in left_out else decided.get(item.number)
        done = row is not None and _settle(work, item, row)
        counts[str(row["retention_decision"]) if row is not None and done else "left"] += 1
    work.command.note(erasing.LOG, "decided", {"review": work.instance, **counts})
    return counts


def _left_out(work: Operating, items: list[Any]) -> set[str]:
    written = _REFERENCES.split(str(work.command.answers.get("exceptions") or ""))
    named = {reference for reference in written if reference}
    unknown = sorted(named - {item.case_ref for item in items})
    if unknown:
        sentence = f"{unknown[0]} is on none of the lists. Write each case reference as the list has it."
        raise Invalid({"exceptions": [sentence]})
    return named


def _settle(work: Operating, item: Any, row: dict[str, Any]) -> bool:
    command, decision = work.command, str(row["retention_decision"])
    known_as = erasing.erase(command, item, work.instance) if decision == decisions.DELETE else item.record_id
    if known_as is None:
        return False
    until = row.get("keep_until") if decision == decisions.KEEP else None
    decisions.decide(
        command.connection,
        {
            "review": work.instance,
            "record": item.record,
            "record_id": known_as,
            "decision": decision,
            "keep_until": None if until is None else date.fromisoformat(until),
            "reason": str(row.get("retention_reason") or ""),
            "decided_by": command.actor,
            "decided_at": command.now,
        },
    )
    return True
