"""Published and worked ratings: pairs, exercises and the reliability literature's data."""

from collections import Counter
from collections.abc import Sequence

from engine.domain.ratings import Grade, Ratings

GRADES = (1, 2, 3, 4)  # Inadequate to Outstanding

# Twenty-four audits, each graded by its auditor and by quality assurance.
AUDITORS = (3, 3, 2, 2, 3, 4, 2, 3, 1, 2, 3, 3, 2, 4, 3, 2, 2, 3, 3, 2, 1, 3, 2, 3)
REVIEWERS = (3, 2, 2, 2, 3, 3, 2, 3, 1, 1, 3, 2, 2, 3, 3, 2, 3, 3, 2, 2, 2, 3, 2, 2)

_ROWS = "3332 2232 3333 2122 3233 2222 4333 2212 332- 2322"
OFFICERS = ("Bev", "Dan", "Eve", "Finn")
EXERCISE: dict[str, dict[str, Grade | None]] = {
    str(item): {officer: None if grade == "-" else int(grade) for officer, grade in zip(OFFICERS, row, strict=True)}
    for item, row in enumerate(_ROWS.split(), start=1)
}

# Fleiss 1971: thirty patients, six psychiatrists, five diagnoses (R irr::diagnoses).
DIAGNOSES = """
    444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445 333335
    111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555
"""

# Fourteen raters, ten subjects, five categories: how many raters chose each (Wikipedia, "Fleiss' kappa").
FOURTEEN_RATERS = (
    (0, 0, 0, 0, 14),
    (0, 2, 6, 4, 2),
    (0, 0, 3, 5, 6),
    (0, 3, 9, 2, 0),
    (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0),
    (3, 2, 6, 3, 0),
    (2, 5, 3, 2, 2),
    (6, 5, 2, 1, 0),
    (0, 2, 2, 3, 7),
)


def by_rater(scale: Sequence[Grade], *raters: str) -> Ratings:
    """Return ratings from one string for each rater, "-" where a rating is missing."""
    columns = [[None if grade == "-" else int(grade) for grade in rater.split()] for rater in raters]
    return Ratings(tuple(zip(*columns, strict=True)), tuple(scale))


def by_unit(scale: Sequence[Grade], units: str) -> Ratings:
    """Return ratings from one word of digits for each unit."""
    return Ratings(tuple(tuple(map(int, unit)) for unit in units.split()), tuple(scale))


def from_counts(counts: Sequence[Sequence[int]]) -> Ratings:
    """Return ratings from how many raters gave each grade to a unit, on a scale from 1."""
    rows = tuple(tuple(Counter(dict(enumerate(unit, start=1))).elements()) for unit in counts)
    return Ratings(rows, tuple(range(1, len(counts[0]) + 1)))


def from_table(table: Sequence[Sequence[int]]) -> Ratings:
    """Return the ratings of two raters from the square table of their grades, on a scale from 1."""
    places = range(len(table))
    rows = tuple((one + 1, other + 1) for one in places for other in places for _ in range(table[one][other]))
    return Ratings(rows, tuple(place + 1 for place in places))


# Krippendorff's "C data": four observers, twelve units, ratings missing.
C_DATA = by_rater(
    (1, 2, 3, 4, 5),
    "1 2 3 3 2 1 4 1 2 - - -",
    "1 2 3 3 2 2 4 1 2 5 - -",
    "- 3 3 3 2 3 4 2 2 5 1 3",
    "1 2 3 3 2 4 4 1 2 5 1 -",
)
WIKIPEDIA = by_rater(
    (1, 2, 3, 4),
    "- - - - - 3 4 1 2 1 1 3 3 - 3",
    "1 - 2 1 3 3 4 3 - - - - - - -",
    "- - 2 1 3 4 4 - 2 1 1 3 3 - 4",
)
ANXIETY = (
    "3 6 4 6 2 4 2 4 3 3 2 3 3 3 2 2 1 3 3 4",
    "2 1 4 4 3 2 1 6 1 1 1 2 3 3 1 1 3 3 2 2",
)
