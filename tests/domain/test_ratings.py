"""Ratings on a fixed scale, and the weights of disagreement."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.ratings import NO_PAIRS, NO_VARIATION, Ratings, Weighting, weights
from engine.errors import Invalid
from tests.factories.judgements import C_DATA

WEIGHTINGS = ("identity", "linear", "quadratic", "ordinal")


@pytest.mark.parametrize(
    ("weighting", "first_row"),
    [
        ("identity", (1, 0, 0, 0)),
        ("linear", (1, 2 / 3, 1 / 3, 0)),
        ("quadratic", (1, 8 / 9, 5 / 9, 0)),
        ("ordinal", (1, 5 / 6, 1 / 2, 0)),
    ],
)
def test_weights_of_four_grades(weighting: Weighting, first_row: tuple[float, ...]) -> None:
    assert weights(4, weighting)[0] == pytest.approx(first_row)


@given(size=st.integers(2, 9), weighting=st.sampled_from(WEIGHTINGS))
def test_weights_are_even_full_on_the_diagonal_and_fall_with_the_distance(size: int, weighting: Weighting) -> None:
    matrix = weights(size, weighting)
    for one in range(size):
        assert matrix[one][one] == 1
        for other in range(size):
            assert matrix[one][other] == matrix[other][one]
            assert matrix[one][other] == pytest.approx(matrix[size - 1 - one][size - 1 - other])
    assert all(near >= far for near, far in zip(matrix[0], matrix[0][1:], strict=False))
    assert matrix[0][-1] == 0


def test_units_are_counted_by_how_they_were_rated() -> None:
    ratings = Ratings(((1, 2, None), (2, 1, None), (3, None, None), (None, None, None)), (1, 2, 3))
    assert ratings.patterns == {(1, 1, 0): 2, (0, 0, 1): 1}
    assert ratings.paired == {(1, 1, 0): 2}
    assert (ratings.n, ratings.raters, ratings.undefined_because) == (2, 2, None)


def test_the_c_data_have_eleven_units_that_can_be_paired() -> None:
    assert (C_DATA.n, C_DATA.raters, sum(C_DATA.patterns.values())) == (11, 4, 12)


def test_what_leaves_nothing_to_measure_is_named() -> None:
    assert Ratings((), (1, 2)).undefined_because == NO_PAIRS
    assert Ratings(((1, None), (None, 2)), (1, 2)).undefined_because == NO_PAIRS
    assert Ratings(((2, 2), (2, 2), (1, None)), (1, 2)).undefined_because == NO_VARIATION


def test_grades_may_be_words() -> None:
    ratings = Ratings((("Good", "Outstanding"), ("Good", "Good")), ("Inadequate", "Good", "Outstanding"))
    assert ratings.patterns == {(0, 1, 1): 1, (0, 2, 0): 1}


def test_units_out_of_a_population_leave_the_rest() -> None:
    assert Ratings(((1, 2),), (1, 2), population=4).left(1) == 0.75
    assert Ratings(((1, 2),), (1, 2)).left(1) == 1


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"rows": ((1, 2),), "scale": (1,)}, {"scale", "rating"}),
        ({"rows": ((1, 2),), "scale": (1, 2, 1)}, {"scale"}),
        ({"rows": ((1, 2), (1,)), "scale": (1, 2)}, {"ratings"}),
        ({"rows": ((1, 5),), "scale": (1, 2)}, {"rating"}),
        ({"rows": ((1, 2), (2, 2)), "scale": (1, 2), "population": 1}, {"population"}),
    ],
)
def test_impossible_ratings_are_refused(facts: dict[str, Any], named: set[str]) -> None:
    with pytest.raises(Invalid) as refusal:
        Ratings(**facts)
    assert set(refusal.value.errors) == named
