"""A stratified random draw that anyone can repeat, and the hidden ranks for quality assurance.

Within a stratum cases are put in the order of SHA-256(seed | cycle | stratum | case); the first n are the sample
and the others are reserves in that order (I-07, R-41, statistics 3.2). The seed is made after the frame is locked,
so nobody can choose a frame or a seed that favours a case.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from json import dumps
from math import ceil
from typing import Any, TypedDict

from engine.domain.calendar import parse_moment
from engine.errors import Invalid, NotReproduced

_STATED = ("locked_at", "seed_made_at", "allocation", "guide", "reserves_used")


@dataclass(frozen=True)
class Draw:
    """A sample of `cycle`, by stratum.

    `population` counts the cases of the frame (N), `sample` and `reserves` hold case references in drawn order,
    and `probabilities` the chance (0 to 1) that each case of the stratum had to be in the sample, n / N.
    """

    cycle: str
    seed: str
    frame_sha256: str
    population: Mapping[str, int]
    sample: Mapping[str, tuple[str, ...]]
    reserves: Mapping[str, tuple[str, ...]]
    probabilities: Mapping[str, float]


class ReserveUsed(TypedDict):
    """A case that left the sample because it was not eligible, the reserve `by` which it was replaced, and why."""

    stratum: str
    replaced: str
    by: str
    reason: str


@dataclass(frozen=True, order=True)
class QualityRank:
    """The hidden place of an assignment among those of its `source`; 1 is reviewed first."""

    source: str
    rank: int


def frame_sha256(frame: Mapping[str, Collection[str]]) -> str:
    """Return the fingerprint of a frame, whatever the order of its strata and cases."""
    canonical = {stratum: sorted(cases) for stratum, cases in frame.items()}
    return sha256(dumps(canonical, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def draw(frame: Mapping[str, Sequence[str]], sizes: Mapping[str, int], seed: str, cycle: str) -> Draw:
    """Draw `sizes` cases from the strata of `frame` (case references by stratum), without replacement (R-41).

    Raises Invalid when a case stands in the frame twice, when a stratum has no size, or when a size is negative
    or above the cases of its stratum (hard gate 12).
    """
    _check(frame, sizes)
    order = {stratum: _drawn_order(seed, cycle, stratum, cases) for stratum, cases in frame.items()}
    return Draw(
        cycle=cycle,
        seed=seed,
        frame_sha256=frame_sha256(frame),
        population={stratum: len(cases) for stratum, cases in order.items()},
        sample={stratum: cases[: sizes[stratum]] for stratum, cases in order.items()},
        reserves={stratum: cases[sizes[stratum] :] for stratum, cases in order.items()},
        probabilities={stratum: sizes[stratum] / len(cases) if cases else 0.0 for stratum, cases in order.items()},
    )


def next_reserve(drawn: Draw, stratum: str, used: Collection[str]) -> str | None:
    """Return the first reserve of `stratum` that is not in `used`, None when there is none left (DEC-7, I-16)."""
    return next((case for case in drawn.reserves[stratum] if case not in used), None)


def certify(
    drawn: Draw,
    *,
    locked_at: str,
    seed_made_at: str,
    allocation: str,
    guide: str,
    reserves_used: Sequence[ReserveUsed] = (),
) -> dict[str, Any]:
    """Return the draw certificate as plain JSON: all that is needed to repeat the draw from the frame.

    `locked_at` and `seed_made_at` are ISO moments with offset, `allocation` the method and `guide` the version of
    the sampling guide (R-42). Raises Invalid when the seed was made before the frame was locked (I-07), and when
    a used reserve was not the next of its stratum or replaces a case that was not drawn.
    """
    if parse_moment(seed_made_at) < parse_moment(locked_at):
        raise Invalid({"seed_made_at": [f"{seed_made_at} is before the frame was locked, {locked_at}"]})
    _check_reserves(drawn, reserves_used)
    strata = {
        stratum: {
            "population": drawn.population[stratum],
            "sample": len(cases),
            "probability": drawn.probabilities[stratum],
            "cases": list(cases),
        }
        for stratum, cases in drawn.sample.items()
    }
    return {
        "cycle": drawn.cycle,
        "seed": drawn.seed,
        "frame_sha256": drawn.frame_sha256,
        "locked_at": locked_at,
        "seed_made_at": seed_made_at,
        "allocation": allocation,
        "guide": guide,
        "strata": strata,
        "reserves_used": [dict(used) for used in reserves_used],
    }


def sampled_cases(certificate: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the cases to audit by stratum: the drawn ones, with the reserves that took the place of some."""
    found = {stratum: list(facts["cases"]) for stratum, facts in certificate["strata"].items()}
    for used in certificate["reserves_used"]:
        cases = found[used["stratum"]]
        cases[cases.index(used["replaced"])] = used["by"]
    return {stratum: tuple(cases) for stratum, cases in found.items()}


