"""Service operations of the audit period: lock, draw, match, release (manual section 7, M1)."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from engine.domain.allocation import allocate as allocate_sample
from engine.domain.calendar import format_moment, local_day, parse_moment
from engine.domain.sampling import certify, draw, quality_ranks, selected
from engine.errors import NotNow
from engine.service import instances
from engine.service.audits import assignments, closed_cases, conflicts, figures
from engine.service.audits.cycles import frame_by_stratum
from engine.service.command import Command
from engine.service.registry import Operating, operation, repeatable
from engine.store import audits, cases, cycles

GUIDE = "sampling_guide"
SELECTION = "quality_selection"
AUDIT = "case_audit"


@repeatable
@operation
def return_population(work: Operating) -> None:
    """Send the population list back to be uploaded again."""
    cycles.change(work.command.connection, work.text("cycle"), {"state": "awaiting frame"})


@operation
def lock_population(work: Operating) -> None:
    """Lock the frame: from now on it cannot change, and only now may a seed be made (I-07)."""
    command, cycle = work.command, work.text("cycle")
    cycles.hold(command.connection, cycle)
    if not cycles.frame_of(command.connection, cycle):
        raise NotNow(doing="Locking the population list", reason="no list with an accepted case has been uploaded")
    cycles.change(command.connection, cycle, {"locked_at": command.now, "state": "frame locked"})


@operation
def draw_sample(work: Operating) -> None:
    """Draw the stratified sample for the confirmed capacity and keep its certificate; an earlier one is kept too."""
    command, cycle = work.command, work.text("cycle")
    row = cycles.get(command.connection, cycle)
    frame = frame_by_stratum(command, cycle)
    guide = command.decide(GUIDE, guide="current")
    size = _sample_size(work)
    sizes = allocate_sample(
        {stratum: len(found) for stratum, found in frame.items()}, size, guide["method"], int(guide["minimum"])
    )
    drawn = draw(frame, sizes.sizes, secrets.token_hex(16), cycle)
    certificate = certify(
        drawn,
        locked_at=format_moment(row.locked_at),
        seed_made_at=format_moment(command.now),
        allocation=str(guide["method"]),
        guide=str(guide["version"]),
        reserves_used=assignments.reserves_for(command, cycle, drawn),
    )
    cycles.change(
        command.connection,
        cycle,
        {
            "certificate": certificate,
            "capacity": {
                **_capacity(work),
                "warnings": list(sizes.warnings),
                "minimum": int(guide["minimum"]),
            },
            "state": "drawn",
        },
    )
    command.note(f"cycle {cycle}", "drawn", {"certificate": certificate, "reason": work.data.get("redraw_reason")})


def _capacity(work: Operating) -> dict[str, int]:
    return {
        "pool": int(work.text("pool_auditors")),
        "each_officer": int(work.text("audits_for_each_officer")),
        "officers": len(assignments.officers_of(work.command)),
    }


def _sample_size(work: Operating) -> int:
    capacity = _capacity(work)
    return capacity["pool"] + capacity["each_officer"] * capacity["officers"]


@operation
def propose_assignments(work: Operating) -> None:
    """Match the drawn cases to auditors, with no conflict and fair shares, and give each a hidden rank for
    quality assurance (DEC-5, DEC-12).
    """
    command, cycle = work.command, work.text("cycle")
    last_day = local_day(parse_moment(str(_last_due(work))))
    proposal = assignments.propose(command, cycles.get(command.connection, cycle), last_day)
    sources = {case: conflicts.source_of(command, who) or "" for case, who in proposal.matching.pairs.items()}
    ranks = quality_ranks(sources, secrets.token_hex(16))
    chosen = set(_chosen(command, ranks, sources))
    rows = [
        {
            "cycle": cycle,
            "case_ref": case,
            "auditor": auditor,
            "source": sources[case],
            "quality_rank": ranks[case].rank,
            "selected": case in chosen,
            "probability": proposal.probabilities[case],
        }
        for case, auditor in proposal.matching.pairs.items()
    ]
    cycles.replace_assignments(command.connection, cycle, rows)
    cycles.replace_barrings(command.connection, cycle, proposal.barred)
    unmatched = [
        {"case": one.case, "barred": dict(one.barred), "full": one.full} for one in proposal.matching.unmatched
    ]
    capacity = cycles.get(command.connection, cycle).capacity
    cycles.change(command.connection, cycle, {"state": "assigning", "capacity": {**capacity, "unmatched": unmatched}})


def _last_due(work: Operating) -> object:
    functions = work.command.functions(work.deployment)
    return functions["deadline"]("audit", work.command.today.isoformat())


def _chosen(command: Command, ranks: Mapping[str, Any], sources: Mapping[str, str]) -> Iterator[str]:
    for source in sorted(set(sources.values())):
        rule = command.decide(SELECTION, source=source)
        own = {case: rank for case, rank in ranks.items() if sources[case] == source}
        yield from selected(own, float(rule["fraction"]), int(rule["minimum"]))


@operation
def release_assignments(work: Operating) -> dict[str, Any]:
    """Begin one audit for each assignment, all or none, with notice and task together (R-49, R-50).

    A case that has closed since it was drawn is replaced by the next reserve (R-97).
    Gives {"released": how many, "last_due": moment, "last_due_day": day}.
    """
    command, cycle = work.command, work.text("cycle")
    rows = closed_cases.assignments(command, cycle, command.decide(GUIDE, guide="current"))
    frame = {one.case_ref: one for one in cycles.frame_of(command.connection, cycle)}
    _know_cases(command, [frame[row.case_ref] for row in rows])
    begun = [
        begin_audit(command, row.case_ref, row.auditor, cycle=cycle, selected_for_review=row.selected) for row in rows
    ]
    last_due = _last_due(work)
    cycles.change(command.connection, cycle, {"released_at": command.now, "state": "released"})
    last_day = local_day(parse_moment(str(last_due))).isoformat()
    return {"released": len(begun), "last_due": last_due, "last_due_day": last_day}


def _know_cases(command: Command, rows: Sequence[Any]) -> None:
    known = cases.known(command.connection, [row.case_ref for row in rows])
    new = [
        {
            "reference": row.case_ref,
            "service_area": row.stratum,
            "team": row.team,
            "social_worker": row.social_worker,
            "status": cases.OPEN,
            "restricted": row.restricted,
            "changed_at": command.now,
        }
        for row in rows
        if row.case_ref not in known
    ]
    cases.add(command.connection, new)


def begin_audit(
    command: Command,
    case: str,
    auditor: str,
    *,
    cycle: str | None = None,
    selected_for_review: bool = False,
    process: str = AUDIT,
) -> str:
    """Begin an audit of `case` by `auditor` today and return its id. A closure certificate ends with it."""
    audit, instance = instances.new_id(), instances.new_id()
    audits.add(
        command.connection,
        [
            {
                "id": audit,
                "case_ref": case,
                "cycle": cycle,
                "instance": instance,
                "auditor": auditor,
                "source": conflicts.source_of(command, auditor) or "",
                "state": "assigned",
                "selected": selected_for_review,
                "late": False,
                "deferments": 0,
                "assigned_at": command.now,
            }
        ],
    )
    if audits.withdraw_certificates(command.connection, case, command.now):
        command.note(f"case {case}", "closure certificate", {"audit": audit, "state": "ended"})
    facts = {"case": case, "audit": audit, "auditor": auditor, "start": command.today.isoformat()}
    if cycle is not None:
        facts["cycle"] = cycle
    command.later(partial(instances.begin, command, process, facts, identifier=instance))
    return audit


@operation
def set_cycle_state(work: Operating, state: str) -> None:
    """Set where the audit period stands (M1). The figures of a provisional or final edition are kept as they were
    then: later audits never change a figure that was reported (R-62).
    """
    command, cycle = work.command, work.text("cycle")
    cycles.change(command.connection, cycle, {"state": state})
    if state in figures.EDITIONS:
        found = figures.current(command, cycle, figures.EDITIONS[state])
        command.note(f"cycle {cycle}", "edition", figures.as_json(found))
