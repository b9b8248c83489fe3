"""Drawn cases that closed before their audit began: the next reserve takes their place (manual 10, R-97, DEC-7).

Nobody is counted as having failed: the assignment goes on with another case, or ends when no reserve is left.
"""

from collections.abc import Mapping
from typing import Any

from engine.domain.sampling import Draw, ReserveUsed, next_reserve, redraw
from engine.service.audits import conflicts
from engine.service.audits.cycles import frame_by_stratum
from engine.service.command import Command
from engine.store import audits, cases, cycles

REPLACE = "replace"
_LEFT_OUT = ("id",)


def assignments(command: Command, cycle: str, guide: Mapping[str, Any]) -> list[Any]:
    """Return the assignments of a period, with reserves for cases that have closed since they were drawn.

    `guide` is the row of the sampling guide; unless its `closed_before_start` says replace, closed records are audited
    all the same. The reserves stand on the draw certificate, so that the draw can still be repeated (I-07).
    """
    rows = cycles.assignments(command.connection, cycle)
    closed = _closed(command, [row.case_ref for row in rows])
    if not closed or guide.get("closed_before_start", REPLACE) != REPLACE:
        return rows
    period = cycles.get(command.connection, cycle)
    reserves = _Reserves(command, cycle, redraw(period.certificate, frame_by_stratum(command, cycle)), period)
    kept = [_kept(row, reserves) if row.case_ref in closed else dict(row._mapping) for row in rows]
    new = [{name: value for name, value in row.items() if name not in _LEFT_OUT} for row in kept if row is not None]
    certificate = {**period.certificate, "reserves_used": reserves.used}
    cycles.change(command.connection, cycle, {"certificate": certificate})
    cycles.replace_assignments(command.connection, cycle, new)
    command.note(f"cycle {cycle}", "closed before start", {"cases": sorted(closed), "reserves_used": reserves.used})
    return cycles.assignments(command.connection, cycle)


def _closed(command: Command, references: list[str]) -> set[str]:
    known = cases.known(command.connection, references)
    return {reference for reference, row in known.items() if row.status == cases.CLOSED}


def _kept(row: Any, reserves: "_Reserves") -> dict[str, Any] | None:
    case = reserves.instead_of(row.case_ref, row.auditor)
    return None if case is None else {**row._mapping, "case_ref": case}


class _Reserves:
    """The reserves of a draw, each used once and in their order."""

    def __init__(self, command: Command, cycle: str, drawn: Draw, period: Any) -> None:
        self._command = command
        self._drawn = drawn
        self._frame = {row.case_ref: row for row in cycles.frame_of(command.connection, cycle)}
        self.used: list[ReserveUsed] = list(period.certificate["reserves_used"])

    def instead_of(self, case: str, auditor: str) -> str | None:
        """Return the next reserve of the case's stratum that is open and that `auditor` may have, None without one."""
        stratum, reason = self._frame[case].stratum, "closed before its audit began"
        while True:
            reserve = next_reserve(self._drawn, stratum, [one["by"] for one in self.used])
            if reserve is None:
                return None
            self.used.append({"stratum": stratum, "replaced": case, "by": reserve, "reason": reason})
            against = self._against(reserve, auditor)
            if against is None:
                return reserve
            case, reason = reserve, against

    def _against(self, reserve: str, auditor: str) -> str | None:
        if _closed(self._command, [reserve]):
            return "closed before its audit began"
        last = audits.last_by_case(self._command.connection, [reserve], [auditor]).get((reserve, auditor))
        return conflicts.reason_against(self._command, self._frame[reserve], auditor, last)
