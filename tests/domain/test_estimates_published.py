"""Estimates against published values: R's survey package, the reference months, the precision to promise."""

import pytest

from engine.domain.allocation import allocate
from engine.domain.distributions import student_quantile
from engine.domain.estimates import (
    AUDITS_MISSING,
    DOMAIN,
    STRATUM_WITHOUT_VARIATION,
    Rules,
    estimate_mean,
    estimate_share,
    estimate_total,
)
from engine.domain.strata import Stratum
from tests.factories.surveys import AREAS, FINAL, PROVISIONAL, SMALL, limits, schools

LOGIT, KORN_GRAUBARD = Rules(method="logit_t"), Rules(method="korn_graubard")


def test_mean_and_error_of_the_schools_of_california() -> None:
    mean = estimate_mean("api00", schools("api00"))
    assert mean.value == pytest.approx(662.287363577655, abs=1e-11)
    assert mean.error == pytest.approx(9.408940879434, abs=1e-11)
    assert (mean.n, mean.population, mean.degrees, mean.method) == (200, 6194, 197, "student")
    assert limits(mean, 9) == (643.732188539, 680.842538616)
    without = estimate_mean("api00", schools("api00"), Rules(finite=False))
    assert without.error == pytest.approx(9.536132, abs=5e-7)


def test_each_kind_of_school_by_itself() -> None:
    found = {one.code: estimate_mean("api00", [one]) for one in schools("api00")}
    printed = {"E": (674.43, 12.382), "H": (625.82, 14.937), "M": (636.60, 16.215)}
    for code, (mean, error) in printed.items():
        assert (round(found[code].value or 0, 2), round(found[code].error or 0, 3)) == (mean, error)


def test_the_total_of_the_schools() -> None:
    total = estimate_total("enroll", schools("enroll"))
    assert (round(total.value or 0), round(total.error or 0)) == (3_687_178, 114_642)
    assert total.kind == "total"
    assert limits(total, 0) == tuple(
        round(limit * 6194) for limit in limits(estimate_mean("enroll", schools("enroll")), 12)
    )


def test_the_share_of_schools_with_an_award() -> None:
    share = estimate_share("awards", schools("awards"))
    assert (round(share.value or 0, 6), round(share.error or 0, 6), share.degrees) == (0.638936, 0.034406, 197)
    assert limits(share, 6) == (0.568721, 0.703676)
    assert share.method == "logit_t"
    assert limits(estimate_share("awards", schools("awards"), KORN_GRAUBARD), 6) == (0.567219, 0.706355)


def test_the_share_of_schools_that_met_the_target() -> None:
    strata = [
        Stratum.counted(code, cases, done, met)
        for code, cases, done, met in (("E", 4421, 100, 91), ("H", 755, 50, 26), ("M", 1018, 50, 35))
    ]
    share = estimate_share("sch.wide", strata)
    assert (round(share.value or 0, 6), round(share.error or 0, 6)) == (0.827948, 0.024345)
    assert limits(share, 6) == (0.774540, 0.870815)
    assert limits(estimate_share("sch.wide", strata, KORN_GRAUBARD), 6) == (0.774171, 0.873432)


def test_the_schools_with_an_award_as_a_domain() -> None:
    """R: svyby(~api00, ~awards, design, svymean) with the finite population correction."""
    for award, mean, error in ((1.0, 678.422405668124, 11.8566310509714), (0.0, 633.734912337968, 15.3347711842501)):
        strata = []
        for scores, awards in zip(schools("api00"), schools("awards"), strict=True):
            pairs = zip(scores.values, awards.values, strict=True)
            inside = tuple(score for score, mark in pairs if mark == award)
            strata.append(Stratum(scores.code, scores.population, inside, outside=scores.done - len(inside)))
        found = estimate_mean("api00", strata)
        assert (found.value, found.error) == pytest.approx((mean, error), abs=1e-9)
        assert found.remarks == (DOMAIN,)
        assert found.degrees == found.n - 3


def test_the_eight_rows_of_the_survey_package() -> None:
    strata = [Stratum("1", 15, (2.8, 4.1, 6.8, 6.8, 9.2)), Stratum("2", 12, (3.7, 6.6, 4.2))]
    mean, without = estimate_mean("x", strata), estimate_mean("x", strata, Rules(finite=False))
    assert [round(one or 0, 6) for one in (mean.value, mean.error, without.error)] == [5.448148, 0.616041, 0.741268]
    total, loose = estimate_total("x", strata), estimate_total("x", strata, Rules(finite=False))
    assert [round(one or 0, 3) for one in (total.value, total.error, loose.error)] == [147.1, 16.633, 20.014]


@pytest.mark.parametrize(
    ("strata", "value", "error", "degrees", "logit", "beta"),
    [
        (PROVISIONAL, 53.55, 4.81, 100, (44.00, 62.85), (43.68, 63.22)),
        (FINAL, 52.81, 4.51, 112, (43.88, 61.56), (43.58, 61.89)),
    ],
)
def test_the_reference_month(
    strata: list[Stratum],
    value: float,
    error: float,
    degrees: int,
    logit: tuple[float, float],
    beta: tuple[float, float],
) -> None:
    share = estimate_share("good or better", strata)
    assert (round(100 * (share.value or 0), 2), round(100 * (share.error or 0), 2)) == (value, error)
    assert (share.degrees, share.population, share.method) == (degrees, 2460, "logit_t")
    assert share.remarks == (AUDITS_MISSING,)
    for rules, printed in ((LOGIT, logit), (KORN_GRAUBARD, beta)):
        low, high = limits(estimate_share("good or better", strata, rules), 6)
        assert (round(100 * low, 2), round(100 * high, 2)) == printed


def test_the_raw_percentage_is_not_the_estimate() -> None:
    raw = {name: sum(sum(one.values) for one in month) for name, month in (("p", PROVISIONAL), ("f", FINAL))}
    assert (round(100 * raw["p"] / 105, 2), round(100 * raw["f"] / 117, 2)) == (54.29, 52.99)


def test_the_smaller_month_has_a_stratum_without_variation() -> None:
    share = estimate_share("good or better", SMALL)
    assert (round(share.value or 0, 6), round(share.error or 0, 6), share.degrees) == (0.591192, 0.067767, 49)
    assert limits(estimate_share("good or better", SMALL, LOGIT), 6) == (0.451509, 0.717556)
    assert limits(share, 6) == (0.446727, 0.724983)
    assert (share.method, share.remarks) == ("korn_graubard", (STRATUM_WITHOUT_VARIATION,))


@pytest.mark.parametrize(("size", "points"), [(40, 17), (60, 13), (80, 11), (100, 10), (120, 9), (160, 8)])
def test_the_precision_to_promise(size: int, points: int) -> None:
    sizes = allocate(AREAS, size).sizes
    strata = [Stratum.counted(area, AREAS[area], done, done // 2) for area, done in sizes.items()]
    share = estimate_share("good or better", strata)
    assert round(100 * student_quantile(0.975, share.degrees) * (share.error or 0)) == points
