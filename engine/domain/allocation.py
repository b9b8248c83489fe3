"""How many cases each stratum gives to a sample: proportional, Neyman or equal allocation.

Source: manual section 7 ("stratified and sampled"), R-41 to R-43, statistics 3.2. Neyman: J. Neyman, "On the two
different aspects of the representative method", Journal of the Royal Statistical Society 97 (1934).
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, sqrt
from typing import Final, Literal, NamedTuple, get_args

from engine.errors import Invalid

Method = Literal["proportional", "neyman", "equal"]

MINIMUM_DROPPED: Final = "minimum_dropped"
EMPTY_STRATUM: Final = "empty_stratum"
STRATUM_OF_ONE: Final = "stratum_of_one"
PRIOR_MISSING: Final = "prior_missing"


@dataclass(frozen=True)
class Allocation:
    """Cases to draw from each stratum, and what a reader should know about it.

    `sizes` has every stratum of the population, 0 where nothing is drawn. `warnings` holds codes, each once:
    "minimum_dropped" (the minimum of all strata exceeds the sample, so some variances cannot be estimated and
    strata must be collapsed), "empty_stratum" (a stratum has no case and is skipped), "stratum_of_one" (a stratum
    has one case and contributes no variance), "prior_missing" (Neyman allocation without an earlier share for some
    stratum took one half, the most variable).
    """

    sizes: Mapping[str, int]
    warnings: tuple[str, ...] = ()


def allocate(
    population: Mapping[str, int],
    size: int,
    method: Method = "proportional",
    minimum: int = 2,
    priors: Mapping[str, float] | None = None,
) -> Allocation:
    """Share a sample of `size` cases among the strata of `population` (cases open in each).

    The sample is capped at the population (R-43). Each stratum gets at least `minimum` cases or all that it has,
    never more than it has; what one cannot give or must be given is spread over the others by the same measure.
    The measure is the number of cases N (proportional), N times the square root of p(1 - p) with p the earlier
    share in `priors` (neyman), or the same for all (equal). Fractions are settled by the largest remainder, ties
    by the larger stratum, then by its code. Raises Invalid for a negative number, an unknown method or a prior
    outside 0 to 1.
    """
    _check(population, size, method, minimum, priors or {})
    cases = {code: population[code] for code in sorted(population) if population[code]}
    total = min(size, sum(cases.values()))
    floors, warnings = _floors(cases, total, minimum)
    strata = {
        code: _Stratum(_measure(method, count, (priors or {}).get(code, 0.5)), floors[code], Fraction(count))
        for code, count in cases.items()
    }
    sizes = _whole(_shares(strata, Fraction(total)), cases, total)
    if method == "neyman" and not set(cases) <= set(priors or {}):
        warnings = (*warnings, PRIOR_MISSING)
    return Allocation({code: sizes.get(code, 0) for code in population}, warnings + _remarks(population))


def _check(population: Mapping[str, int], size: int, method: Method, minimum: int, priors: Mapping[str, float]) -> None:
    wrong = {code: [f"{count} cases"] for code, count in population.items() if count < 0}
    wrong |= {code: [f"{share} is not a share"] for code, share in priors.items() if not 0 <= share <= 1}
    wrong |= {} if size >= 0 else {"size": [f"{size} cases"]}
    wrong |= {} if minimum >= 0 else {"minimum": [f"{minimum} cases"]}
    wrong |= {} if method in get_args(Method) else {"method": [f"{method!r} is not one of {get_args(Method)}"]}
    if wrong:
        raise Invalid(wrong)


def _floors(cases: Mapping[str, int], total: int, minimum: int) -> tuple[dict[str, Fraction], tuple[str, ...]]:
    floors = {code: Fraction(min(minimum, count)) for code, count in cases.items()}
    if sum(floors.values()) <= total:
        return floors, ()
    return dict.fromkeys(cases, Fraction(0)), (MINIMUM_DROPPED,)


def _measure(method: Method, count: int, prior: float) -> Fraction:
    if method == "equal":
        return Fraction(1)
    if method == "proportional":
        return Fraction(count)
    return count * Fraction(round(sqrt(prior * (1 - prior)), 12))


class _Stratum(NamedTuple):
    """A stratum takes `level` times its measure, held between what it must give and what it has."""

    measure: Fraction
    least: Fraction
    most: Fraction

    def at(self, level: Fraction) -> Fraction:
        return min(max(level * self.measure, self.least), self.most)

    @property
    def edges(self) -> tuple[Fraction, ...]:
        """The levels at which it starts and stops growing; none when its measure is nothing."""
        return (self.least / self.measure, self.most / self.measure) if self.measure else ()

    @property
    def reach(self) -> Fraction:
        return self.most if self.measure else self.least


def _shares(strata: Mapping[str, _Stratum], total: Fraction) -> dict[str, Fraction]:
    """Return exact shares that add up to `total`, all at one level."""
    if total > sum(stratum.reach for stratum in strata.values()):
        strata = {code: _Stratum(one.most, one.reach, one.most) for code, one in strata.items()}
    level = _level(list(strata.values()), total)
    return {code: stratum.at(level) for code, stratum in strata.items()}


def _level(strata: Sequence[_Stratum], total: Fraction) -> Fraction:
    """Return the level at which the strata give `total`: their sum grows in straight lines between the edges."""

    def given(level: Fraction) -> Fraction:
        return sum((stratum.at(level) for stratum in strata), Fraction(0))

    edges = sorted(edge for stratum in strata for edge in stratum.edges)
    if not edges or given(edges[0]) == total:
        return edges[0] if edges else Fraction(0)
    edge = edges[bisect_left(edges, total, key=given)]
    growing = [one.measure for one in strata if one.measure and one.edges[0] < edge <= one.edges[1]]
    return edge - (given(edge) - total) / sum(growing)


def _whole(shares: Mapping[str, Fraction], cases: Mapping[str, int], total: int) -> dict[str, int]:
    sizes = {code: floor(share) for code, share in shares.items()}
    by_remainder = sorted(shares, key=lambda code: (sizes[code] - shares[code], -cases[code], code))
    for code in by_remainder[: total - sum(sizes.values())]:
        sizes[code] += 1
    return sizes


def _remarks(population: Mapping[str, int]) -> tuple[str, ...]:
    counts = population.values()
    return ((EMPTY_STRATUM,) if 0 in counts else ()) + ((STRATUM_OF_ONE,) if 1 in counts else ())
