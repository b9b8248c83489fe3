"""Distributions against published tables, closed forms, reference values to fifty digits, and one another."""

from collections.abc import Callable
from math import asin, comb, inf, isclose, nan, pi, sqrt, tan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.distributions import (
    beta_cdf,
    beta_quantile,
    normal_cdf,
    normal_quantile,
    student_cdf,
    student_quantile,
)
from engine.errors import Invalid

probabilities = st.floats(1e-9, 1 - 1e-9)
parameters = st.floats(0.05, 3000)
degrees_of_freedom = st.floats(0.5, 5000)


def close(one: float, other: float, to: float = 1e-12) -> bool:
    return isclose(one, other, rel_tol=to, abs_tol=1e-300)


@pytest.mark.parametrize(
    ("x", "probability"),
    [
        (-37, 5.7255712225245768e-300),
        (-10, 7.6198530241605261e-24),
        (-1.96, 0.024997895148220436),
        (0, 0.5),
        (1, 0.84134474606854295),
        (5, 0.99999971334842812),
    ],
)
def test_normal_probabilities(x: float, probability: float) -> None:
    assert close(normal_cdf(x), probability)


def test_normal_quantiles_of_the_tables() -> None:
    assert close(normal_quantile(0.9), 1.2815515655446004)
    assert close(normal_quantile(0.975), 1.959963984540054)
    assert close(normal_quantile(0.995), 2.5758293035489004)
    assert normal_quantile(0.5) == 0


@pytest.mark.parametrize(
    ("probability", "degrees", "printed"),
    [
        (0.975, 1, "12.706"),
        (0.975, 2, "4.303"),
        (0.975, 5, "2.571"),
        (0.95, 10, "1.812"),
        (0.995, 10, "3.169"),
        (0.9995, 20, "3.850"),
        (0.975, 30, "2.042"),
        (0.975, 120, "1.980"),
        (0.75, 4, "0.741"),
    ],
)
def test_the_printed_table_of_student(probability: float, degrees: float, printed: str) -> None:
    assert f"{student_quantile(probability, degrees):.3f}" == printed


@pytest.mark.parametrize(
    ("probability", "degrees", "quantile"),
    [
        (0.975, 2.5, 3.574654842003683),
        (0.975, 49, 2.00957523712924),
        (0.975, 100, 1.983971518523552),
        (0.975, 112, 1.981371814876306),
        (0.975, 197, 1.972079033778503),
        (0.995, 49, 2.679951973631552),
    ],
)
def test_student_quantiles(probability: float, degrees: float, quantile: float) -> None:
    assert close(student_quantile(probability, degrees), quantile)
    assert close(student_cdf(quantile, degrees), probability)


@given(probability=st.floats(0.001, 0.999))
def test_student_with_one_and_two_degrees_has_a_closed_form(probability: float) -> None:
    cauchy = tan(pi * (probability - 0.5))
    assert isclose(student_quantile(probability, 1), cauchy, rel_tol=1e-11, abs_tol=1e-15)
    two = (2 * probability - 1) / sqrt(2 * probability * (1 - probability))
    assert isclose(student_quantile(probability, 2), two, rel_tol=1e-11, abs_tol=1e-15)


@given(t=st.floats(-50, 50), degrees=degrees_of_freedom)
def test_student_is_symmetric(t: float, degrees: float) -> None:
    assert isclose(student_cdf(t, degrees) + student_cdf(-t, degrees), 1, rel_tol=1e-14)


def test_student_with_many_degrees_is_normal() -> None:
    for t in (-3.0, -0.4, 0.0, 1.96):
        assert isclose(student_cdf(t, 1e6), normal_cdf(t), rel_tol=1e-4)
    assert isclose(student_quantile(0.975, 1e6), normal_quantile(0.975), rel_tol=2e-6)


def test_student_at_the_ends() -> None:
    assert [student_cdf(t, 3) for t in (-inf, -1e200, 0, 1e200, inf)] == [0, 0, 0.5, 1, 1]


@pytest.mark.parametrize(
    ("x", "a", "b", "probability"),
    [
        (0.3, 2.5, 7.25, 0.66048227358190722),
        (0.5, 117, 104, 0.19041153878810415),
        (0.024, 0.7, 130.2, 0.97847831302771078),
        (0.999, 1e4, 3.3, 0.0042351638714663587),
        (0.001, 0.05, 0.05, 0.35534860654115602),
    ],
)
def test_beta_probabilities(x: float, a: float, b: float, probability: float) -> None:
    assert close(beta_cdf(x, a, b), probability)


