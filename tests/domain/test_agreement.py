"""Agreement of auditors with quality assurance, and of officers with one another, told without overclaiming."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.agreement import (
    ONE_CASE,
    TOO_FEW_CASES,
    TOO_FEW_PAIRS,
    Answers,
    agreement_of_exercise,
    agreement_of_pairs,
    agreement_over_exercises,
)
from engine.domain.estimates import CENSUS, NOBODY_ANSWERED
from engine.domain.ratings import INCOMPLETE_LEFT_OUT, NO_VARIATION, Coefficient, Grade
from engine.errors import Invalid
from tests.factories.judgements import AUDITORS, EXERCISE, GRADES, OFFICERS, REVIEWERS

PAIRS = list(zip(AUDITORS, REVIEWERS, strict=True))

grades = st.one_of(st.none(), st.sampled_from(GRADES))
exercises = st.dictionaries(
    st.sampled_from("abcdefgh"), st.fixed_dictionaries(dict.fromkeys(OFFICERS, grades)), max_size=8
)


def named(coefficients: tuple[Coefficient, ...]) -> dict[str, float | None]:
    return {one.name: None if one.value is None else round(one.value, 6) for one in coefficients}


def several(count: int) -> dict[str, Answers]:
    """Return exercises on `count` cases: the worked one, with one officer stricter from case to case."""
    return {
        f"CF-{20_000 + place}": {
            item: {
                officer: max(1, grade - (place + int(item)) % 2) if officer == "Dan" and grade else grade
                for officer, grade in given.items()
            }
            for item, given in EXERCISE.items()
        }
        for place in range(count)
    }


def test_the_twenty_four_pairs() -> None:
    found = agreement_of_pairs(PAIRS, GRADES, minimum=20)
    assert (found.n, found.exact.value, found.within_one.value) == (24, 0.625, 1)
    assert round(found.mean_difference.value or 0, 3) == 0.208
    assert (found.higher, found.lower) == (7, 2)
    assert named(found.coefficients) == {
        "gwet_ac2": 0.858662,
        "krippendorff_alpha": 0.644682,
        "cohen_kappa": 0.495327,
    }
    assert found.remarks == ()


def test_raw_agreement_stands_beside_coefficients_that_collapse() -> None:
    nearly = [(3, 3)] * 22 + [(2, 3), (3, 2)]
    found = agreement_of_pairs(nearly, GRADES, minimum=20)
    assert round(100 * (found.exact.value or 0), 1) == 91.7
    assert named(found.coefficients) == {
        "gwet_ac2": pytest.approx(0.985, abs=5e-4),
        "krippendorff_alpha": pytest.approx(-0.022, abs=5e-4),
        "cohen_kappa": pytest.approx(-0.043, abs=5e-4),
    }


def test_below_the_minimum_there_are_counts_and_no_coefficients() -> None:
    few = agreement_of_pairs(PAIRS[:19], GRADES, minimum=20)
    assert (few.coefficients, few.remarks) == ((), (TOO_FEW_PAIRS,))
    assert few.exact.n == 19
    assert sum(few.table.values()) == 19
    assert agreement_of_pairs(PAIRS[:20], GRADES, minimum=20).remarks == ()


def test_the_table_counts_every_pair_of_grades() -> None:
    table = agreement_of_pairs(PAIRS, GRADES, minimum=20).table
    assert table[3, 3] == table[2, 2] == 7
    assert table[3, 2] == 4
    assert table[4, 1] == 0


def test_pairs_with_a_judgement_missing_are_left_out_and_told() -> None:
    found = agreement_of_pairs([*PAIRS, (3, None), (None, 2)], GRADES, minimum=20)
    assert found == replace(agreement_of_pairs(PAIRS, GRADES, minimum=20), remarks=(INCOMPLETE_LEFT_OUT,))


def test_identical_grades_agree_fully_and_have_no_coefficient() -> None:
    found = agreement_of_pairs([(3, 3)] * 25, GRADES, minimum=20)
    assert (found.exact.value, found.mean_difference.value, found.mean_difference.interval) == (1, 0, None)
    assert [one.remarks for one in found.coefficients] == [(NO_VARIATION,)] * 3


def test_no_pairs_at_all() -> None:
    found = agreement_of_pairs([], GRADES, minimum=20)
    assert (found.n, found.exact.value, found.mean_difference.value) == (0, None, None)
    assert found.exact.remarks == found.mean_difference.remarks == (NOBODY_ANSWERED,)
    assert found.exact.remarks == (NOBODY_ANSWERED,)
    assert agreement_of_pairs([(3, 2)], GRADES, minimum=0).coefficients[0].value is not None


def test_pairs_out_of_all_audits_carry_the_finite_correction() -> None:
    some, every = (agreement_of_pairs(PAIRS, GRADES, 20, population=size) for size in (48, 24))
    loose = agreement_of_pairs(PAIRS, GRADES, 20)
    assert some.mean_difference.error == pytest.approx((loose.mean_difference.error or 0) * 0.5**0.5)
    assert every.exact.remarks == every.mean_difference.remarks == (CENSUS,)
    with pytest.raises(Invalid):
        agreement_of_pairs(PAIRS, GRADES, 20, population=23)


def test_grades_may_be_words_in_their_order() -> None:
    words = ("Inadequate", "Requires improvement", "Good", "Outstanding")
    spoken = [(words[one - 1], words[other - 1]) for one, other in PAIRS]
    said, counted = agreement_of_pairs(spoken, words, 20), agreement_of_pairs(PAIRS, GRADES, 20)
    assert said.coefficients == counted.coefficients
    assert said.mean_difference == counted.mean_difference
    with pytest.raises(Invalid, match="not on the scale"):
        agreement_of_pairs([("Superb", "Good")], words, 20)


@given(pairs=st.lists(st.tuples(st.sampled_from(GRADES), st.sampled_from(GRADES)), max_size=40))
def test_changing_places_turns_the_difference_and_keeps_the_agreement(pairs: list[tuple[int, int]]) -> None:
    there = agreement_of_pairs(pairs, GRADES, 5)
    back = agreement_of_pairs([(other, one) for one, other in pairs], GRADES, 5)
    assert (there.exact, there.within_one) == (back.exact, back.within_one)
    assert (there.higher, there.lower) == (back.lower, back.higher)
    assert [one.value for one in there.coefficients] == pytest.approx([one.value for one in back.coefficients])
    assert there.higher + there.lower + sum(there.table[grade, grade] for grade in GRADES) == there.n
    if pairs:
        assert (there.mean_difference.value or 0) == pytest.approx(-(back.mean_difference.value or 0))


def test_the_exercise_of_four_officers() -> None:
    found = agreement_of_exercise(EXERCISE, GRADES)
    assert (found.unanimous, found.n) == (2, 10)
    assert named(found.coefficients) == {"gwet_ac2": 0.855069, "krippendorff_alpha": 0.527393}
    assert found.to_discuss == ("1", "2", "4", "5", "7", "8", "9", "10")


def test_one_case_has_no_interval_and_says_so() -> None:
    found = agreement_of_exercise(EXERCISE, GRADES)
    assert [(one.error, one.interval) for one in found.coefficients] == [(None, None)] * 2
    assert found.remarks == (ONE_CASE,)


def test_each_item_shows_its_range_and_who_is_missing() -> None:
    items = {item.item: item for item in agreement_of_exercise(EXERCISE, GRADES).items}
    seventh, ninth, third = items["7"], items["9"], items["3"]
    assert (seventh.lowest, seventh.highest, seventh.spread, seventh.missing) == (3, 4, 1, ())
    assert (ninth.spread, ninth.unanimous, ninth.missing) == (1, False, ("Finn",))
    assert (third.spread, third.unanimous) == (0, True)


def test_only_significant_items_must_be_discussed_and_measured() -> None:
    found = agreement_of_exercise(EXERCISE, GRADES, significant={"1", "2", "3"})
    assert found.to_discuss == ("1", "2")
    assert (found.n, len(found.items), found.unanimous) == (3, 10, 2)


def test_items_with_one_answer_or_none_are_not_unanimous() -> None:
    answers: dict[str, dict[str, Grade | None]] = {
        "1": {"Bev": 3, "Dan": None},
        "2": {"Bev": None, "Dan": None},
        "3": {},
    }
    found = agreement_of_exercise(answers, GRADES)
    assert [(item.unanimous, item.lowest, item.spread) for item in found.items] == [
        (False, 3, 0),
        (False, None, 0),
        (False, None, 0),
    ]
    assert (found.unanimous, found.to_discuss, found.n) == (0, (), 0)


@given(answers=exercises)
def test_an_exercise_adds_up(answers: Answers) -> None:
    found = agreement_of_exercise(answers, GRADES)
    varied = sum(item.spread > 0 for item in found.items)
    assert len(found.to_discuss) == varied
    assert found.unanimous + varied == found.n
    assert all(one.value is None or one.value <= 1 + 1e-12 for one in found.coefficients)


def test_pooled_exercises_have_intervals_from_the_minimum_of_cases_on() -> None:
    few = agreement_over_exercises(several(4), GRADES, minimum_cases=5, seed="a", resamples=99)
    assert (few.cases, few.n, few.remarks) == (4, 40, (TOO_FEW_CASES,))
    assert all(one.interval is None for one in few.coefficients)
    enough = agreement_over_exercises(several(5), GRADES, minimum_cases=5, seed="a", resamples=99)
    assert (enough.cases, enough.n, enough.remarks) == (5, 50, ())
    for one in enough.coefficients:
        assert one.interval is not None and one.value is not None
        assert one.interval.low <= one.value <= one.interval.high
        assert one.interval.low < one.interval.high
        assert one.interval.method == "bootstrap"


def test_the_same_seed_gives_the_same_interval_whatever_the_order() -> None:
    cases = several(6)
    turned = dict(Random(1).sample(list(cases.items()), 6))
    first, again, other = (
        agreement_over_exercises(those, GRADES, 5, seed, resamples=99)
        for those, seed in ((cases, "a"), (turned, "a"), (cases, "b"))
    )
    assert first == again
    assert first != other
    assert [one.value for one in first.coefficients] == [one.value for one in other.coefficients]


def test_cases_and_not_items_are_drawn_again() -> None:
    alike = {f"CF-{place}": EXERCISE for place in range(6)}
    for one in agreement_over_exercises(alike, GRADES, 5, "a", resamples=49).coefficients:
        assert one.interval is not None
        assert one.interval.low == one.interval.high == one.value


def test_the_limits_leave_the_same_share_of_resamples_on_either_side() -> None:
    """Two cases drawn twice: a quarter are the first alone, a quarter the second alone, half are both."""
    alike = {str(item): {"Bev": item, "Dan": item} for item in (1, 2, 3)}
    apart = {str(item): {"Bev": item, "Dan": item + 1} for item in (1, 2, 3)}
    cases = {"CF-1": alike, "CF-2": apart}

    def limits(level: float) -> list[tuple[float, float]]:
        pooled = agreement_over_exercises(cases, GRADES, 2, "a", resamples=999, level=level).coefficients
        return [(one.interval.low, one.interval.high) for one in pooled if one.interval is not None]

    twice = [{"CF-1": one, "CF-2": one} for one in (apart, alike)]
    alone = [agreement_over_exercises(those, GRADES, 9, "a").coefficients for those in twice]
    both = [one.value for one in agreement_over_exercises(cases, GRADES, 2, "a").coefficients]
    assert limits(0.4) == [(value, value) for value in both]
    for level in (0.6, 0.95, 0.999):
        assert limits(level) == [(low.value, high.value) for low, high in zip(*alone, strict=True)]


def test_pooling_nothing_or_identical_answers() -> None:
    assert agreement_over_exercises({}, GRADES, 5, "a").coefficients[0].value is None
    same = {f"CF-{place}": {"1": {"Bev": 3, "Dan": 3}} for place in range(6)}
    pooled = agreement_over_exercises(same, GRADES, 5, "a", resamples=9)
    assert [(one.value, one.interval) for one in pooled.coefficients] == [(None, None)] * 2
    assert all(NO_VARIATION in one.remarks for one in pooled.coefficients)
