"""Small counts are withheld, and cannot be worked out from what is shown: checked against every possible table."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.suppression import TOTAL, Cell, with_totals, withheld
from engine.errors import Invalid


def table(*rows: tuple[int, ...]) -> dict[Cell, int]:
    return {(row, column): count for row, line in enumerate(rows) for column, count in enumerate(line)}


def possible(counts: dict[Cell, int], hidden: frozenset[Cell], cell: Cell) -> set[int]:
    """Every count of `cell` in a table that agrees with all that is shown, found by trying; the sum of all is shown."""
    every = with_totals(counts)
    known = {one: count for one, count in every.items() if TOTAL not in one and one not in hidden}
    unknown = [one for one in every if TOTAL not in one and one in hidden]
    found = set()
    for values in shares_of(every[TOTAL, TOTAL] - sum(known.values()), len(unknown)):
        tried = with_totals({**dict.fromkeys(counts, 0), **known, **dict(zip(unknown, values, strict=True))})
        if all(tried[one] == count for one, count in every.items() if one not in hidden):
            found.add(tried[cell])
    return found


def shares_of(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to make a total of so many parts, 0 among them."""
    if parts <= 1:
        yield (total,) * parts
        return
    for first in range(total + 1):
        for rest in shares_of(total - first, parts - 1):
            yield first, *rest


def test_a_lone_small_count_takes_neighbours_with_it() -> None:
    counts = table((3, 9, 20), (8, 12, 7), (30, 6, 9))
    hidden = withheld(counts, 5)
    assert (0, 0) in hidden
    for row in range(3):
        assert sum((row, column) in hidden for column in range(3)) != 1
    for column in range(3):
        assert sum((row, column) in hidden for row in range(3)) != 1
    assert not any(TOTAL in cell for cell in hidden)


def test_large_counts_are_all_shown() -> None:
    assert withheld(table((5, 9), (8, 12)), 5) == frozenset()


def test_a_small_count_beside_a_zero_is_protected_by_another() -> None:
    counts = table((0, 3, 8), (9, 9, 9))
    hidden = withheld(counts, 5)
    assert len(possible(counts, hidden, (0, 1))) > 1


def test_a_small_total_is_withheld_with_its_cells_and_everything_where_nearly_nothing_is_counted() -> None:
    hidden = withheld(table((1, 2), (9, 9), (8, 8)), 5)
    assert {(0, 0), (0, 1), (0, TOTAL)} <= hidden
    nothing = table((1, 2), (0, 1))
    assert withheld(nothing, 5) == frozenset(with_totals(nothing))
    assert withheld({}, 5) == {(TOTAL, TOTAL)}


def test_one_row_and_one_column_protect_themselves() -> None:
    for counts in (table((3, 9, 12)), table((3,), (9,), (12,))):
        hidden = withheld(counts, 5)
        assert len(possible(counts, hidden, (0, 0))) > 1


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(Invalid):
        withheld(table((1, -1)), 5)


@given(st.lists(st.tuples(*[st.integers(0, 3)] * 2), min_size=1, max_size=3))
def test_no_small_count_can_be_worked_out(rows: list[tuple[int, ...]]) -> None:
    counts = table(*rows)
    hidden = withheld(counts, 2)
    every = with_totals(counts)
    assert {cell for cell, count in every.items() if count < 2} <= hidden
    if (TOTAL, TOTAL) in hidden:
        return
    for cell, count in every.items():
        if count == 1:
            assert len(possible(counts, hidden, cell)) > 1, (counts, hidden, cell)


@given(st.lists(st.tuples(*[st.integers(0, 40)] * 4), min_size=1, max_size=8), st.integers(1, 8))
def test_withholding_ends_and_holds_every_small_count(rows: list[tuple[int, ...]], minimum: int) -> None:
    counts = table(*rows)
    hidden = withheld(counts, minimum)
    assert {cell for cell, count in with_totals(counts).items() if count < minimum} <= hidden
