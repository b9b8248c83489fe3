"""How far auditors and quality assurance agree on the same records (R-31, R-75, R-76; statistics 3.4)."""

from collections.abc import Iterator

from engine.domain.agreement import agreement_of_pairs
from engine.service.audits import reliability
from engine.service.reports.found import Found, Row, Table, agreed, count, estimated
from engine.service.reports.pairs import Pair, pairs_of, ranks
from engine.service.reports.scope import Scope

SUBJECT, ALPHA = "agreement", "krippendorff_alpha"
COEFFICIENTS = ("gwet_ac2", "krippendorff_alpha", "cohen_kappa")
NAMES = (
    "this_month",
    "exact",
    "within_one",
    "mean_difference",
    "generous",
    "strict",
    *COEFFICIENTS,
    "grades",
    "grades.auditor_grade",
    "grades.reviewer_grade",
    "grades.pairs",
    "words.dependable",
    "words.tentative",
    "words.to_discuss",
)


def found(scope: Scope) -> Iterator[Found]:
    """Yield the agreement over the months looked back on; coefficients from the least number of pairs on."""
    yield from of_pairs(scope, pairs_of(scope, months=scope.months))


def of_pairs(scope: Scope, pairs: list[Pair]) -> Iterator[Found]:
    """Yield the agreement of some pairs, with those of this month counted."""
    rows = [pair.row(scope) for pair in pairs]
    scale, minimum = reliability.scale(scope.question), int(scope.rule("pairs_minimum"))
    result = agreement_of_pairs(ranks(scope, pairs), scale, minimum, level=scope.rule("confidence"))
    this_month = {pair.audit for pair in pairs_of(scope)}
    yield count("this_month", [pair.row(scope) for pair in pairs if pair.audit in this_month], of=len(pairs))
    yield estimated("exact", result.exact, rows)
    yield estimated("within_one", result.within_one, rows)
    yield estimated("mean_difference", result.mean_difference, rows)
    apart = [(row, first - second) for row, (first, second) in zip(rows, ranks(scope, pairs), strict=True)]
    yield count("generous", [row for row, steps in apart if steps > 0], of=len(pairs))
    yield count("strict", [row for row, steps in apart if steps < 0], of=len(pairs))
    for coefficient in result.coefficients:
        is_alpha = coefficient.name == ALPHA
        yield agreed(coefficient.name, coefficient, scope.reliance(SUBJECT, coefficient.value) if is_alpha else None)
    yield _grades(rows)


def _grades(rows: list[Row]) -> Table:
    seen = sorted({(str(row["auditor_grade"]), str(row["reviewer_grade"])) for row in rows})
    counted = tuple(
        (first, second, sum((row["auditor_grade"], row["reviewer_grade"]) == (first, second) for row in rows))
        for first, second in seen
    )
    return Table("grades", ("auditor_grade", "reviewer_grade", "pairs"), counted)
