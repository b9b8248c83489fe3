"""What the policy refers to: an editable list, dated entry by entry (R-11)."""

import json
from datetime import date

import pytest

from engine.bpmn.definitions import check
from engine.bpmn.references import REFERENCES, Reference, read_references, references_of
from engine.errors import Unreadable
from tests.factories.policies import VOCABULARY
from tests.factories.snapshots import snapshot

ACT = {"title": "Children Act 1989", "checked_on": "2026-11-02", "note": "Amended."}


def listing(*entries: object) -> bytes:
    return json.dumps({"references": entries}).encode()


def test_entries_are_read_with_the_day_they_were_checked() -> None:
    assert read_references("list", listing(ACT, {"title": "LAC Policy"})) == (
        Reference("Children Act 1989", date(2026, 11, 2), "Amended."),
        Reference("LAC Policy", None, ""),
    )


def test_a_policy_may_be_without_references() -> None:
    assert references_of(snapshot()) == ()


@pytest.mark.parametrize("content", [b"{", b"[]", listing({"note": "x"}), listing({**ACT, "checked_on": "last week"})])
def test_a_list_that_cannot_be_read_is_a_problem_of_the_policy(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_references(REFERENCES, content)
    found = check(snapshot({REFERENCES: content}), VOCABULARY)
    assert [(one.file, one.code) for one in found] == [(REFERENCES, "unreadable")]
