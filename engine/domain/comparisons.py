"""Honest comparisons: of two periods, and of the auditors' answers with those of quality assurance (statistics 3.3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from statistics import mean, variance
from typing import Final

from engine.domain.estimates import CENSUS, NO_VARIATION, PLAIN, VARIANCE_NOT_ESTIMABLE, Estimate, Rules
from engine.domain.intervals import Interval, square_and_add, student
from engine.errors import Invalid

CHANGE_SHOWN: Final = "change_shown"
WITHIN_NOISE: Final = "within_noise"
NOT_COMPARABLE: Final = "not_comparable"
ADJUSTED: Final = "adjusted_for_generosity"
NO_PAIRS: Final = "no_pairs"
TOO_FEW_PAIRS: Final = "too_few_pairs"
CUT: Final = "cut_to_possible"


@dataclass(frozen=True)
class Change:
    """The change of `what` from the `earlier` to the `later` estimate, in their units, with its standard `error`.

    `remarks` holds one of "change_shown" (the interval leaves out no change), "within_noise" (it does not, so nothing
    may be said about a rise or fall) and "not_comparable" (an estimate or its interval is missing), and "census" when
    both were complete and the change is exact.
    """

    what: str
    earlier: Estimate
    later: Estimate
    value: float | None
    error: float | None
    interval: Interval | None
    remarks: tuple[str, ...]


def compare(earlier: Estimate, later: Estimate) -> Change:
    """Compare two estimates from samples drawn independently of each other, by squaring and adding (Newcombe 1998).

    Months are drawn anew, so a case that happens to be in both does no harm. Raises Invalid when the two estimate
    different things, have different levels of confidence, or have a period in common (a rolling quarter and the next
    share two months, and most of what they say).
    """
    shared = sorted(set(earlier.periods) & set(later.periods))
    if shared or (earlier.what, earlier.kind) != (later.what, later.kind):
        reason = f"both hold {', '.join(shared)}" if shared else f"{earlier.what} is not {later.what}"
        raise Invalid({"periods": [f"{reason}; compare the same thing in periods apart"]})
    if earlier.value is None or later.value is None:
        return Change(earlier.what, earlier, later, None, None, None, (NOT_COMPARABLE,))
    value = later.value - earlier.value
    if any(one.interval is None and CENSUS not in one.remarks for one in (earlier, later)):
        return Change(earlier.what, earlier, later, value, None, None, (NOT_COMPARABLE,))
    error = sqrt((earlier.error or 0.0) ** 2 + (later.error or 0.0) ** 2)
    if earlier.interval is None and later.interval is None:
        told = CHANGE_SHOWN if value else WITHIN_NOISE
        return Change(earlier.what, earlier, later, value, error, None, (told, CENSUS))
    interval = square_and_add((earlier.value, earlier.interval), (later.value, later.interval))
    told = WITHIN_NOISE if interval.low <= 0 <= interval.high else CHANGE_SHOWN
    return Change(earlier.what, earlier, later, value, error, interval, (told,))


def adjust_for_generosity(headline: Estimate, pairs: Sequence[tuple[bool, bool]], rules: Rules = PLAIN) -> Estimate:
    """Return the share that quality assurance would have found, to stand beside the `headline` (never instead, I-13).

    `pairs` holds, for each audit that was reviewed, whether the auditor and whether the reviewer met `what`. The mean
    difference is added to the headline; its variance, with the finite correction for m pairs of n audits, to the
    headline's: the difference estimator of two-phase sampling (Cochran 1977, 12.9; C.-E. Särndal, B. Swensson and
    J. Wretman, "Model Assisted Survey Sampling", 1992, 9.7). The t interval has m - 1 degrees of freedom and is cut to
    0 to 1. `n` counts the pairs. Remarks: "adjusted_for_generosity", "no_pairs", "too_few_pairs" (one pair has no
    variance), "variance_not_estimable" (the headline's is not), "no_variation" (all differences are the same, so the
    error is an understatement), "cut_to_possible".
    Raises Invalid when the headline is no share or there are more pairs than audits.
    """
    if headline.kind != "share" or len(pairs) > headline.n:
        raise Invalid({"pairs": [f"{len(pairs)} pairs do not adjust a {headline.kind} from {headline.n} audits"]})
    plain = replace(headline, n=len(pairs), error=None, interval=None, degrees=max(len(pairs) - 1, 0))
    if headline.value is None or not pairs:
        return replace(plain, value=None, remarks=(*headline.remarks, *(() if pairs else (NO_PAIRS,))))
    differences = [float(reviewer) - float(auditor) for auditor, reviewer in pairs]
    moved = headline.value + mean(differences)
    value = min(max(moved, 0.0), 1.0)
    cut = (CUT,) if value != moved else ()
    adjusted = replace(plain, value=value, remarks=(ADJUSTED, *cut))
    if len(pairs) < 2 or headline.error is None:
        reason = TOO_FEW_PAIRS if len(pairs) < 2 else VARIANCE_NOT_ESTIMABLE
        return replace(adjusted, remarks=(*adjusted.remarks, reason))
    error = sqrt(headline.error**2 + variance(differences) * (1 - len(pairs) / headline.n) / len(pairs))
    same = (NO_VARIATION,) if len(set(differences)) == 1 else ()
    interval = student(value, error, len(pairs) - 1, rules.level).within(0, 1) if error else None
    return replace(adjusted, error=error, interval=interval, remarks=(*adjusted.remarks, *same))
