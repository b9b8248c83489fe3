"""The owners' list of what the manual asks for: read whole, or refused with what is wrong."""

import json
from typing import Any

import pytest

from engine.bpmn.definitions import check
from engine.bpmn.requirements import MANUAL, REQUIREMENTS, Requirement, read_requirements, requirements_of
from engine.errors import Unreadable
from tests.factories.policies import VOCABULARY
from tests.factories.snapshots import snapshot, table

MANUAL_TEXT = "7. Outline of Audit Practice\n\nThe audit should be completed within  20 working days. More follows.\n"
ASKED = {"id": "R-51", "section": "7", "sentence": "The audit should be completed within 20 working days.", "rule": "x"}
IMPLIED = {"id": "I-01", "section": "implied", "rule": "Every change is written down."}


def listing(*lines: dict[str, Any]) -> bytes:
    return json.dumps({"requirements": lines}).encode()


def problems(*lines: dict[str, Any], **files: bytes) -> list[tuple[str, str, str]]:
    changes = {REQUIREMENTS: listing(*lines), MANUAL: MANUAL_TEXT.encode(), **files}
    return [(one.file, one.element, one.code) for one in check(snapshot(changes), VOCABULARY)]


def test_a_list_is_read_in_its_order() -> None:
    assert read_requirements("list", listing(ASKED, {**IMPLIED, "engine": ["tests/service/test_command.py"]})) == (
        Requirement("R-51", "7", ASKED["sentence"], "x", (), (), ""),
        Requirement("I-01", "implied", "", IMPLIED["rule"], (), ("tests/service/test_command.py",), ""),
    )


def test_a_policy_may_be_without_a_list() -> None:
    assert requirements_of(snapshot()) == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"\xff", "not JSON"),
        (b"[]", "Invalid"),
        (b'{"requirements": []}', "Length must be between 1 and 500"),
        (listing({**ASKED, "id": "51"}), "line 1, id: write it such as R-54"),
        (listing(IMPLIED, {"id": "R-51", "section": "7"}), "line 2, rule: Missing data"),
        (listing({**ASKED, "engine": ["the log"]}), "write a test module"),
        (listing({**ASKED, "status": "done"}), "line 1, status: Unknown field"),
    ],
)
def test_what_is_wrong_with_a_list_is_named(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_requirements(REQUIREMENTS, content)
    assert said in refused.value.sentence


def test_a_sound_list_has_no_problem() -> None:
    assert problems(ASKED, IMPLIED) == []


def test_an_unreadable_list_is_one_problem() -> None:
    assert problems({"id": "x"}) == [(REQUIREMENTS, "", "unreadable")]


def test_a_requirement_stands_in_the_list_once() -> None:
    assert problems(ASKED, IMPLIED, ASKED) == [(REQUIREMENTS, "R-51", "repeated-id")]


def test_the_manual_is_quoted_word_for_word() -> None:
    assert problems({**ASKED, "sentence": "Within 15 working days."}) == [(REQUIREMENTS, "R-51", "misquoted")]


def test_what_the_policy_cites_is_in_the_list() -> None:
    letters = table("letters", "sky", "coat", {"1": "2"}).replace(b"Manual 7", b"R-51, R-52", 1)
    assert problems(ASKED, **{"processes/letters.dmn": letters}) == [
        ("processes/letters.dmn", "row_0", "unknown-requirement")
    ]
