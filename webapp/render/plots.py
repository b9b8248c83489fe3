"""Control charts drawn on the server: places in per cent across and in pixels down, so that text keeps its size."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

Json = Mapping[str, Any]
TOP, HEIGHT = 10, 180
LEFT, RIGHT = 3, 97


@dataclass(frozen=True)
class Mark:
    """A point: its place, its mark ("dot", "diamond" beyond a limit, "square" in a run) and its limits, where any."""

    point: Json
    x: float
    y: float
    shape: str
    low: float | None
    high: float | None
    left: float
    right: float


@dataclass(frozen=True)
class Plot:
    """The drawing of a control chart: its marks, the lines between neighbours and the height of the centre."""

    marks: tuple[Mark, ...]
    lines: tuple[tuple[Mark, Mark], ...]
    centre: float
    first: str
    last: str
    least: str
    most: str
    said: str
    bottom: int = TOP + HEIGHT


SHAPES: Final = {"above": "diamond", "below": "diamond", "run": "square", None: "dot"}


def plot_of(picture: Json) -> Plot | None:
    """Return the drawing of a control chart, None when it has fewer than two points."""
    drawn = [one for one in picture["points"] if one["value"] is not None]
    if len(drawn) < 2 or picture["centre"] is None:
        return None
    down = _Scale(picture, drawn)
    step = (RIGHT - LEFT) / len(drawn)
    marks = tuple(_mark(one, place, step, down) for place, one in enumerate(drawn))
    told = "; ".join(_told(drawn))
    return Plot(
        marks,
        tuple(pairwise(marks)),
        down(picture["centre"]),
        str(drawn[0]["label"]),
        str(drawn[-1]["label"]),
        *_ends(drawn),
        f"{picture['title']}. {picture['sentence']} {told}",
    )


class _Scale:
    """Turns a value into pixels from the top: all values and limits fit, and shares are drawn on their own range."""

    def __init__(self, picture: Json, drawn: list[Json]) -> None:
        values = [one[name] for one in drawn for name in ("value", "low", "high") if one[name] is not None]
        self._least, self._most = min(*values, picture["centre"]), max(*values, picture["centre"])

    def __call__(self, value: float) -> float:
        width = self._most - self._least
        share = (value - self._least) / width if width else 0.5
        return round(TOP + HEIGHT * (1 - share), 1)


def _mark(one: Json, place: int, step: float, down: _Scale) -> Mark:
    left = LEFT + place * step
    low, high = (None if one[name] is None else down(one[name]) for name in ("low", "high"))
    x = round(left + step / 2, 2)
    return Mark(one, x, down(one["value"]), SHAPES[one["signal"]], low, high, round(left, 2), round(left + step, 2))


def _ends(drawn: list[Json]) -> tuple[str, str]:
    """Return the lowest and the highest of all values and limits, as they are read."""
    pairs = (("value", "shown"), ("low", "low_shown"), ("high", "high_shown"))
    told = [(one[name], str(one[words])) for one in drawn for name, words in pairs if one[name] is not None]
    return min(told)[1], max(told)[1]


def _told(drawn: list[Json]) -> Iterator[str]:
    for one in drawn:
        yield f"{one['label']}: {one['shown']}" + (f" ({one['said'].lower()})" if one["said"] else "")
