"""No hard gate can be skipped, whatever the owners' table says (requirements 1.7)."""

import pytest

from engine.bpmn.definitions import check
from engine.bpmn.skipping import HARD_GATES, TABLE
from engine.service.vocabulary import vocabulary
from tests.factories.council import policy

FILE = f"processes/{TABLE}.dmn"
EVERYTHING = b"<text>False</text>", b"<text>True</text>"


def problems_with(*changes: tuple[bytes, bytes]) -> list[tuple[str, str, str]]:
    """What the check says of the policy whose table of steps that may be skipped is changed in these places."""
    table = policy()[FILE]
    for old, new in changes:
        assert old in table
        table = table.replace(old, new)
    found = check({**policy(), FILE: table}, vocabulary())
    assert {one.file for one in found} <= {FILE}
    return [(one.element, one.code, one.message) for one in found]


def test_the_table_of_this_policy_has_no_problem() -> None:
    assert problems_with() == []


@pytest.mark.parametrize(
    ("process", "element", "said"),
    [
        ("safeguarding_concern", "tell_quality_service_manager", "R-80, R-81"),
        ("safeguarding_concern", "tell_next_in_line", "R-81"),
        ("safeguarding_concern", "record_raised", "a record would be wrong without it"),
        ("case_closure", "check_the_closure", "a record would be wrong without it"),
        ("case_closure", "issue_certificate", "a record would be wrong without it"),
        ("case_audit", "ask_selection", "a record would be wrong without it"),
        ("case_audit", "start_quality_assurance", "a record would be wrong without it"),
        ("management_decision", "tell_service_manager", "R-93"),
        ("policy_variation", "deploy_the_variation", "a record would be wrong without it"),
        ("reliability_exercise", "reveal_the_copies", "a record would be wrong without it"),
        ("monthly_cycle", "lock_list", "a record would be wrong without it"),
    ],
)
def test_a_table_that_lets_a_gate_be_skipped_cannot_be_deployed(process: str, element: str, said: str) -> None:
    found = problems_with(EVERYTHING)
    assert {code for _, code, _ in found} == {"skips-gate"}
    told = [message for where, _, message in found if where == element and f"of {process} be skipped" in message]
    assert any(said in message for message in told)


def test_a_letter_that_carries_no_gate_may_be_allowed() -> None:
    found = problems_with(EVERYTHING)
    assert not [where for where, _, _ in found if where in ("tell_social_worker_again", "tell_withdrawn_auditor")]


def test_every_hard_gate_is_among_the_manual_s_requirements() -> None:
    listed = policy()["processes/manual/requirements.json"].decode()
    assert all(f'"{name}"' in listed for name in HARD_GATES)
    assert {"R-12", "R-30", "R-54", "R-74", "R-80", "R-93", "R-98", "R-108"} <= HARD_GATES


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b'hitPolicy="FIRST"', b'hitPolicy="COLLECT"', "FIRST"),
        (b"<text>element</text>", b"<text>colour</text>", "colour"),
        (b'name="allowed"', b'name="may"', "named allowed"),
    ],
)
def test_a_table_that_could_not_be_asked_is_refused(old: bytes, new: bytes, said: str) -> None:
    ((where, code, message),) = problems_with((old, new))
    assert (where, code) == (TABLE, "skipping-columns") and said in message
