"""The review of reviews: have improvements lasted? (manual section 11; R-125)."""

from collections import Counter
from collections.abc import Iterator

from engine.domain.compliance import sustained_share
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
    "nature.judged",
    "nature.sustained",
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
    share = estimated("share", result.estimate, told, worst=result.low, best=result.high)
    yield share
    yield _nature(judged)


def _nature(judged: list[tuple[Row, str]]) -> Table:
    every = Counter(str(row["category"]) for row, _ in judged)
    lasted = Counter(str(row["category"]) for row, lasting in judged if lasting == "sustained")
    rows = tuple((category, number, lasted[category]) for category, number in sorted(every.items()))
    return Table("nature", ("category", "judged", "sustained"), rows)