def redraw(certificate: Mapping[str, Any], frame: Mapping[str, Sequence[str]]) -> Draw:
    """Repeat the draw of a `certificate` from the `frame` and return it.

    Raises NotReproduced naming a part of the certificate that does not follow from the frame and the rule: a frame
    that was changed, a case that was put in or taken out, a number that was altered.
    """
    if certificate.get("frame_sha256") != frame_sha256(frame):
        raise NotReproduced(part="frame_sha256")
    try:
        sizes = {stratum: facts["sample"] for stratum, facts in certificate["strata"].items()}
        drawn = draw(frame, sizes, str(certificate["seed"]), str(certificate["cycle"]))
        repeated = certify(drawn, **{part: certificate[part] for part in _STATED})
    except Invalid as error:
        raise NotReproduced(part=", ".join(error.errors)) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise NotReproduced(part="certificate") from error
    for part in sorted(certificate.keys() | repeated.keys()):
        if certificate.get(part) != repeated.get(part):
            raise NotReproduced(part=part)
    return drawn


def quality_ranks(assignments: Mapping[str, str], seed: str) -> dict[str, QualityRank]:
    """Rank `assignments` (identifier to source, such as pool or officer) at random within each source (DEC-5).

    The ranks are hidden until an audit is authorised (I-08), so `seed` must be a secret of its own and never the
    published seed of the draw.
    """
    by_source: dict[str, list[str]] = {}
    for assignment, source in assignments.items():
        by_source.setdefault(source, []).append(assignment)
    return {
        assignment: QualityRank(source, place)
        for source, members in by_source.items()
        for place, assignment in enumerate(_drawn_order(seed, "quality", source, members), start=1)
    }


def selected(
    ranks: Mapping[str, QualityRank], fraction: float, minimum: int, missed: Collection[str] = ()
) -> frozenset[str]:
    """Return the assignments to review: of each source the first `fraction`, rounded up, and at least `minimum`.

    Assignments in `missed`, which did not complete by the cut-off, give their place to the next rank (DEC-5, M5).
    Raises Invalid when `fraction` is not between 0 and 1 or `minimum` is negative.
    """
    if not 0 <= fraction <= 1 or minimum < 0:
        raise Invalid({"fraction": [f"{fraction} of each source and at least {minimum} is no selection"]})
    chosen: set[str] = set()
    for source in {rank.source for rank in ranks.values()}:
        members = sorted((rank, name) for name, rank in ranks.items() if rank.source == source)
        wanted = max(minimum, ceil(Fraction(str(fraction)) * len(members)))
        chosen.update([name for _, name in members if name not in missed][:wanted])
    return frozenset(chosen)


def _drawn_order(seed: str, cycle: str, stratum: str, cases: Sequence[str]) -> tuple[str, ...]:
    start = sha256(f"{seed}|{cycle}|{stratum}|".encode())

    def place(case: str) -> tuple[bytes, str]:
        hashed = start.copy()
        hashed.update(case.encode())
        return hashed.digest(), case

    return tuple(sorted(cases, key=place))


def _check(frame: Mapping[str, Sequence[str]], sizes: Mapping[str, int]) -> None:
    times = Counter(case for cases in frame.values() for case in cases)
    wrong: dict[str, list[str]] = {}
    for stratum, cases in frame.items():
        twice = [case for case in cases if times[case] > 1]
        size = sizes.get(stratum, -1)
        if twice:
            wrong[stratum] = [f"{twice[0]} stands in the frame twice"]
        elif not 0 <= size <= len(cases):
            wrong[stratum] = [f"{size} of {len(cases)} cases cannot be drawn"]
    wrong |= {stratum: ["is not in the frame"] for stratum in sizes.keys() - frame.keys() if sizes[stratum]}
    if wrong:
        raise Invalid(wrong)


def _check_reserves(drawn: Draw, reserves_used: Sequence[ReserveUsed]) -> None:
    taken: set[str] = set()
    left: set[str] = set()
    for used in reserves_used:
        stratum, replaced, by = used["stratum"], used["replaced"], used["by"]
        if by != next_reserve(drawn, stratum, taken):
            raise Invalid({"reserves_used": [f"{by} was not the next reserve of {stratum}"]})
        if replaced in left or replaced not in (*drawn.sample[stratum], *taken):
            raise Invalid({"reserves_used": [f"{replaced} was not in the sample of {stratum}"]})
        taken.add(by)
        left.add(replaced)
