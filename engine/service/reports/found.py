"""What a subject of a report finds: figures with the rows behind them, and tables. Words come later (writing.py)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from engine.domain.control_charts import Chart
from engine.domain.estimates import Estimate
from engine.domain.intervals import Interval
from engine.domain.ratings import Coefficient

Kind = Literal["count", "share", "mean", "total", "difference", "coefficient", "points", "width"]
Cell = str | int | float | None
Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Figure:
    """One figure: `id` chooses its words, `group` says which of several it is.

    `value` is a share (0 to 1), a count, a mean or a coefficient, None when nothing may be said; `n` is what it was
    reckoned from, out of `of`, for `cases`. `rows` are the records behind it, None when there are none to show: as many
    as the value of a count, and as `n` otherwise. `facts` fill further places of its sentences.
    """

    id: str
    kind: Kind
    value: float | None
    n: int
    of: int | None = None
    cases: int | None = None
    interval: Interval | None = None
    remarks: tuple[str, ...] = ()
    group: str | None = None
    rows: Sequence[Row] | None = None
    facts: Mapping[str, float | str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table: `id` chooses its words, `columns` are the ids of its columns, `group` says which of several it is."""

    id: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    group: str | None = None


@dataclass(frozen=True)
class Course:
    """The course of a figure over time on a control chart: `id` chooses its words, `kind` says how it is written.

    `behind` are the rows behind its points by their label, `sizes` how many audits each rests on where the chart does
    not say so itself.
    """

    id: str
    kind: Kind
    chart: Chart
    behind: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Piece:
    """A share `count` of `of` in a table of shares; `key` is what the rows behind it are called."""

    key: str
    count: int
    of: int
    interval: Interval | None

    @property
    def value(self) -> float:
        """The share, from 0 to 1."""
        return self.count / self.of


@dataclass(frozen=True)
class Grid:
    """Shares by row and column: `pieces` line by line, None where a number under `minimum` is withheld."""

    id: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    pieces: tuple[tuple[Piece | None, ...], ...]
    minimum: int
    behind: Mapping[str, Sequence[Row]] = field(default_factory=dict)


Found = Figure | Table | Course | Grid


def count(name: str, rows: Sequence[Row], of: int | None = None, group: str | None = None) -> Figure:
    """Return how many rows there are, out of `of`."""
    return Figure(name, "count", len(rows), len(rows), of, group=group, rows=rows)


def estimated(
    name: str,
    estimate: Estimate,
    rows: Sequence[Row] | None = None,
    group: str | None = None,
    **facts: float | str | None,
) -> Figure:
    """Return an estimate as a figure; the rows are the audits it was reckoned from."""
    return Figure(
        name,
        estimate.kind,
        estimate.value,
        estimate.n,
        cases=estimate.population,
        interval=estimate.interval,
        remarks=estimate.remarks,
        group=group,
        rows=rows,
        facts=facts,
    )


def agreed(name: str, coefficient: Coefficient, judged: str | None = None) -> Figure:
    """Return a coefficient of agreement as a figure; `judged` says in words how far it may be relied on."""
    return Figure(
        name,
        "coefficient",
        coefficient.value,
        coefficient.n,
        interval=coefficient.interval,
        remarks=coefficient.remarks,
        facts={"more": judged},
    )
