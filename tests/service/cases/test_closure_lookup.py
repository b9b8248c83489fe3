"""What the record system is told before it closes a case (R-98 to R-101)."""

import pytest

from engine.errors import NotFound
from engine.service.cases.closure_lookup import look_up

CASE, OTHER = "CF-20931", "CF-30510"


def test_a_management_decision_that_waits_is_outstanding_too(council):
    council.assign(OTHER, "zoe")
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    council.begin("mo", "management_decision", CASE, action_number=1, observation_reference="OBS-7")
    found = look_up(council.engine, CASE)
    assert found["allowed"] is False
    assert [(one["kind"], one.get("reference")) for one in found["outstanding"]] == [
        ("audit", None), ("remedial action", None), ("management decision", "OBS-7"),
    ]  # fmt: skip


def test_a_case_that_nobody_knows_is_not_found(council):
    with pytest.raises(NotFound):
        look_up(council.engine, "CF-1")
