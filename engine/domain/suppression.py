"""Withholding small counts in a table, so that none of them can be worked out from what is still shown.

Source: requirements 1.11 (suppress.min_n); D. Gusfield, "A graph theoretic approach to statistical data security",
SIAM Journal on Computing 17 (1988): the cells of a table are flows between its rows and columns, and a withheld cell is
protected as long as some other flow agrees with all that is shown.
"""

from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Final

from engine.errors import Invalid

TOTAL: Final = None
Line = str | int | None
Cell = tuple[Line, Line]
"""A row and a column; TOTAL in the place of one stands for its sum over all of them."""

_IN, _OUT = ("all", "in"), ("all", "out")
_DEAR: Final = 10**9
"""A total is withheld only when no way leads around it."""


@dataclass(frozen=True)
class _Flow:
    """A cell as a flow of `count` from one line to another."""

    cell: Cell
    start: Hashable
    end: Hashable
    count: int


def withheld(counts: Mapping[Cell, int], minimum: int) -> frozenset[Cell]:
    """Return the cells and totals of a table that may not be shown, from its inner `counts` by row and column.

    Every count below `minimum` is withheld, 0 too; then as few others as need be, so that no small count that stands
    for anybody can be worked out from the rest, although a reader knows that counts are never negative. The sum of
    all is (TOTAL, TOTAL); it is withheld only when nothing less will do, and then everything is. Raises Invalid for a
    negative count.
    """
    wrong = {str(cell): [f"{count} is no count"] for cell, count in counts.items() if count < 0}
    if wrong:
        raise Invalid(wrong)
    every = with_totals(counts)
    hidden = {cell for cell, count in every.items() if count < minimum}
    if (TOTAL, TOTAL) in hidden:
        return frozenset(every)
    flows = [_flow(cell, count) for cell, count in every.items() if cell != (TOTAL, TOTAL)]
    for own in [flow for flow in flows if flow.cell in hidden and flow.count]:
        way = _cheapest_way_around(flows, own, hidden)
        if way is None:
            return frozenset(every)
        hidden |= way
    return frozenset(hidden)


def with_totals(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    """Return the counts with the sums of their rows and columns, and of all; a missing cell counts 0."""
    rows, columns = (list(dict.fromkeys(cell[place] for cell in counts)) for place in (0, 1))
    found = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    inner = dict(found)
    for row in rows:
        found[row, TOTAL] = sum(inner[row, column] for column in columns)
    for column in columns:
        found[TOTAL, column] = sum(inner[row, column] for row in rows)
    found[TOTAL, TOTAL] = sum(inner.values())
    return found


def _flow(cell: Cell, count: int) -> _Flow:
    row, column = cell
    if column is TOTAL:
        return _Flow(cell, _OUT, ("row", row), count)
    if row is TOTAL:
        return _Flow(cell, ("column", column), _IN, count)
    return _Flow(cell, ("row", row), ("column", column), count)


def _cheapest_way_around(flows: Sequence[_Flow], own: _Flow, hidden: Set[Cell]) -> Set[Cell] | None:
    """Return the cells to withhold so that one more, or one less, can flow through a cell; None when there are none."""
    steps: dict[Hashable, list[tuple[Hashable, float, Cell]]] = {}
    for flow in flows:
        if flow.cell != own.cell:
            cost = 0.0 if flow.cell in hidden else flow.count + (_DEAR if TOTAL in flow.cell else 1)
            steps.setdefault(flow.start, []).append((flow.end, cost, flow.cell))
            if flow.count:  # Nothing can flow back against what is 0: a reader knows that no count is negative.
                steps.setdefault(flow.end, []).append((flow.start, cost, flow.cell))
    ways = (_way(steps, own.end, own.start), _way(steps, own.start, own.end))
    found = [way for way in ways if way is not None]
    return min(found, key=lambda way: way[0])[1] if found else None


def _way(
    steps: Mapping[Hashable, Sequence[tuple[Hashable, float, Cell]]], start: Hashable, end: Hashable
) -> tuple[float, Set[Cell]] | None:
    """Return the cheapest way and what it costs (E. W. Dijkstra, Numerische Mathematik 1, 1959)."""
    order = count()
    waiting: list[tuple[float, int, Hashable, tuple[Cell, ...]]] = [(0, next(order), start, ())]
    seen: set[Hashable] = set()
    while waiting:
        cost, _, line, cells = heappop(waiting)
        if line == end:
            return cost, frozenset(cells)
        if line not in seen:
            seen.add(line)
            for further, more, cell in steps.get(line, ()):
                heappush(waiting, (cost + more, next(order), further, (*cells, cell)))
    return None
