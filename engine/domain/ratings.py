"""Ratings of the same units by several raters on a fixed scale, the weights of disagreement, and the result type.

The scale is always given in full, because grades that nobody used would otherwise vanish and change the weights
(statistics 3.4: 0.1459 on the levels seen, 0.1262 with the level that was not).
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import comb
from typing import Final, Literal

from engine.domain.intervals import Interval
from engine.errors import Invalid

Grade = str | int | float
Pattern = tuple[int, ...]  # how often each grade of the scale was given to a unit
Weighting = Literal["identity", "linear", "quadratic", "ordinal"]
Weights = tuple[tuple[float, ...], ...]

NO_PAIRS: Final = "no_pairs"
NO_VARIATION: Final = "no_variation"
INCOMPLETE_LEFT_OUT: Final = "incomplete_left_out"


@dataclass(frozen=True)
class Ratings:
    """Ratings of units (rows) by raters (columns), None where one is missing, on a `scale` from low to high.

    `population` counts the units they were drawn from (None: many more). Raises Invalid when the rows differ in
    length, a rating is not on the scale, the scale has fewer than two grades or one twice, or there are more units
    than the population.
    """

    rows: tuple[tuple[Grade | None, ...], ...]
    scale: tuple[Grade, ...]
    population: int | None = None

    def __post_init__(self) -> None:
        wrong: dict[str, list[str]] = {}
        if len(self.scale) < 2 or len(set(self.scale)) < len(self.scale):
            wrong["scale"] = ["a scale needs two grades or more, each once"]
        if len({len(row) for row in self.rows}) > 1:
            wrong["ratings"] = ["every unit needs a place for every rater"]
        strange = {grade for row in self.rows for grade in row if grade is not None} - set(self.scale)
        if strange:
            wrong["rating"] = [f"{strange.pop()!r} is not on the scale"]
        if self.population is not None and len(self.rows) > self.population:
            wrong["population"] = [f"{len(self.rows)} units are more than {self.population}"]
        if wrong:
            raise Invalid(wrong)

    @cached_property
    def patterns(self) -> Mapping[Pattern, int]:
        """How many units were rated in each way; units without any rating are left out."""
        places = {grade: place for place, grade in enumerate(self.scale)}
        found: Counter[Pattern] = Counter()
        for row in self.rows:
            given = [0] * len(self.scale)
            for grade in row:
                if grade is not None:
                    given[places[grade]] += 1
            found[tuple(given)] += 1
        return {pattern: units for pattern, units in found.items() if any(pattern)}

    @cached_property
    def paired(self) -> Mapping[Pattern, int]:
        """The patterns with two ratings or more."""
        return {pattern: units for pattern, units in self.patterns.items() if sum(pattern) > 1}

    @property
    def n(self) -> int:
        """How many units have two ratings or more."""
        return sum(self.paired.values())

    @property
    def undefined_because(self) -> str | None:
        """The remark that says why no coefficient is defined, None when they are."""
        if not self.paired:
            return NO_PAIRS
        used = sum(map(any, zip(*self.paired, strict=True)))
        return NO_VARIATION if used == 1 else None

    def left(self, n: int) -> float:
        """Return the share of the population that is not among the `n` units: the finite population correction."""
        return 1.0 if self.population is None else 1 - n / self.population

    @property
    def raters(self) -> int:
        """How many raters rated anything."""
        return sum(any(grade is not None for grade in column) for column in zip(*self.rows, strict=True))


@dataclass(frozen=True)
class Coefficient:
    """Agreement beyond chance: 1 is perfect, 0 what chance gives, `value` None when it is not defined.

    `name` is "cohen_kappa", "conger_kappa", "fleiss_kappa", "brennan_prediger", "gwet_ac1", "gwet_ac2" or
    "krippendorff_alpha", `weighting` that of the disagreements, `observed` and `expected` the weighted agreement seen
    and that of chance (0 to 1; None for alpha). `n` units were rated twice or more, out of `population` (None: many
    more), by `raters`. `error` is the standard error, None where no formula is used. Remarks: "no_pairs" (no unit has
    two ratings), "no_variation" (all ratings are identical, so chance and agreement cannot be told apart),
    "incomplete_left_out" (Cohen's kappa needs both ratings), and those of agreement.py.
    """

    name: str
    weighting: str
    value: float | None
    observed: float | None
    expected: float | None
    error: float | None
    interval: Interval | None
    n: int
    population: int | None
    raters: int
    remarks: tuple[str, ...] = ()


def weights(size: int, weighting: Weighting) -> Weights:
    """Return the weights (0 to 1) of agreement between the grades of a scale of `size`, by their places on it.

    "identity" counts exact agreement alone; "linear" and "quadratic" lose with the distance and its square; "ordinal"
    with the number of pairs of grades in between (Gwet 2014, chapter 3).
    """
    distance: Callable[[int], float] = {
        "identity": lambda apart: float(apart > 0),
        "linear": lambda apart: apart / (size - 1),
        "quadratic": lambda apart: apart**2 / (size - 1) ** 2,
        "ordinal": lambda apart: comb(apart + 1, 2) / comb(size, 2),
    }[weighting]
    return tuple(tuple(1 - distance(abs(one - other)) for other in range(size)) for one in range(size))
