"""Agreement beyond chance: every published value, and what must never change a coefficient."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.coefficients import (
    Metric,
    brennan_prediger,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac,
    krippendorff_alpha,
)
from engine.domain.ratings import INCOMPLETE_LEFT_OUT, NO_PAIRS, NO_VARIATION, Coefficient, Ratings, Weighting
from engine.errors import Invalid
from tests.factories.judgements import (
    ANXIETY,
    AUDITORS,
    C_DATA,
    DIAGNOSES,
    FOURTEEN_RATERS,
    GRADES,
    REVIEWERS,
    WIKIPEDIA,
    by_rater,
    by_unit,
    from_counts,
    from_table,
)

PAIRS = Ratings(tuple(zip(AUDITORS, REVIEWERS, strict=True)), GRADES)
PSYCHIATRISTS = by_unit((1, 2, 3, 4, 5), DIAGNOSES)

NOMINAL: tuple[Callable[[Ratings], Coefficient], ...] = (
    fleiss_kappa,
    conger_kappa,
    brennan_prediger,
    gwet_ac,
    partial(krippendorff_alpha, metric="nominal"),
)
ORDERED: tuple[Callable[[Ratings], Coefficient], ...] = tuple(
    partial(of, weighting=weighting)
    for of in (fleiss_kappa, conger_kappa, brennan_prediger, gwet_ac)
    for weighting in ("linear", "quadratic", "ordinal")
) + tuple(partial(krippendorff_alpha, metric=metric) for metric in ("ordinal", "interval", "ratio"))

grades = st.one_of(st.none(), st.sampled_from(GRADES))
ratings_of_three = st.lists(st.tuples(grades, grades, grades), min_size=1, max_size=12).map(
    lambda rows: Ratings(tuple(rows), GRADES)
)
pairs_of_two = st.lists(st.tuples(st.sampled_from(GRADES), st.sampled_from(GRADES)), min_size=2, max_size=20).map(
    lambda rows: Ratings(tuple(rows), GRADES)
)


def same(one: Coefficient, other: Coefficient) -> None:
    assert one.value == pytest.approx(other.value, abs=1e-9)
    assert one.error == pytest.approx(other.error, abs=1e-9)
    assert one.remarks == other.remarks


@pytest.mark.parametrize(
    ("metric", "value"),
    [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)],
)
def test_alpha_of_the_c_data(metric: Metric, value: float) -> None:
    assert round(krippendorff_alpha(C_DATA, metric).value or 0, 6) == value


def test_a_scale_of_ratios_may_start_at_nothing() -> None:
    ratings = by_rater((0, 1, 2), "0 1 2 0", "1 1 2 0")
    assert krippendorff_alpha(ratings, "ratio").value == pytest.approx(0.5531914893617021)


@pytest.mark.parametrize(("metric", "value"), [("nominal", 0.691358), ("interval", 0.810845), ("ordinal", 0.806721)])
def test_alpha_of_the_wikipedia_example(metric: Metric, value: float) -> None:
    assert round(krippendorff_alpha(WIKIPEDIA, metric).value or 0, 6) == value


@pytest.mark.parametrize(
    ("of", "weighting", "value", "error"),
    [
        (gwet_ac, "identity", "0.77544", "0.14295"),
        (gwet_ac, "quadratic", "0.91400", "0.10396"),
        (gwet_ac, "ordinal", "0.89894", None),
        (gwet_ac, "linear", "0.85874", None),
        (fleiss_kappa, "identity", "0.76117", "0.15302"),
        (fleiss_kappa, "quadratic", "0.86494", None),
        (brennan_prediger, "identity", "0.77273", "0.14472"),
        (conger_kappa, "identity", "0.76282", None),
    ],
)
def test_coefficients_of_the_c_data(
    of: Callable[..., Coefficient], weighting: Weighting, value: str, error: str | None
) -> None:
    found = of(C_DATA, weighting)
    assert f"{found.value:.5f}" == value
    assert error is None or f"{found.error:.5f}" == error


def test_the_interval_of_ac1_of_the_c_data_ends_at_one() -> None:
    found = gwet_ac(C_DATA)
    assert found.interval is not None
    assert (round(found.interval.low, 3), found.interval.high, found.n, found.raters) == (0.461, 1, 11, 4)


def test_fleiss_thirty_patients() -> None:
    first_three = Ratings(tuple(row[:3] for row in PSYCHIATRISTS.rows), PSYCHIATRISTS.scale)
    first_fifteen = Ratings(PSYCHIATRISTS.rows[:15], PSYCHIATRISTS.scale)
    assert round(fleiss_kappa(PSYCHIATRISTS).value or 0, 6) == 0.430245
    assert round(fleiss_kappa(first_three).value or 0, 6) == 0.534337
    assert round(fleiss_kappa(first_fifteen).value or 0, 7) == 0.4139265
    assert round(krippendorff_alpha(first_fifteen, "nominal").value or 0, 7) == 0.4204384
    assert round(gwet_ac(first_fifteen).value or 0, 7) == 0.4448007


def test_fleiss_fourteen_raters() -> None:
    assert round(fleiss_kappa(from_counts(FOURTEEN_RATERS)).value or 0, 6) == 0.209931


@pytest.mark.parametrize(
    ("weighting", "value"), [("identity", -0.006289308), ("linear", 0.1459075), ("quadratic", 0.2520325)]
)
def test_weighted_kappa_of_the_anxiety_data(weighting: Weighting, value: float) -> None:
    assert cohen_kappa(by_rater((1, 2, 3, 4, 6), *ANXIETY), weighting).value == pytest.approx(value, abs=5e-8)


def test_a_grade_that_nobody_used_counts_for_the_weights() -> None:
    assert round(cohen_kappa(by_rater((1, 2, 3, 4, 5, 6), *ANXIETY), "linear").value or 0, 4) == 0.1262


@pytest.mark.parametrize(
    ("weighting", "printed"),
    [("identity", (0.4842, 0.1380, 0.2137, 0.7547)), ("linear", (0.4701, 0.1457, 0.1845, 0.7558))],
)
def test_kappa_and_its_error_as_sas_prints_them(weighting: Weighting, printed: tuple[float, ...]) -> None:
    found = cohen_kappa(from_table([[0, 4, 1], [0, 8, 0], [0, 1, 5]]), weighting)
    assert found.value is not None and found.error is not None and found.interval is not None
    values = (found.value, found.error, found.interval.low, found.interval.high)
    assert tuple(round(value, 4) for value in values) == printed


def test_the_table_of_two_abstractors() -> None:
    table = from_table([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
    found = {
        "kappa": cohen_kappa(table).value,
        "ac1": gwet_ac(table).value,
        "quadratic kappa": cohen_kappa(table, "quadratic").value,
        "ac2": gwet_ac(table, "quadratic").value,
    }
    assert {name: round(value or 0, 7) for name, value in found.items()} == {
        "kappa": 0.7964094,
        "ac1": 0.8493305,
        "quadratic kappa": 0.8921569,
        "ac2": 0.9402369,
    }
    assert cohen_kappa(table).error == pytest.approx(0.05891072, abs=5e-9)


def test_the_twenty_four_pairs() -> None:
    kappas = [cohen_kappa(PAIRS, weighting) for weighting in ("identity", "linear", "quadratic")]
    others = [
        krippendorff_alpha(PAIRS),
        *(gwet_ac(PAIRS, weighting) for weighting in ("identity", "ordinal", "quadratic")),
    ]
    assert [round(one.value or 0, 6) for one in kappas] == [0.389831, 0.495327, 0.630137]
    assert [round(one.value or 0, 6) for one in others] == [0.644682, 0.529583, 0.858662, 0.899363]


def test_kappa_and_alpha_collapse_when_nearly_all_grades_are_the_same() -> None:
    nearly = Ratings(((3, 3),) * 22 + ((2, 3), (3, 2)), GRADES)
    assert round(cohen_kappa(nearly, "linear").value or 0, 3) == -0.043
    assert round(krippendorff_alpha(nearly).value or 0, 3) == -0.022
    assert round(gwet_ac(nearly, "ordinal").value or 0, 3) == 0.985


def test_identical_ratings_show_no_variation_and_not_perfect_agreement() -> None:
    identical = Ratings(((3, 3),) * 10, GRADES)
    for of in (*NOMINAL, *ORDERED, cohen_kappa):
        found = of(identical)
        assert (found.value, found.error, found.interval) == (None, None, None)
        assert (found.n, found.remarks) == (10, (NO_VARIATION,))


def test_ratings_that_cannot_be_paired_have_no_coefficient() -> None:
    for of in (*NOMINAL, *ORDERED):
        for ratings in (Ratings((), GRADES), Ratings(((3, None), (None, 2)), GRADES)):
            assert of(ratings).remarks == (NO_PAIRS,)
    assert cohen_kappa(Ratings(((3, None), (None, 2)), GRADES)).remarks == (NO_PAIRS, INCOMPLETE_LEFT_OUT)


def test_one_unit_has_a_coefficient_and_no_error() -> None:
    found = gwet_ac(Ratings(((3, 2, 3),), GRADES), "ordinal")
    assert found.value is not None
    assert (found.error, found.interval) == (None, None)
    assert gwet_ac(Ratings(((3, 2, 3), (1, 1, 2)), GRADES), "ordinal").error is not None


def test_when_the_whole_population_was_rated_nothing_is_left_to_chance() -> None:
    half, whole = (gwet_ac(replace(PAIRS, population=size)) for size in (48, 24))
    assert half.error == pytest.approx((gwet_ac(PAIRS).error or 0) * 0.5**0.5)
    assert (whole.error, whole.interval) == (0, None)


def test_cohens_kappa_leaves_out_pairs_with_one_rating_and_says_so() -> None:
    gaps = Ratings((*PAIRS.rows, (3, None), (None, 1)), GRADES)
    found = cohen_kappa(gaps)
    assert found.value == cohen_kappa(PAIRS).value
    assert found.remarks == (INCOMPLETE_LEFT_OUT,)


def test_questions_without_an_answer_are_refused() -> None:
    with pytest.raises(Invalid, match="two raters"):
        cohen_kappa(C_DATA)
    words = Ratings((("good", "bad"), ("bad", "bad")), ("bad", "good"))
    assert krippendorff_alpha(words, "nominal").value is not None
    for metric in ("interval", "ratio"):
        with pytest.raises(Invalid, match="scale of numbers"):
            krippendorff_alpha(words, metric)
    with pytest.raises(Invalid, match="ratio"):
        krippendorff_alpha(Ratings(((-1, 1), (1, 1)), (-1, 1)), "ratio")


@given(ratings=ratings_of_three, turned=st.permutations(GRADES))
def test_new_names_for_the_grades_change_nothing(ratings: Ratings, turned: list[int]) -> None:
    names = dict(zip(GRADES, turned, strict=True))
    rows = tuple(tuple(names[grade] if grade is not None else None for grade in row) for row in ratings.rows)
    for of in NOMINAL:
        same(of(Ratings(rows, GRADES)), of(ratings))


@given(ratings=ratings_of_three)
def test_a_scale_turned_upside_down_changes_nothing_but_the_ratios(ratings: Ratings) -> None:
    rows = tuple(tuple(5 - grade if grade is not None else None for grade in row) for row in ratings.rows)
    for of in ORDERED[:-1]:
        same(of(Ratings(rows, GRADES)), of(ratings))


@given(ratings=ratings_of_three, scale=st.floats(0.5, 20), shift=st.floats(-50, 50))
def test_the_interval_metric_knows_no_unit(ratings: Ratings, scale: float, shift: float) -> None:
    stretched = {grade: grade * scale + shift for grade in GRADES}
    rows = tuple(tuple(stretched[grade] if grade is not None else None for grade in row) for row in ratings.rows)
    found = krippendorff_alpha(Ratings(rows, tuple(stretched.values())), "interval")
    assert found.value == pytest.approx(krippendorff_alpha(ratings, "interval").value, abs=1e-6)


@given(ratings=ratings_of_three, shuffled=st.randoms(use_true_random=False))
def test_the_order_of_units_and_raters_does_not_matter(ratings: Ratings, shuffled: Random) -> None:
    raters = shuffled.sample(range(3), 3)
    rows = tuple(tuple(row[rater] for rater in raters) for row in shuffled.sample(ratings.rows, len(ratings.rows)))
    for of in (*NOMINAL, *ORDERED):
        same(of(Ratings(rows, GRADES)), of(ratings))


@given(ratings=ratings_of_three)
def test_units_and_raters_without_any_rating_change_nothing(ratings: Ratings) -> None:
    rows = (*((*row, None) for row in ratings.rows), (None,) * 4)
    for of in (*NOMINAL, *ORDERED):
        same(of(Ratings(rows, GRADES)), of(ratings))


@given(ratings=ratings_of_three, grade=st.sampled_from(GRADES))
def test_a_rating_that_cannot_be_paired_does_not_change_alpha(ratings: Ratings, grade: int) -> None:
    more = Ratings((*ratings.rows, (grade, None, None)), GRADES)
    for metric in ("nominal", "ordinal", "interval", "ratio"):
        same(krippendorff_alpha(more, metric), krippendorff_alpha(ratings, metric))


@given(ratings=ratings_of_three)
def test_no_coefficient_is_above_one_and_full_agreement_is_one(ratings: Ratings) -> None:
    agreed = Ratings(tuple((row[0], row[0], row[0]) for row in ratings.rows), GRADES)
    for of in (*NOMINAL, *ORDERED):
        found, full = of(ratings), of(agreed)
        assert found.value is None or found.value <= 1 + 1e-12
        assert full.value is None or full.value == pytest.approx(1)
        if found.interval is not None and found.value is not None:
            assert found.interval.low <= found.value <= found.interval.high


@given(pairs=pairs_of_two, weighting=st.sampled_from(["identity", "linear", "quadratic", "ordinal"]))
def test_congers_kappa_of_two_raters_is_cohens(pairs: Ratings, weighting: Weighting) -> None:
    assert cohen_kappa(pairs, weighting).value == conger_kappa(pairs, weighting).value


@given(pairs=pairs_of_two)
def test_on_a_scale_of_two_all_weights_are_those_of_exact_agreement(pairs: Ratings) -> None:
    two = Ratings(tuple((min(one, 2), min(other, 2)) for one, other in pairs.rows), (1, 2))
    for of in (cohen_kappa, fleiss_kappa, gwet_ac, brennan_prediger):
        for weighting in ("linear", "quadratic", "ordinal"):
            assert of(two, weighting).value == of(two).value
