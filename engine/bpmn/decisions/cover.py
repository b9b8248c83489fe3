"""Which cases the rules of a table cover: boxes in a finite space of cases."""

from collections.abc import Mapping, Sequence
from typing import Final

Box = tuple[frozenset[int], ...]
"""The cases a rule fits: for each question the places of the answers it accepts."""

Case = tuple[int, ...]
"""One answer to each question, by its place."""

MOST_LOOKS: Final = 3_000_000


def is_within(inner: Box, outer: Box) -> bool:
    """Whether every case of `inner` lies in `outer`."""
    return all(one <= other for one, other in zip(inner, outer, strict=True))


def common_case(one: Box, other: Box) -> Case | None:
    """Return a case that lies in both boxes, None when there is none."""
    shared = [left & right for left, right in zip(one, other, strict=True)]
    return tuple(min(side) for side in shared) if all(shared) else None


class Cover:
    """Searches for uncovered cases, giving up after so many looks in all: the question is exponential."""

    def __init__(self, looks: int = MOST_LOOKS) -> None:
        self._looks = looks

    def uncovered_case(self, boxes: Sequence[Box], area: Box) -> Case | None:
        """Return a case of `area` that lies in none of the boxes, None when none is found."""
        self._looks -= 1 + len(boxes) * len(area[0] if area else ())
        if self._looks < 0 or not all(area) or any(is_within(area, box) for box in boxes):
            return None
        if not boxes:
            return tuple(min(side) for side in area)
        first, rest = area[0], area[1:]
        for inside, answer in _slices(boxes, first).items():
            found = self.uncovered_case([boxes[place][1:] for place in inside], rest)
            if found is not None:
                return (answer, *found)
        return None

    def is_covered(self, boxes: Sequence[Box], area: Box) -> bool:
        """Whether every case of `area` surely lies in one of the boxes."""
        return self.uncovered_case(boxes, area) is None and not self.gave_up

    @property
    def gave_up(self) -> bool:
        """Whether a search ended before it was sure."""
        return self._looks < 0


def _slices(boxes: Sequence[Box], side: frozenset[int]) -> Mapping[Case, int]:
    """Return one answer for each different set of boxes (by place) that the answers of a side lie in."""
    slices: dict[Case, int] = {}
    for answer in sorted(side):
        slices.setdefault(tuple(place for place, box in enumerate(boxes) if answer in box[0]), answer)
    return slices
