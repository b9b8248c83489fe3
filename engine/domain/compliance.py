"""What became of remedial actions: the review four months on, and the review of reviews.

Three facts are kept apart (manual section 11, DEC-4, R-116 to R-118): *fulfilled*, really done, as a Quality
Assurance Officer judged; *completed*, signed off by the Practice Manager; *authorised*, confirmed by a Practice
Manager or Service Manager as done. All eight combinations are legal, and two people may look at the same action and
be right to disagree; the report says which is which.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from engine.domain.estimates import Estimate, simple_share
from engine.errors import Invalid

Outcome = Literal[
    "done_signed_off_and_confirmed",
    "done_and_signed_off",
    "done_and_confirmed_but_not_signed_off",
    "done_but_not_signed_off",
    "signed_off_and_confirmed_but_not_done",
    "signed_off_but_not_done",
    "confirmed_but_not_done",
    "not_done",
    "discharged",
    "not_yet_due",
    "not_applicable",
]
Lasting = Literal["sustained", "partly", "not_sustained", "cannot_tell"]

CANNOT_TELL: Final = "cannot_tell"

_OF_FACTS: Final[Mapping[tuple[bool, bool, bool], Outcome]] = {
    (True, True, True): "done_signed_off_and_confirmed",
    (True, True, False): "done_and_signed_off",
    (True, False, True): "done_and_confirmed_but_not_signed_off",
    (True, False, False): "done_but_not_signed_off",
    (False, True, True): "signed_off_and_confirmed_but_not_done",
    (False, True, False): "signed_off_but_not_done",
    (False, False, True): "confirmed_but_not_done",
    (False, False, False): "not_done",
}
_NOTHING_LEFT: Final = frozenset({"done_signed_off_and_confirmed", "discharged", "not_yet_due", "not_applicable"})
_CLAIMED: Final = frozenset(
    {"signed_off_and_confirmed_but_not_done", "signed_off_but_not_done", "confirmed_but_not_done"}
)


@dataclass(frozen=True)
class ReviewedAction:
    """A remedial action of a `category` as the four-month review found it.

    `fulfilled` is None when the question does not apply (the action was withdrawn); `management_decision` says that
    an authorised one stands; `due` is False while the action's time still runs (A-24).
    """

    category: str
    fulfilled: bool | None
    completed: bool
    authorised: bool
    management_decision: bool = False
    due: bool = True

    @property
    def outcome(self) -> Outcome:
        """The class of the action by its facts (M6).

        An authorised management decision discharges what was not done and never makes it fulfilled (DEC-10). What is
        not done, not claimed to be done and not yet due is "not_yet_due".
        """
        if self.fulfilled is None:
            return "not_applicable"
        if self.management_decision and not self.fulfilled:
            return "discharged"
        outcome = _OF_FACTS[self.fulfilled, self.completed, self.authorised]
        return "not_yet_due" if outcome == "not_done" and not self.due else outcome

    @property
    def outstanding(self) -> bool:
        """Whether somebody still has to do, sign off or confirm something (R-123)."""
        return self.outcome not in _NOTHING_LEFT

    @property
    def claimed(self) -> bool:
        """Whether it was signed off or confirmed although it was not done (R-118)."""
        return self.outcome in _CLAIMED


@dataclass(frozen=True)
class Compliance:
    """The number and nature of `n` reviewed actions (R-124), counted by outcome, and by category and outcome.

    `fulfilled` is the share done of the actions that apply and are due, `discharged` the share set aside by a
    management decision; all actions are reviewed and none sampled (R-114), so both are censuses without interval.
    """

    n: int
    by_outcome: Mapping[Outcome, int]
    by_category: Mapping[str, Mapping[Outcome, int]]
    outstanding: int
    claimed: int
    fulfilled: Estimate
    discharged: Estimate


@dataclass(frozen=True)
class Sustained:
    """The share of past improvements that lasted (R-125), with `counts` of each judgement.

    `estimate` is the share sustained among those that could be judged, by Wilson; `low` and `high` are the shares if
    none and if all of the others had lasted (None without any). Remark: "cannot_tell" when there are others.
    """

    estimate: Estimate
    counts: Mapping[Lasting, int]
    low: float | None
    high: float | None
    remarks: tuple[str, ...]


def compliance_of(actions: Iterable[ReviewedAction]) -> Compliance:
    """Count what the four-month review found."""
    reviewed = list(actions)
    categories = dict.fromkeys(action.category for action in reviewed)
    outcomes = Counter(action.outcome for action in reviewed)
    to_be_done = len(reviewed) - outcomes["not_applicable"] - outcomes["not_yet_due"]
    done = sum(action.fulfilled is True for action in reviewed)
    return Compliance(
        n=len(reviewed),
        by_outcome=_every(outcomes),
        by_category={
            category: _every(Counter(action.outcome for action in reviewed if action.category == category))
            for category in categories
        },
        outstanding=sum(action.outstanding for action in reviewed),
        claimed=sum(action.claimed for action in reviewed),
        fulfilled=simple_share("fulfilled", done, to_be_done, to_be_done),
        discharged=simple_share("discharged", outcomes["discharged"], to_be_done, to_be_done),
    )


def sustained_share(judgements: Iterable[str], population: int | None = None, level: float = 0.95) -> Sustained:
    """Estimate the share of improvements that were sustained, from a random sample out of `population` (R-125).

    Raises Invalid for a judgement that is not "sustained", "partly", "not_sustained" or "cannot_tell", or when there
    are more judgements than `population`.
    """
    counts = Counter(judgements)
    strange = counts.keys() - set(get_args(Lasting))
    if strange:
        raise Invalid({"judgement": [f"{strange.pop()!r} is not one of {get_args(Lasting)}"]})
    n, lasted, untold = counts.total(), counts["sustained"], counts["cannot_tell"]
    if population is not None and n > population:
        raise Invalid({"population": [f"{n} judgements of {population} improvements is not possible"]})
    return Sustained(
        estimate=simple_share("sustained", lasted, n - untold, population, level),
        counts={judgement: counts[judgement] for judgement in get_args(Lasting)},
        low=lasted / n if n else None,
        high=(lasted + untold) / n if n else None,
        remarks=(CANNOT_TELL,) if untold else (),
    )


def _every(counts: Mapping[Outcome, int]) -> dict[Outcome, int]:
    return {outcome: counts.get(outcome, 0) for outcome in get_args(Outcome)}
