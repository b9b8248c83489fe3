"""The panels of a dashboard: bars for figures that belong together, drawings of charts, and a list of the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from webapp.render.plots import Plot, plot_of
from webapp.render.words import sentence

Json = Mapping[str, Any]
LEAST: Final = 2
BANDS: Final = 5


@dataclass(frozen=True)
class Bar:
    """One bar: the figure, and lengths from 0 to 100 (None: no figure or no interval)."""

    figure: Json
    length: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Bars:
    """A chart of bars; `finding` is what it shows, in one sentence."""

    id: str
    title: str
    finding: str
    bars: tuple[Bar, ...]

    @property
    def said(self) -> str:
        """What the bars say to those who do not see them."""
        told = (f"{bar.figure['group']}: {bar.figure['shown'] or bar.figure['sentence']}" for bar in self.bars)
        return f"{self.title}. {'; '.join(told)}"


@dataclass(frozen=True)
class Panels:
    """What a part of a dashboard shows: bars, plots (drawings with their picture), grids, figures alone and tables."""

    bars: tuple[Bars, ...]
    plots: tuple[tuple[Json, Plot | None], ...]
    grids: tuple[Json, ...]
    alone: tuple[Json, ...]
    tables: tuple[Json, ...]


def panels(part: Json) -> Panels:
    """Return the panels of a part of a report, in the order of its figures."""
    groups = [list(those) for _, those in groupby(part["figures"], key=lambda one: one["id"])]
    together = [group for group in groups if _belong_together(group)]
    pictures = part.get("pictures", ())
    own = {(one["id"], one["title"]) for one in pictures}
    return Panels(
        bars=tuple(_bars(group, part.get("findings", {})) for group in together),
        plots=tuple((one, plot_of(one)) for one in pictures if one["picture"] == "course"),
        grids=tuple(one for one in pictures if one["picture"] == "grid"),
        alone=tuple(one for group in groups if group not in together for one in group),
        tables=tuple(one for one in part["tables"] if (one["id"], one["title"]) not in own),
    )


def band(share: float) -> int:
    """Return the band of a share, from 1 (lowest) to BANDS, for its shade in a table of shares."""
    return min(int(share * BANDS), BANDS - 1) + 1


def _belong_together(group: Sequence[Json]) -> bool:
    drawn = [one for one in group if one["group"] and one["value"] is not None and one["kind"] in ("share", "count")]
    return len(drawn) >= LEAST and any(one["value"] or one["kind"] == "share" for one in drawn)


def _bars(group: Sequence[Json], findings: Json) -> Bars:
    name = str(group[0]["id"])
    return Bars(name, sentence(_title(group[0])), findings.get(name, ""), tuple(map(_bar, group)))


def _title(first: Json) -> str:
    """Return the title of a figure without what it is about, or else what it is."""
    title, about = str(first["title"]), f": {first['group']}"
    return title.removesuffix(about) if title.endswith(about) else str(first["what"])


def _bar(one: Json) -> Bar:
    if one["kind"] == "count":
        return Bar(one, 100 * one["value"] / one["of"] if one["of"] else None, None, None)
    lengths = (None if one[name] is None else round(100 * one[name], 2) for name in ("value", "low", "high"))
    return Bar(one, *lengths)
