"""Which parts of the policy are overdue for review, with owner and since when (manual section 5; R-18)."""

from collections.abc import Iterator

from engine.service.reports import policy_reviews
from engine.service.reports.found import Found, Row, Table, count
from engine.service.reports.policy_reviews import Review
from engine.service.reports.scope import Scope

SUBJECT = "policy"
NAMES = (
    "overdue",
    "overdue_by_owner",
    "reviews",
    "reviews.part",
    "reviews.kind",
    "reviews.owner",
    "reviews.looked_at_on",
    "reviews.since",
    "words.process",
    "words.table",
    "words.form",
)


def found(scope: Scope) -> Iterator[Found]:
    """Yield the parts of the policy that are overdue for review, as things stand now, whatever the month."""
    known = policy_reviews.reviews(scope.question)
    late = [one for one in known if policy_reviews.is_overdue(scope.question, one)]
    yield count("overdue", [_row(scope, one) for one in late], len(known))
    for owner in sorted({one.owner for one in late}):
        yield count("overdue_by_owner", [_row(scope, one) for one in late if one.owner == owner], len(late), owner)
    yield Table(
        "reviews",
        ("part", "kind", "owner", "looked_at_on", "since"),
        tuple(tuple(_row(scope, one).values()) for one in late),
    )


def _row(scope: Scope, review: Review) -> Row:
    return {
        "part": review.title,
        "kind": scope.said(SUBJECT, review.part.kind),
        "post": review.owner,
        "reviewed_on": review.looked_at_on.isoformat(),
        "due_on": review.review_on.isoformat(),
    }
