"""Service operations of the review of reviews: have improvements lasted? (manual section 11, R-125, M14)."""

import secrets
from typing import Any

from engine.domain.allocation import allocate
from engine.domain.calendar import end_of_day, format_moment, months_later
from engine.domain.sampling import Draw, certify, draw
from engine.service.registry import Operating, operation
from engine.store import sustained

GUIDE, REVIEW = "sampling_guide", "review of reviews"
UNKNOWN = "other"


@operation
def sample_fulfilled_actions(work: Operating, number: int, months_old: int) -> dict[str, int]:
    """Draw `number` actions that were found fulfilled at least so many calendar months ago, at random from every
    category, by the row "review of reviews" of the sampling guide. Gives {"actions": how many were drawn}.

    An action that an earlier review of reviews looked at is not drawn again. The draw can be repeated from what is
    kept of it (I-07).
    """
    command = work.command
    last_day = months_later(command.today, -int(months_old))
    found = {_key(row): row for row in sustained.fulfilled_before(command.connection, end_of_day(last_day))}
    frame: dict[str, list[str]] = {}
    for key, row in found.items():
        frame.setdefault(_category(row), []).append(key)
    guide = command.decide(GUIDE, guide=REVIEW)
    sizes = {category: len(keys) for category, keys in frame.items()}
    shares = allocate(sizes, int(number), guide["method"], int(guide["minimum"]))
    drawn = draw(frame, shares.sizes, secrets.token_hex(16), work.instance)
    rows = _rows(work, drawn, found)
    if rows:
        _keep(work, drawn, frame, guide, int(months_old), rows)
    return {"actions": len(rows)}


def _key(row: Any) -> str:
    return f"{row.audit}/{row.number}"


def _category(row: Any) -> str:
    return str(row.details.get("category") or UNKNOWN)


def _rows(work: Operating, drawn: Draw, found: dict[str, Any]) -> list[dict[str, Any]]:
    chosen = [(category, found[key]) for category, keys in sorted(drawn.sample.items()) for key in keys]
    return [
        {
            "instance": work.instance,
            "number": number,
            "audit": row.audit,
            "case_ref": row.case_ref,
            "action_number": row.number,
            "category": category,
            "probability": drawn.probabilities[category],
        }
        for number, (category, row) in enumerate(chosen, start=1)
    ]


def _keep(
    work: Operating,
    drawn: Draw,
    frame: dict[str, list[str]],
    guide: dict[str, Any],
    months_old: int,
    rows: list[dict[str, Any]],
) -> None:
    command = work.command
    now = format_moment(command.now)
    method, version = str(guide["method"]), str(guide["version"])
    certificate = certify(drawn, locked_at=now, seed_made_at=now, allocation=method, guide=version)
    review = {"instance": work.instance, "months_old": months_old, "frame": frame, "certificate": certificate}
    sustained.add(command.connection, {**review, "drawn_at": command.now}, rows)


@operation
def record_sustained(work: Operating) -> None:
    """Record for each drawn action whether the improvement has lasted, beside what the first review found (R-125)."""
    command = work.command
    by = {"reviewer": command.actor, "reviewed_at": command.now}
    for row in command.answers.get("findings") or []:
        found = {"lasting": str(row["lasting"]), "evidence": row.get("evidence"), **by}
        sustained.record(command.connection, work.instance, int(row["number"]), found)
