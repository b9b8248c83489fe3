"""Who audits which drawn case: everybody their share, nobody a case that conflicts.dmn forbids (DEC-12, R-43, R-44)."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any

from engine.domain.matching import Auditor, Matching, match
from engine.domain.sampling import Draw, ReserveUsed, next_reserve, sampled_cases
from engine.service.audits import conflicts
from engine.service.command import Command, Question
from engine.store import cycles


@dataclass(frozen=True)
class Proposal:
    """The matching of a period, the chance (0 to 1) that each drawn case had to be in the sample, and who of those
    asked was kept from each case: usernames by reason.
    """

    matching: Matching
    probabilities: Mapping[str, float]
    barred: Mapping[str, Mapping[str, Sequence[str]]]


def propose(command: Command, period: Any, last_day: date) -> Proposal:
    """Match the drawn cases of a `period` (its row, with certificate and capacity) to auditors.

    The pool members who are away least until `last_day` come first, as many as were counted on. Only when a case
    fits none of them, others of the pool are asked as well.
    """
    strata, seed = period.certificate["strata"], period.certificate["seed"]
    cases = sampled_cases(period.certificate)
    sample = {case: strata[stratum]["probability"] for stratum, those in cases.items() for case in those}
    frame = [row for row in cycles.frame_of(command.connection, period.id) if row.case_ref in sample]
    pool = _pool(command, last_day, seed)
    officers = [Auditor(name, capacity=period.capacity["each_officer"]) for name in officers_of(command)]
    barred = conflicts.forbidden(command, frame, [*pool, *(one.name for one in officers)])
    count = period.capacity["pool"]
    while True:
        members = [Auditor(name, capacity=1, owed=1) for name in pool[:count]]
        matching = match(list(sample), members + officers, barred, seed)
        if not matching.unmatched or count >= len(pool):
            return Proposal(matching, sample, _by_case(sample, barred, matching.unused))
        count += len(matching.unmatched)


def _by_case(
    cases: Iterable[str], barred: Mapping[tuple[str, str], str], asked: Container[str]
) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return who of those `asked` was barred from each case, by reason."""
    found: dict[str, dict[str, list[str]]] = {case: {} for case in cases}
    for (case, auditor), reason in barred.items():
        if auditor in asked:
            found[case].setdefault(reason, []).append(auditor)
    return found


def reserves_for(command: Command, cycle: str, drawn: Draw) -> list[ReserveUsed]:
    """Return the reserves that replace drawn cases which no auditor of the council may have, such as a restricted
    record that nobody is cleared for (I-16). A case for which no reserve is left stays, and is shown as unmatched.
    """
    frame = {row.case_ref: row for row in cycles.frame_of(command.connection, cycle)}
    used: list[ReserveUsed] = []
    for stratum, cases in drawn.sample.items():
        for case in cases:
            _replace(command, frame, drawn, stratum, case, used)
    return used


def _replace(
    command: Command, frame: Mapping[str, Any], drawn: Draw, stratum: str, case: str, used: list[ReserveUsed]
) -> None:
    while (reason := _fits_nobody(command, frame[case])) is not None:
        reserve = next_reserve(drawn, stratum, [one["by"] for one in used])
        if reserve is None:
            return
        used.append({"stratum": stratum, "replaced": case, "by": reserve, "reason": reason})
        case = reserve


def _fits_nobody(command: Command, row: Any) -> str | None:
    auditors = [name for name in command.directory.people if conflicts.source_of(command, name) is not None]
    barred = conflicts.forbidden(command, [row], auditors)
    return next(iter(barred.values())) if auditors and len(barred) == len(auditors) else None


def officers_of(question: Question) -> list[str]:
    """Return who audits by allocation rather than as a member of the pool."""
    return [name for name in question.directory.people if conflicts.source_of(question, name) == conflicts.OFFICER]


def pool_of(question: Question) -> list[str]:
    """Return the members of the audit pool."""
    return [name for name in question.directory.people if conflicts.source_of(question, name) == conflicts.POOL]


def _pool(command: Command, last_day: date, seed: str) -> Sequence[str]:
    return sorted(pool_of(command), key=partial(_place, command, last_day, seed))


def _place(command: Command, last_day: date, seed: str, name: str) -> tuple[float, str]:
    away = command.directory.absent_share(name, command.today, last_day)
    return away, sha256(f"{seed}|{name}".encode()).hexdigest()
