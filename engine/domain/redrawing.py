"""Drawing a sample again from its certificate and frame, and saying case by case what differs (I-07)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.domain.sampling import Draw, draw, redraw
from engine.errors import Invalid, NotReproduced


@dataclass(frozen=True)
class Compared:
    """The sample of a stratum: cases drawn both times, and those that only the certificate or only the repetition has.

    All in drawn order.
    """

    stratum: str
    same: tuple[str, ...]
    only_certified: tuple[str, ...]
    only_repeated: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether both times the same cases were drawn."""
        return not self.only_certified and not self.only_repeated


@dataclass(frozen=True)
class Repetition:
    """A draw that was repeated. `differing` names a part of the certificate that does not follow from the frame and
    the rule, None when everything does; `strata` is empty when the frame is too small to draw from at all.
    """

    differing: str | None
    strata: tuple[Compared, ...]

    @property
    def is_same(self) -> bool:
        """Whether the certificate was reproduced in every part."""
        return self.differing is None

    @property
    def cases(self) -> int:
        """How many cases were drawn both times."""
        return sum(len(one.same) for one in self.strata)


def repeat(certificate: Mapping[str, Any], frame: Mapping[str, Sequence[str]]) -> Repetition:
    """Draw again from `certificate` and `frame` (case references by stratum) and compare, whatever was changed."""
    try:
        return Repetition(None, _compared(certificate, redraw(certificate, frame)))
    except NotReproduced as refusal:
        return Repetition(str(refusal.details["part"]), _compared(certificate, _drawn(certificate, frame)))


def _drawn(certificate: Mapping[str, Any], frame: Mapping[str, Sequence[str]]) -> Draw | None:
    try:
        sizes = {stratum: facts["sample"] for stratum, facts in certificate["strata"].items()}
        return draw(frame, sizes, str(certificate["seed"]), str(certificate["cycle"]))
    except (Invalid, KeyError, TypeError, AttributeError):
        return None


def _compared(certificate: Mapping[str, Any], drawn: Draw | None) -> tuple[Compared, ...]:
    if drawn is None:
        return ()
    certified = {stratum: tuple(facts["cases"]) for stratum, facts in certificate["strata"].items()}
    return tuple(
        _of_stratum(stratum, certified.get(stratum, ()), drawn.sample.get(stratum, ()))
        for stratum in dict.fromkeys((*certified, *drawn.sample))
    )


def _of_stratum(stratum: str, certified: tuple[str, ...], repeated: tuple[str, ...]) -> Compared:
    both = {*certified} & {*repeated}
    return Compared(
        stratum,
        same=tuple(case for case in certified if case in both),
        only_certified=tuple(case for case in certified if case not in both),
        only_repeated=tuple(case for case in repeated if case not in both),
    )
