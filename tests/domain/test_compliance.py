"""The four-month review and the review of reviews: done, signed off and confirmed are three things."""

from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.compliance import (
    CANNOT_TELL,
    Lasting,
    Outcome,
    ReviewedAction,
    compliance_of,
    sustained_share,
)
from engine.domain.estimates import CENSUS, NOBODY_ANSWERED
from engine.domain.intervals import wilson
from engine.errors import Invalid

actions = st.builds(
    ReviewedAction,
    category=st.sampled_from(["plan", "visit", "chronology"]),
    fulfilled=st.sampled_from([True, False, None]),
    completed=st.booleans(),
    authorised=st.booleans(),
    management_decision=st.booleans(),
    due=st.booleans(),
)


@pytest.mark.parametrize(
    ("fulfilled", "completed", "authorised", "outcome", "outstanding", "claimed"),
    [
        (True, True, True, "done_signed_off_and_confirmed", False, False),
        (True, True, False, "done_and_signed_off", True, False),
        (True, False, True, "done_and_confirmed_but_not_signed_off", True, False),
        (True, False, False, "done_but_not_signed_off", True, False),
        (False, True, True, "signed_off_and_confirmed_but_not_done", True, True),
        (False, True, False, "signed_off_but_not_done", True, True),
        (False, False, True, "confirmed_but_not_done", True, True),
        (False, False, False, "not_done", True, False),
    ],
)
def test_the_eight_combinations(
    fulfilled: bool, completed: bool, authorised: bool, outcome: str, outstanding: bool, claimed: bool
) -> None:
    action = ReviewedAction("plan", fulfilled, completed, authorised)
    assert (action.outcome, action.outstanding, action.claimed) == (outcome, outstanding, claimed)


def test_every_combination_has_a_name_of_its_own() -> None:
    outcomes = {ReviewedAction("plan", *facts).outcome for facts in product((True, False), repeat=3)}
    assert len(outcomes) == 8


def test_a_management_decision_discharges_and_never_fulfils() -> None:
    for completed, authorised in product((True, False), repeat=2):
        action = ReviewedAction("plan", False, completed, authorised, management_decision=True)
        assert (action.outcome, action.outstanding, action.claimed) == ("discharged", False, False)
    counted = compliance_of([ReviewedAction("plan", False, True, True, management_decision=True)])
    assert (counted.fulfilled.value, counted.discharged.value) == (0, 1)


def test_what_was_done_in_spite_of_a_management_decision_is_done() -> None:
    action = ReviewedAction("plan", True, True, True, management_decision=True)
    assert action.outcome == "done_signed_off_and_confirmed"


def test_an_action_whose_time_still_runs_is_not_yet_due_unless_somebody_claims_it() -> None:
    waiting = ReviewedAction("plan", False, False, False, due=False)
    assert (waiting.outcome, waiting.outstanding) == ("not_yet_due", False)
    assert ReviewedAction("plan", False, True, False, due=False).outcome == "signed_off_but_not_done"
    assert ReviewedAction("plan", True, False, False, due=False).outcome == "done_but_not_signed_off"


def test_an_action_that_was_withdrawn_does_not_count() -> None:
    withdrawn = ReviewedAction("plan", None, False, False)
    assert (withdrawn.outcome, withdrawn.outstanding) == ("not_applicable", False)


def test_the_number_and_nature_of_actions() -> None:
    found = compliance_of(
        [
            ReviewedAction("plan", True, True, True),
            ReviewedAction("plan", False, True, False),
            ReviewedAction("visit", True, True, True),
            ReviewedAction("visit", False, False, False),
            ReviewedAction("visit", False, False, False, management_decision=True),
            ReviewedAction("visit", None, False, False),
            ReviewedAction("visit", False, False, False, due=False),
        ]
    )
    assert (found.n, found.outstanding, found.claimed) == (7, 2, 1)
    assert found.by_outcome["done_signed_off_and_confirmed"] == 2
    assert found.by_category["plan"]["signed_off_but_not_done"] == 1
    assert found.by_category["visit"]["signed_off_but_not_done"] == 0
    assert (found.fulfilled.value, found.fulfilled.n, found.discharged.value) == (2 / 5, 5, 1 / 5)


def test_every_action_is_reviewed_so_there_is_no_interval() -> None:
    found = compliance_of([ReviewedAction("plan", True, True, True), ReviewedAction("plan", False, True, True)])
    assert (found.fulfilled.interval, found.fulfilled.remarks) == (None, (CENSUS,))


def test_no_actions_at_all() -> None:
    found = compliance_of([])
    assert (found.n, found.outstanding, found.by_category) == (0, 0, {})
    assert (found.fulfilled.value, found.fulfilled.remarks) == (None, (NOBODY_ANSWERED,))
    assert set(found.by_outcome) == set(get_args(Outcome))


@given(reviewed=st.lists(actions, max_size=40))
def test_the_counts_add_up(reviewed: list[ReviewedAction]) -> None:
    found = compliance_of(reviewed)
    assert sum(found.by_outcome.values()) == found.n == len(reviewed)
    for outcome, count in found.by_outcome.items():
        assert sum(those[outcome] for those in found.by_category.values()) == count
    assert found.claimed <= found.outstanding <= found.n
    if found.fulfilled.value is not None:
        assert 0 <= found.fulfilled.value + (found.discharged.value or 0) <= 1 + 1e-12


@given(reviewed=st.lists(actions, max_size=20))
def test_what_is_only_claimed_is_not_done_and_outstanding(
    reviewed: list[ReviewedAction],
) -> None:
    for action in reviewed:
        assert not (action.claimed and action.fulfilled)
        assert not action.claimed or action.outstanding


def test_the_share_of_improvements_that_lasted_has_wilsons_interval() -> None:
    found = sustained_share(["sustained"] * 18 + ["partly"] * 4 + ["not_sustained"] * 2)
    assert (found.estimate.value, found.estimate.interval) == (0.75, wilson(18, 24))
    assert (found.low, found.high, found.remarks) == (0.75, 0.75, ())
    assert found.counts == {"sustained": 18, "partly": 4, "not_sustained": 2, "cannot_tell": 0}


def test_what_cannot_be_told_is_left_out_bounded_and_told() -> None:
    found = sustained_share(["sustained"] * 6 + ["partly"] * 2 + ["cannot_tell"] * 2)
    assert (found.estimate.value, found.estimate.n) == (0.75, 8)
    assert (found.low, found.high, found.remarks) == (0.6, 0.8, (CANNOT_TELL,))


def test_nothing_reviewed_or_nothing_told() -> None:
    nothing = sustained_share([])
    assert (nothing.estimate.value, nothing.low, nothing.high) == (None, None, None)
    untold = sustained_share(["cannot_tell"] * 3)
    assert (untold.estimate.value, untold.low, untold.high) == (None, 0, 1)


def test_a_review_of_all_improvements_is_a_census() -> None:
    assert sustained_share(["sustained", "partly"], population=2).estimate.remarks == (CENSUS,)
    with pytest.raises(Invalid):
        sustained_share(["sustained", "cannot_tell", "partly"], population=2)
    with pytest.raises(Invalid, match="mostly"):
        sustained_share(["mostly"])


@given(judgements=st.lists(st.sampled_from(get_args(Lasting)), min_size=1, max_size=40))
def test_the_sustained_share_lies_within_its_bounds_whatever_the_order(judgements: list[str]) -> None:
    found = sustained_share(judgements)
    assert found == sustained_share(sorted(judgements))
    assert found.low is not None and found.high is not None
    if found.estimate.value is not None:
        assert found.low <= found.estimate.value <= found.high + 1e-12