@pytest.mark.parametrize(
    ("probability", "a", "b", "quantile"),
    [
        (0.025, 8.4, 7.1, 0.30014995056905573),
        (0.975, 63.5, 55.2, 0.62359374768340514),
        (0.025, 0.4, 24.6, 3.0155880847616076e-6),
        (0.975, 0.02, 90, 0.0021511318719948347),
        (0.5, 1234.5, 4321.1, 0.22217488582313824),
    ],
)
def test_beta_quantiles(probability: float, a: float, b: float, quantile: float) -> None:
    assert close(beta_quantile(probability, a, b), quantile)


@given(x=st.floats(0.001, 0.999), a=st.floats(0.1, 40))
def test_beta_with_a_parameter_of_one_or_two_halves_has_a_closed_form(x: float, a: float) -> None:
    assert close(beta_cdf(x, a, 1), x**a)
    assert close(beta_cdf(x, 1, a), 1 - (1 - x) ** a, 1e-11)
    assert close(beta_cdf(x, 0.5, 0.5), 2 / pi * asin(sqrt(x)))


@given(n=st.integers(1, 40), share=st.floats(0.05, 0.95), data=st.data())
def test_beta_is_the_upper_tail_of_the_binomial(n: int, share: float, data: st.DataObject) -> None:
    k = data.draw(st.integers(1, n))
    tail = sum(comb(n, i) * share**i * (1 - share) ** (n - i) for i in range(k, n + 1))
    assert close(beta_cdf(share, k, n - k + 1), tail, 1e-11)


@given(x=st.floats(0.0001, 0.9999), a=parameters, b=parameters)
def test_beta_turned_round(x: float, a: float, b: float) -> None:
    assert isclose(beta_cdf(x, a, b) + beta_cdf(1 - x, b, a), 1, rel_tol=1e-10)


@given(x=st.floats(-3, 3), step=st.floats(0, 1), a=parameters, b=parameters)
def test_beta_never_falls(x: float, step: float, a: float, b: float) -> None:
    assert 0 <= beta_cdf(x, a, b) <= beta_cdf(x + step, a, b) + 1e-12 <= 1 + 1e-12


@given(probability=probabilities, degrees=degrees_of_freedom)
def test_a_student_quantile_gives_its_probability_back(probability: float, degrees: float) -> None:
    assert close(student_cdf(student_quantile(probability, degrees), degrees), probability, 1e-9)


@given(probability=st.floats(1e-6, 1 - 1e-6), a=st.floats(0.2, 2000), b=st.floats(0.2, 2000))
def test_a_beta_quantile_gives_its_probability_back(probability: float, a: float, b: float) -> None:
    x = beta_quantile(probability, a, b)
    if x <= 1 - 1e-9:
        assert close(beta_cdf(x, a, b), probability, 1e-6)


@given(probability=probabilities)
def test_a_normal_quantile_gives_its_probability_back(probability: float) -> None:
    assert close(normal_cdf(normal_quantile(probability)), probability)


@given(one=probabilities, other=probabilities, degrees=degrees_of_freedom)
def test_quantiles_rise_with_the_probability(one: float, other: float, degrees: float) -> None:
    low, high = sorted((one, other))
    assert student_quantile(low, degrees) <= student_quantile(high, degrees)
    assert beta_quantile(low, degrees, 3) <= beta_quantile(high, degrees, 3) + 1e-15


def test_beta_of_the_smallest_number_there_is() -> None:
    assert close(beta_cdf(5e-324, 0.01, 1), 5e-324**0.01, 1e-11)
    assert beta_cdf(5e-324, 3, 1) == 0


def test_beta_quantiles_at_the_ends() -> None:
    assert (beta_quantile(0, 2, 3), beta_quantile(1, 2, 3)) == (0, 1)
    assert 0 <= beta_quantile(0.001, 0.01, 5) < 1e-200


@pytest.mark.parametrize(
    "question",
    [
        lambda: normal_quantile(0),
        lambda: normal_quantile(nan),
        lambda: normal_cdf(nan),
        lambda: student_quantile(1, 5),
        lambda: student_quantile(0.9, 0),
        lambda: student_quantile(0.9, nan),
        lambda: student_cdf(1, -1),
        lambda: student_cdf(nan, 5),
        lambda: beta_cdf(0.5, 0, 1),
        lambda: beta_cdf(0.5, 1, inf),
        lambda: beta_cdf(nan, 1, 1),
        lambda: beta_quantile(1.1, 1, 1),
        lambda: beta_quantile(nan, 1, 1),
        lambda: beta_quantile(0.5, 1, -1),
    ],
)
def test_what_has_no_answer_is_refused(question: Callable[[], float]) -> None:
    with pytest.raises(Invalid):
        question()
