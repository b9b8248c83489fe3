"""Control charts: whether a rate or a measure moves from month to month by more than chance explains.

Sources: W. A. Shewhart, "Economic Control of Quality of Manufactured Product" (1931); D. C. Montgomery, "Introduction
to Statistical Quality Control", 7th ed. 2013, chapters 6 and 7; NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import fsum, inf, isfinite, sqrt
from typing import Final, Literal

from engine.errors import Invalid

Kind = Literal["p", "u", "xmr"]
Signal = Literal["above", "below", "run"]

NOTHING_COUNTED: Final = "nothing_counted"
NO_VARIATION: Final = "no_variation"
TOO_FEW_POINTS: Final = "too_few_points"
_D2: Final = 1.128
"""The mean range of two draws from a normal distribution, in standard deviations: Montgomery 2013, appendix VI."""


@dataclass(frozen=True)
class Rules:
    """How a chart is drawn, as policy sets it.

    Limits stand `sigmas` standard errors from the centre. `run` points one after the other on the same side of it are
    a signal too: Western Electric Company, "Statistical Quality Control Handbook" (1956), with 8; NIST 6.3.2. With
    fewer than `least` points there are no limits and no signals.
    """

    sigmas: float = 3.0
    run: int = 8
    least: int = 1


@dataclass(frozen=True)
class ChartPoint:
    """A `count` out of `size` (of an "xmr" chart: one), its `value`, its limits, and whether it is a signal.

    `value` is None when size is 0, the limits are when there are none. `signal` is "above" or "below" a limit, else
    "run" for a place in a run on one side of the centre.
    """

    label: str
    count: float
    size: float
    value: float | None
    low: float | None = None
    high: float | None = None
    signal: Signal | None = None


@dataclass(frozen=True)
class Chart:
    """A control chart: of shares ("p"), of counts per unit ("u") or of single measures ("xmr"), around the `centre`.

    `n` is the sum of the sizes behind the centre. Remarks say why there are no limits: "nothing_counted" (no centre
    either), "too_few_points", "no_variation" (shares that are all 0 or all 1, counts of 0, measures that never move).
    """

    kind: Kind
    centre: float | None
    rules: Rules
    n: float
    points: tuple[ChartPoint, ...]
    remarks: tuple[str, ...] = ()

    @property
    def signals(self) -> tuple[ChartPoint, ...]:
        """The points that chance alone does not explain."""
        return tuple(point for point in self.points if point.signal is not None)


PLAIN: Final = Rules()


def p_chart(points: Sequence[tuple[str, int, int]], rules: Rules = PLAIN) -> Chart:
    """Return the chart of the shares count / of, from (label, count, of), with limits for each size.

    Centre p̄ = Σ count / Σ of; limits p̄ ± sigmas √(p̄ (1 - p̄) / of), cut to 0 and 1 (Montgomery 2013, 7.2.2).
    Raises Invalid unless 0 <= count <= of and sigmas > 0.
    """
    wrong = {label: [f"{count} of {of} is not a share"] for label, count, of in points if not 0 <= count <= of}
    return _of_counts("p", points, rules, wrong, lambda centre: centre * (1 - centre), 1.0)


def u_chart(points: Sequence[tuple[str, int, float]], rules: Rules = PLAIN) -> Chart:
    """Return the chart of counts per unit, such as actions per audit, from (label, count, units).

    Centre ū = Σ count / Σ units; limits ū ± sigmas √(ū / units), the lower not below 0 (Montgomery 2013, 7.3.2).
    Raises Invalid unless count >= 0, units >= 0, nothing is counted in no unit, and sigmas > 0.
    """
    wrong = {
        label: [f"{count} in {units} units is not possible"]
        for label, count, units in points
        if not (count >= 0 and 0 <= units < inf and (units or not count))
    }
    return _of_counts("u", points, rules, wrong, lambda centre: centre, inf)


def xmr_chart(
    points: Sequence[tuple[str, float]], rules: Rules = PLAIN, least: float = -inf, most: float = inf
) -> Chart:
    """Return the chart of single measures (X) with limits from their moving ranges (mR), from (label, measure).

    Centre x̄; limits x̄ ± sigmas mR̄ / 1.128, where mR̄ is the mean absolute difference of neighbours (Montgomery 2013,
    6.4; NIST 6.3.2.2; with 3 sigmas the 2.66 mR̄ of D. J. Wheeler, "Understanding Variation", 1993), cut to what is
    possible, `least` to `most`. Raises Invalid unless every measure is a number and sigmas > 0.
    """
    _check(rules, {label: ["a measure is not a number"] for label, value in points if not isfinite(value)})
    values = [value for _, value in points]
    centre = fsum(values) / len(values) if values else None
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    half = rules.sigmas * fsum(ranges) / len(ranges) / _D2 if ranges else 0.0
    drawn = tuple(ChartPoint(label, value, 1, value) for label, value in points)
    return _with_limits("xmr", centre, drawn, rules, len(values), lambda _: half, (least, most))


def _of_counts(
    kind: Kind,
    points: Sequence[tuple[str, float, float]],
    rules: Rules,
    wrong: Mapping[str, list[str]],
    variance: Callable[[float], float],
    most: float,
) -> Chart:
    _check(rules, wrong)
    n = fsum(size for _, _, size in points)
    centre = fsum(count for _, count, _ in points) / n if n else None
    spread = 0.0 if centre is None else variance(centre)
    drawn = tuple(ChartPoint(label, count, size, count / size if size else None) for label, count, size in points)
    return _with_limits(kind, centre, drawn, rules, n, lambda size: rules.sigmas * sqrt(spread / size), (0.0, most))


def _with_limits(
    kind: Kind,
    centre: float | None,
    points: tuple[ChartPoint, ...],
    rules: Rules,
    n: float,
    half: Callable[[float], float],
    possible: tuple[float, float],
) -> Chart:
    """Return the chart with limits `half(size)` either side of the centre, where there may be limits."""
    if centre is None:
        return Chart(kind, None, rules, n, points, (NOTHING_COUNTED,))
    if sum(point.value is not None for point in points) < rules.least:
        return Chart(kind, centre, rules, n, points, (TOO_FEW_POINTS,))
    if not any(half(point.size) for point in points if point.size):
        return Chart(kind, centre, rules, n, points, (NO_VARIATION,))
    limited = [_limited(point, centre, half, possible) for point in points]
    return Chart(kind, centre, rules, n, _with_runs(limited, centre, rules.run))


def _limited(
    point: ChartPoint, centre: float, half: Callable[[float], float], possible: tuple[float, float]
) -> ChartPoint:
    if point.value is None:
        return point
    away = half(point.size)
    low, high = max(centre - away, possible[0]), min(centre + away, possible[1])
    signal: Signal | None = "above" if point.value > high else "below" if point.value < low else None
    return replace(point, low=low, high=high, signal=signal)


def _with_runs(points: Sequence[ChartPoint], centre: float, run: int) -> tuple[ChartPoint, ...]:
    """Mark the runs on one side of the centre; a point on the centre ends a run, one without a value does not."""
    valued = [point for point in points if point.value is not None]
    found: set[str] = set()
    for side, those in groupby(valued, key=lambda point: _side(point.value, centre)):
        labels = [point.label for point in those]
        if side and len(labels) >= run:
            found.update(labels)
    return tuple(
        replace(point, signal="run") if point.label in found and point.signal is None else point for point in points
    )


def _side(value: float | None, centre: float) -> int:
    return 0 if value is None else (value > centre) - (value < centre)


def _check(rules: Rules, wrong: Mapping[str, list[str]]) -> None:
    if wrong or not 0 < rules.sigmas < inf:
        raise Invalid(wrong or {"sigmas": [f"limits of {rules.sigmas} standard errors are no limits"]})
