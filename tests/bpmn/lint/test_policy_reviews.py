"""Every part of the policy has an owner that is a post, and is looked at again (R-18)."""

import pytest

from engine.bpmn.definitions import check
from engine.bpmn.lint.policy_reviews import REVIEWS
from engine.service.vocabulary import vocabulary
from tests.factories.council import policy

FILE = f"processes/{REVIEWS}.dmn"


def problems_with(old: bytes, new: bytes) -> list[tuple[str, str, str]]:
    """What the check says of the policy whose table of reviews is changed in one place."""
    table = policy()[FILE]
    assert old in table
    found = check({**policy(), FILE: table.replace(old, new, 1)}, vocabulary())
    assert {one.file for one in found} <= {FILE}
    return [(one.element, one.code, one.message) for one in found]


def test_the_table_of_this_policy_has_no_problem() -> None:
    assert problems_with(b"<text>12</text>", b"<text>24</text>") == []
    assert problems_with(b"<text>None</text>", b'<text>"2027-11-20"</text>') == []


@pytest.mark.parametrize(
    ("old", "new", "element", "code", "said"),
    [
        (b'"Head of Safeguarding"', b'"Head of Safeguardin"', "safeguarding", "unknown-post", "is no post"),
        (b'"Head of Safeguarding"', b"None", "safeguarding", "unknown-post", "is no post"),
        (b'"strata"', b'"stratum"', "sampling", "unknown-part", "the part “stratum”"),
        (b'<text>"table"', b'<text>"tables"', "sampling", "unknown-kind", "Did you mean “table”?"),
        (b"<text>12</text>", b"<text>0</text>", "safeguarding", "review-length", "1 to 120"),
        (b"<text>12</text>", b'<text>"12"</text>', "safeguarding", "review-length", "1 to 120"),
        (b"<text>None</text>", b'<text>"20 Nov 2027"</text>', "safeguarding", "review-day", "2027-11-20"),
        (b'name="looked_at_on"', b'name="seen_on"', REVIEWS, "review-columns", "named looked_at_on"),
        (b'hitPolicy="FIRST"', b'hitPolicy="COLLECT"', REVIEWS, "review-columns", "FIRST"),
        (b"<text>kind</text>", b"<text>colour</text>", REVIEWS, "review-columns", "colour"),
    ],
)
def test_what_nobody_could_go_by_is_refused(old: bytes, new: bytes, element: str, code: str, said: str) -> None:
    ((where, what, message),) = problems_with(old, new)
    assert (where, what) == (element, code)
    assert said in message


def test_a_part_without_a_row_is_found() -> None:
    table = policy()[FILE]
    start, end = table.index(b'      <rule id="any_other_part">'), table.index(b"    </decisionTable>")
    found = check({**policy(), FILE: table[:start] + table[end:]}, vocabulary())
    assert [(one.file, one.code) for one in found] == [(FILE, "gap")]


def test_the_table_may_not_be_missing() -> None:
    files = {path: content for path, content in policy().items() if path != FILE}
    assert [(one.file, one.code) for one in check(files, vocabulary())] == [(FILE, "missing-table")]
