"""The two editions of a month's share: provisional at the cut-off, final when late audits have come in (R-62).

Both are made by the same function from the audits done so far, and both show how many answered and how far the
missing audits could move the figure (statistics 3.3, "Non-response").
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import variance
from typing import Literal

from engine.domain.estimates import PLAIN, Estimate, Rules, estimate_share
from engine.domain.strata import Stratum
from engine.errors import Invalid


@dataclass(frozen=True)
class Response:
    """How many of the `sampled` audits were `done`. Raises Invalid unless 0 <= done <= sampled."""

    done: int
    sampled: int

    def __post_init__(self) -> None:
        if not 0 <= self.done <= self.sampled:
            raise Invalid({"done": [f"{self.done} of {self.sampled} audits is not possible"]})

    @property
    def rate(self) -> float | None:
        """The share that was done (0 to 1), None when nothing was sampled."""
        return self.done / self.sampled if self.sampled else None


@dataclass(frozen=True)
class Bounds:
    """The share if all `missing` audits turned out badly (`low`) and if all turned out well (`high`)."""

    low: float
    high: float
    missing: int


@dataclass(frozen=True)
class Edition:
    """An edition of a share, over all strata and `by_stratum` (codes; several periods of a stratum are pooled).

    `error_if_all_done` is the standard error that the whole sample would have given with the same variation, to show
    what the missing audits cost in precision; None when a stratum has too few audits to tell.
    """

    name: Literal["provisional", "final"]
    overall: Estimate
    by_stratum: Mapping[str, Estimate]
    response: Response
    response_by_stratum: Mapping[str, Response]
    bounds: Bounds | None
    error_if_all_done: float | None


def edition(
    name: Literal["provisional", "final"], what: str, strata: Sequence[Stratum], rules: Rules = PLAIN
) -> Edition:
    """Return an edition of the share `what` from the audits done.

    Months are pooled by handing in their strata together: month and area then make the strata, each weighted by its
    cases, so that the result is the average of the monthly estimates (statistics 3.3, "Rolling quarters"). Raises
    Invalid like `estimate_share`.
    """
    codes = dict.fromkeys(stratum.code for stratum in strata)
    of_code = {code: [stratum for stratum in strata if stratum.code == code] for code in codes}
    return Edition(
        name=name,
        overall=estimate_share(what, strata, rules),
        by_stratum={code: estimate_share(what, those, rules) for code, those in of_code.items()},
        response=response(strata),
        response_by_stratum={code: response(those) for code, those in of_code.items()},
        bounds=worst_and_best(strata),
        error_if_all_done=error_if_all_done(strata),
    )


def response(strata: Iterable[Stratum]) -> Response:
    """Return how many of the cases sampled in `strata` were audited."""
    counts = [(stratum.done, stratum.drawn) for stratum in strata]
    return Response(sum(done for done, _ in counts), sum(drawn for _, drawn in counts))


def response_by(audits: Iterable[tuple[str, bool]]) -> dict[str, Response]:
    """Return the response of each group from pairs of the group an audit belongs to and whether it was done."""
    found: dict[str, list[bool]] = {}
    for group, done in audits:
        found.setdefault(group, []).append(done)
    return {group: Response(sum(those), len(those)) for group, those in found.items()}


def worst_and_best(strata: Sequence[Stratum]) -> Bounds | None:
    """Return the share if all missing audits were 0 and if all were 1 (C. F. Manski, "Partial identification", 2003).

    A stratum of which nothing was sampled could be anything. None when there is no case, or for a domain, as nobody
    knows which missing audits belong to it.
    """
    cases = sum(stratum.population for stratum in strata)
    if not cases or any(stratum.outside for stratum in strata):
        return None
    low = fsum(stratum.population * _share_if(stratum, 0) for stratum in strata) / cases
    high = fsum(stratum.population * _share_if(stratum, 1) for stratum in strata) / cases
    return Bounds(low, high, sum(stratum.drawn - stratum.done for stratum in strata))


def error_if_all_done(strata: Sequence[Stratum]) -> float | None:
    """Return the standard error of the mean if all sampled audits were done and varied like those done (R-62).

    None when a stratum with cases left over has fewer than two audits, when there is no case, or for a domain.
    """
    cases = sum(stratum.population for stratum in strata)
    left = [stratum for stratum in strata if stratum.drawn < stratum.population]
    if not cases or any(stratum.outside for stratum in strata) or any(stratum.done < 2 for stratum in left):
        return None
    return sqrt(fsum(_variance_if_all_done(stratum) * (stratum.population / cases) ** 2 for stratum in left))


def _variance_if_all_done(stratum: Stratum) -> float:
    return (1 - stratum.drawn / stratum.population) * variance(stratum.values) / stratum.drawn


def _share_if(stratum: Stratum, missing: int) -> float:
    if not stratum.drawn:
        return float(missing)
    return (fsum(stratum.values) + missing * (stratum.drawn - stratum.done)) / stratum.drawn
