"""Service operations of a thematic audit: a census of one kind of case (manual section 5, M16)."""

from datetime import date
from typing import Any

from engine.domain.matching import Auditor, match
from engine.errors import NotNow
from engine.service.audits import conflicts
from engine.service.audits.cycles import stratum_code
from engine.service.operations.cycle import begin_audit
from engine.service.registry import Operating, operation
from engine.store import cases, thematic


@operation
def build_thematic_frame(work: Operating) -> dict[str, int]:
    """Take every open case of the theme, so that there is no sampling error to report (R-21). Gives {"cases": n};
    refused for a service area that strata.dmn does not know, and for a theme without cases.
    """
    command = work.command
    area = _area(work)
    found = thematic.census(command.connection, cases.OPEN, area, _text(work, "thematic_team"))
    if not found:
        raise NotNow(doing="A thematic audit", reason="no open case is of that kind")
    thematic.add(
        command.connection,
        {
            "instance": work.instance,
            "title": work.text("thematic_title"),
            "kind": work.text("thematic_kind"),
            "area": area,
            "team": _text(work, "thematic_team"),
            "first_day": _day(work, "period_from") or _day(work, "as_at"),
            "last_day": _day(work, "period_to") or _day(work, "as_at"),
            "cases": found,
            "begun_at": command.now,
        },
    )
    return {"cases": len(found)}


def _area(work: Operating) -> str | None:
    given = _text(work, "thematic_area")
    if given is None:
        return None
    code = stratum_code(work.command, given)
    if code is None:
        raise NotNow(doing="A thematic audit", reason=f"there is no service area called “{given}”")
    return code


def _text(work: Operating, name: str) -> str | None:
    value = work.data.get(name)
    return None if value is None else str(value)


def _day(work: Operating, name: str) -> date | None:
    value = _text(work, name)
    return None if value is None else date.fromisoformat(value)


@operation
def release_thematic_audits(work: Operating, process: str) -> int:
    """Begin an audit of every case of the frame with the auditors that were named, none with a conflict; they stand
    beside the monthly cycle and use nobody's monthly audit. Refused whole when a case fits nobody.
    """
    command = work.command
    row = thematic.get(command.connection, work.instance)
    named = command.answers.get("auditors") or []
    auditors = [Auditor(str(one["who_audits"]), capacity=int(one["how_many"])) for one in named]
    known = cases.known(command.connection, row.cases)
    barred = conflicts.forbidden(command, [_Framed(known[case]) for case in row.cases], [one.name for one in auditors])
    matching = match(row.cases, auditors, barred, work.instance)
    if matching.unmatched:
        first = matching.unmatched[0]
        reason = next(iter(first.barred), "nobody named has room left")
        raise NotNow(doing="Assigning the thematic audit", reason=f"{first.case} fits nobody named: {reason}")
    for case, auditor in matching.pairs.items():
        begin_audit(command, case, auditor, process=process)
    return len(matching.pairs)


class _Framed:
    """A case as the conflict rules ask about it."""

    def __init__(self, row: Any) -> None:
        self.case_ref, self.team, self.social_worker = row.reference, row.team, row.social_worker
        self.restricted = row.restricted
