"""Bars for shares that belong together, drawn on the server: no script, no style, readable as a table beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

LABEL, BAR, ROW = 260, 420, 30
LEAST: Final = 2


@dataclass(frozen=True)
class Bar:
    """One bar: what it is about, the figure in words, and lengths from 0 to BAR (None: no figure or no interval)."""

    label: str
    shown: str
    length: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Chart:
    """A chart of `bars`; `sentence` says what it shows to those who do not see it."""

    title: str
    sentence: str
    bars: tuple[Bar, ...]

    @property
    def height(self) -> int:
        """The height of the drawing in its own units."""
        return ROW * len(self.bars)

    @property
    def width(self) -> int:
        """The width of the drawing in its own units."""
        return LABEL + BAR + 90


def charts(part: Mapping[str, Any]) -> list[Chart]:
    """Return a chart for every two shares or more of the same kind in a part of a report."""
    found = []
    for _, those in groupby(part["figures"], key=lambda one: one["id"]):
        group = [one for one in those if one["kind"] == "share" and one["group"]]
        if sum(one["value"] is not None for one in group) >= LEAST:
            found.append(_chart(group))
    return found


def _chart(group: list[Mapping[str, Any]]) -> Chart:
    return Chart(
        title=str(group[0]["what"]).split(":")[0],
        sentence=" ".join(f"{one['group']}: {one['shown'] or one['sentence']}" for one in group),
        bars=tuple(map(_bar, group)),
    )


def _bar(one: Mapping[str, Any]) -> Bar:
    lengths = (_length(one[name]) for name in ("value", "low", "high"))
    return Bar(str(one["group"]), one["shown"] or "not shown", *lengths)


def _length(share: float | None) -> float | None:
    return None if share is None else round(BAR * share, 1)
