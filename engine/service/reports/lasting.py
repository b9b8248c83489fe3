"""The review of reviews: have improvements lasted? (manual section 11; R-125)."""

from collections.abc import Iterator

from engine.domain.compliance import sustained_share
from engine.service.audits.sustained_rates import by_category
from engine.service.reports.categories import label_of
from engine.service.reports.found import Figure, Found, Row, Table, count, estimated
from engine.service.reports.scope import Scope
from engine.store import reporting, sustained

JUDGEMENTS = ("sustained", "partly", "not_sustained", "cannot_tell")
SUBJECT = "lasting"
NAMES = (
    "none_yet",
    "drawn",
    "judged",
    "judgement",
    "share",
    "nature",
    "nature.category",
    *(f"nature.{one}" for one in JUDGEMENTS),
    "nature.rate",
    *(f"words.{one}" for one in JUDGEMENTS),
)


def found(scope: Scope) -> Iterator[Found]:
    """Yield what the newest review of reviews drawn by the end of this month found."""
    review = reporting.sustained_before(scope.question.connection, scope.until)
    if review is None:
        yield Figure("none_yet", "count", 0, 0)
        return
    findings = sustained.findings_of(scope.question.connection, review.instance)
    population = sum(len(keys) for keys in review.frame.values())
    rows: list[Row] = [
        {
            "case": one.case_ref,
            "action": one.action_number,
            "category": label_of(scope, one.category),
            "outcome": None if one.lasting is None else scope.said(SUBJECT, one.lasting),
        }
        for one in findings
    ]
    yield count("drawn", rows, population)
    judged = [(row, one.lasting) for row, one in zip(rows, findings, strict=True) if one.lasting is not None]
    yield count("judged", [row for row, _ in judged], len(rows))
    for judgement in JUDGEMENTS:
        own = [row for row, lasting in judged if lasting == judgement]
        yield count("judgement", own, len(judged), scope.said(SUBJECT, judgement))
    result = sustained_share([str(lasting) for _, lasting in judged], population, scope.rule("confidence"))
    told = [row for row, lasting in judged if lasting != "cannot_tell"]
    yield estimated("share", result.estimate, told, worst=result.low, best=result.high)
    yield _nature(scope, review.instance)


def _nature(scope: Scope, instance: str) -> Table:
    rows = tuple(
        (
            label_of(scope, one.category),
            one.sustained,
            one.partly,
            one.not_sustained,
            one.cannot_tell,
            None if one.rate is None else round(one.rate, 3),
        )
        for one in by_category(scope.question, instance)
    )
    return Table("nature", ("category", *JUDGEMENTS, "rate"), rows)
