"""Recommendations that audits led to, and what became of them (manual section 6; R-34, R-35, M18)."""

from collections.abc import Iterator

from engine.domain.calendar import local_day
from engine.service.reports.found import Found, Row, count
from engine.service.reports.scope import Scope
from engine.store import recommendations

NAMES = ("made", "kind", "now")


def found(scope: Scope) -> Iterator[Found]:
    """Yield the recommendations made this month, each counted once by kind and once by state."""
    made = recommendations.made_between(scope.question.connection, scope.since, scope.until)
    rows: list[Row] = [
        {"case": one.case_ref, "kind": one.kind, "state": one.state, "made_on": local_day(one.made_at).isoformat()}
        for one in made
    ]
    yield count("made", rows)
    for kind in dict.fromkeys(sorted(one.kind for one in made)):
        yield count("kind", [row for row in rows if row["kind"] == kind], len(rows), kind)
    for state in dict.fromkeys(sorted(one.state for one in made)):
        yield count("now", [row for row in rows if row["state"] == state], len(rows), state)
