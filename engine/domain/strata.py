"""What the audits of each stratum say, and a weighted ratio over strata with its variance.

Every estimate of statistics 3.3 is such a ratio: a case that was audited stands for N_h / r_h cases of its stratum,
and the values of the cases in the domain (often all cases) are averaged with these weights. The variance is that of
the linearised values, stratum by stratum, with the finite population correction (W. G. Cochran, "Sampling
Techniques", 3rd ed. 1977, chapter 5; S. L. Lohr, "Sampling", 2nd ed. 2010, chapters 3 and 4; R `survey::svymean`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isfinite
from typing import Final, Literal

from engine.errors import Invalid

Lonely = Literal["collapse", "adjust"]

LONELY_COLLAPSED: Final = "lonely_stratum_collapsed"
LONELY_ADJUSTED: Final = "lonely_stratum_adjusted"

_LONELY: Final[Mapping[Lonely, str]] = {"collapse": LONELY_COLLAPSED, "adjust": LONELY_ADJUSTED}


@dataclass(frozen=True)
class Stratum:
    """The audits of the stratum `code`, in a `period` where several are pooled.

    `population` counts its cases (N), `sampled` those drawn and eligible (n; None: as many as were audited),
    `values` what the audits found for the cases of the domain, and `outside` audits of cases outside the domain.
    Raises Invalid when more were audited than sampled, more sampled than there are, or a value is not a number.
    """

    code: str
    population: int
    values: tuple[float, ...]
    sampled: int | None = None
    outside: int = 0
    period: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.outside <= self.done <= self.drawn <= self.population:
            counts = f"{self.done} audited of {self.drawn} sampled of {self.population} cases"
            raise Invalid({self.code: [f"{counts} is not possible"]})
        if not all(map(isfinite, self.values)):
            raise Invalid({self.code: ["a value is not a number"]})

    @classmethod
    def counted(
        cls, code: str, population: int, done: int, count: int, sampled: int | None = None, period: str = ""
    ) -> "Stratum":
        """Return the stratum in which `count` of `done` audits met what is asked, as values 1 and 0.

        Raises Invalid unless 0 <= count <= done.
        """
        if not 0 <= count <= done:
            raise Invalid({code: [f"{count} of {done} audits is not possible"]})
        return cls(code, population, (1.0,) * count + (0.0,) * (done - count), sampled, period=period)

    @property
    def done(self) -> int:
        """The audits done (r), whether their case is in the domain or not."""
        return len(self.values) + self.outside

    @property
    def drawn(self) -> int:
        """The cases sampled (n)."""
        return self.done if self.sampled is None else self.sampled

    @property
    def weight(self) -> float:
        """The cases that each audit stands for (N / r); 0 without audits."""
        return self.population / self.done if self.done else 0.0

    @property
    def complete(self) -> bool:
        """Whether every case was audited, so that nothing is left to chance."""
        return self.done == self.population

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from other strata."""
        return self.period, self.code


@dataclass(frozen=True)
class Reckoning:
    """The weighted ratio `value` and its `variance`, None when that cannot be estimated.

    `degrees` of freedom are audits of the domain less strata, complete strata left out of both, as they add nothing
    to the variance. `uniform` tells that a stratum with cases left over showed no variation, so that the variance is
    an understatement.
    """

    value: float
    variance: float | None
    degrees: int
    uniform: bool
    remarks: tuple[str, ...] = ()


def in_order(strata: Sequence[Stratum]) -> list[Stratum]:
    """Return the strata in order of period and code. Raises Invalid when one stands there twice."""
    twice = [key for key, times in Counter(stratum.key for stratum in strata).items() if times > 1]
    if twice:
        raise Invalid({code: [f"{code} {period} stands there twice"] for period, code in twice})
    return sorted(strata, key=lambda stratum: stratum.key)


def totals(strata: Sequence[Stratum]) -> tuple[float, float]:
    """Return the estimated sum of the values and number of the cases in the domain."""
    return (
        fsum(stratum.weight * fsum(stratum.values) for stratum in strata),
        fsum(stratum.weight * len(stratum.values) for stratum in strata),
    )


def reckon(
    strata: Sequence[Stratum],
    lonely: Lonely = "collapse",
    nearest: Mapping[str, str] | None = None,
    finite: bool = True,
) -> Reckoning:
    """Return the weighted ratio over `strata`, at least one of which has an audit in the domain.

    A stratum with one audit and cases left over has no variance of its own. "collapse" joins it, for the variance
    alone, with the area that `nearest` names for it, else with the same area in another period, else with the stratum
    nearest in size (Cochran 1977, 5A.12); "adjust" centres it at the grand mean (R `survey.lonely.psu = "adjust"`).
    Without `finite` populations are taken to be far larger than the samples. Raises Invalid when nobody answered.
    """
    top, base = totals(strata)
    if not base:
        raise Invalid({"strata": ["no audit of the domain was done"]})
    seen = {value for stratum in strata for value in stratum.values}
    value = seen.pop() if len(seen) == 1 else top / base
    open_strata = [stratum for stratum in strata if stratum.done and not (finite and stratum.complete)]
    groups = _groups(open_strata, lonely, nearest or {})
    parts = [_spread(group, value, base, finite) for group in groups]
    inside = [sum(len(stratum.values) for stratum in group) for group in groups]
    degrees = sum(count - 1 for count in inside if count)
    variance = None if groups and degrees < 1 else fsum(parts)
    uniform = any(count and not part for count, part in zip(inside, parts, strict=True))
    alone = len(open_strata) > 1 and any(stratum.done == 1 for stratum in open_strata)
    return Reckoning(value, variance, degrees, uniform, (_LONELY[lonely],) if alone else ())


def _spread(group: Sequence[Stratum], value: float, base: float, finite: bool) -> float:
    """Return what strata taken together add to the variance: that of the total of their linearised values."""
    parts = [stratum.weight * (found - value) / base for stratum in group for found in stratum.values]
    parts += [0.0] * sum(stratum.outside for stratum in group)
    n = len(parts)
    left = 1 - n / sum(stratum.population for stratum in group) if finite else 1.0
    if n == 1:
        return left * parts[0] ** 2
    if len(set(parts)) == 1:
        return 0.0
    mean = fsum(parts) / n
    return left * n / (n - 1) * fsum((part - mean) ** 2 for part in parts)


def _groups(strata: Sequence[Stratum], lonely: Lonely, nearest: Mapping[str, str]) -> list[list[Stratum]]:
    homes = {stratum.key: [stratum] for stratum in strata}
    for stratum in strata if lonely == "collapse" and len(strata) > 1 else ():
        if stratum.done == 1 and len(homes[stratum.key]) == 1:
            home = homes[_nearest(stratum, strata, nearest).key]
            home.append(stratum)
            homes[stratum.key] = home
    return list({id(home): home for home in homes.values()}.values())


def _nearest(lone: Stratum, strata: Sequence[Stratum], nearest: Mapping[str, str]) -> Stratum:
    named = (lone.period, nearest.get(lone.code, ""))

    def distance(other: Stratum) -> tuple[bool, bool, bool, int, tuple[str, str]]:
        elsewhere = other.code != lone.code, other.period != lone.period
        return other.key != named, *elsewhere, abs(other.population - lone.population), other.key

    return min((other for other in strata if other.key != lone.key), key=distance)
