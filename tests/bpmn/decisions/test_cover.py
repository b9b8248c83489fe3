"""What the rules of a table cover is found as trying every case would find it."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn.decisions.cover import Cover, common_case, is_within

sides = st.tuples(*(st.frozensets(st.integers(0, size - 1)) for size in (2, 3, 4)))
SPACE = tuple(frozenset(range(size)) for size in (2, 3, 4))


def cases(box):
    return set(product(*box))


@given(st.lists(sides, max_size=8), sides)
def test_an_uncovered_case_is_found_exactly_when_there_is_one(boxes, area):
    left = cases(area) - set().union(*map(cases, boxes))
    found = Cover().uncovered_case(boxes, area)
    assert (found in left) if left else (found is None)
    assert Cover().is_covered(boxes, area) == (not left)


@given(sides, sides)
def test_two_boxes_share_a_case_or_not(one, other):
    shared = cases(one) & cases(other)
    found = common_case(one, other)
    assert (found in shared) if shared else (found is None)


@given(sides, sides)
def test_a_box_lies_in_another_or_not(one, other):
    assert is_within(one, other) == all(side <= wide for side, wide in zip(one, other, strict=True))


def test_a_search_that_gives_up_claims_nothing():
    cover = Cover(looks=1)
    assert cover.uncovered_case([(frozenset({0}),) * 3] * 2, SPACE) is None
    assert cover.gave_up
    assert not cover.is_covered([], SPACE)


def test_a_table_without_questions_is_covered_by_any_rule():
    assert Cover().uncovered_case([], ()) == ()
    assert Cover().is_covered([()], ())
