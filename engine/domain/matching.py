"""Who audits which case: as many cases as possible, fairly spread, and never a forbidden pair.

Cases and auditors form a bipartite graph in which an auditor may hold several cases. Shortest augmenting paths are
followed in phases (J. Hopcroft and R. Karp, "An n^5/2 algorithm for maximum matchings in bipartite graphs", SIAM
Journal on Computing 2, 1973), so a matching of E allowed pairs among V cases and auditors takes O(E sqrt V).
Capacities are opened step by step: first what each auditor is owed, then one more for everybody at a time. A path
never takes a case from an auditor without giving another, so the first steps stay filled and loads stay even.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from engine.errors import Invalid


@dataclass(frozen=True)
class Auditor:
    """Somebody who may be given up to `capacity` cases, and is `owed` that many before others get more (R-27)."""

    name: str
    capacity: int
    owed: int = 0


@dataclass(frozen=True)
class Unmatched:
    """A case that nobody could be given, and why.

    `barred` counts the auditors that were forbidden by the reason given for them; `full` counts those who were
    allowed but hold all they can, on cases that nobody else could take.
    """

    case: str
    barred: Mapping[str, int]
    full: int


@dataclass(frozen=True)
class Matching:
    """`pairs` of case to auditor, the `unmatched` cases, and the `unused` capacity of every auditor."""

    pairs: Mapping[str, str]
    unmatched: tuple[Unmatched, ...]
    unused: Mapping[str, int]


def match(
    cases: Sequence[str], auditors: Sequence[Auditor], forbidden: Mapping[tuple[str, str], str], seed: str
) -> Matching:
    """Give as many `cases` as possible to `auditors`, and never a pair (case, auditor) of `forbidden`.

    `forbidden` holds the reason for each pair that may not be (R-30, DEC-12, I-16). Of all largest matchings it
    is one in which most auditors have what they are owed, then most have one case, then two, and so on. The same
    `seed` gives the same matching whatever the order of the arguments; another seed gives another one. Raises
    Invalid when a case or an auditor is named twice, or a capacity is negative.
    """
    _check(cases, auditors)
    rows = sorted(cases, key=lambda case: _place(seed, "case", case))
    columns = sorted(auditors, key=lambda auditor: _place(seed, "auditor", auditor.name))
    board = _Board(_allowed(rows, columns, forbidden), len(columns))
    for caps in _openings(columns, len(rows)):
        board.fill(caps)
    held = {rows[row]: columns[column] for row, column in board.column_of.items()}
    loads = Counter(auditor.name for auditor in held.values())
    return Matching(
        pairs={case: held[case].name for case in cases if case in held},
        unmatched=tuple(_explain(case, auditors, forbidden) for case in cases if case not in held),
        unused={auditor.name: auditor.capacity - loads[auditor.name] for auditor in auditors},
    )


def _check(cases: Sequence[str], auditors: Sequence[Auditor]) -> None:
    named = Counter(("case", case) for case in cases) + Counter(("auditor", one.name) for one in auditors)
    wrong = {name: [f"this {kind} is named {times} times"] for (kind, name), times in named.items() if times > 1}
    wrong |= {one.name: [f"capacity {one.capacity}, owed {one.owed}"] for one in auditors if one.capacity < 0}
    if wrong:
        raise Invalid(wrong)


def _place(seed: str, kind: str, name: str) -> tuple[bytes, str]:
    return sha256(f"{seed}|{kind}|{name}".encode()).digest(), name


def _allowed(rows: Sequence[str], columns: Sequence[Auditor], forbidden: Mapping[tuple[str, str], str]) -> list[int]:
    """Return for each case the set of auditors who may take it, as the bits of a number."""
    row_of = {case: row for row, case in enumerate(rows)}
    column_of = {auditor.name: column for column, auditor in enumerate(columns)}
    allowed = [(1 << len(columns)) - 1] * len(rows)
    for case, auditor in forbidden:
        if case in row_of and auditor in column_of:
            allowed[row_of[case]] &= ~(1 << column_of[auditor])
    return allowed


def _openings(columns: Sequence[Auditor], cases: int) -> Iterator[list[int]]:
    """Yield the capacities step by step: what is owed, then at least one, at least two, and so on to the full."""
    full = [min(auditor.capacity, cases) for auditor in columns]
    for step in range(max(full, default=0) + 1):
        yield [min(most, max(auditor.owed, step)) for auditor, most in zip(columns, full, strict=True)]


def _explain(case: str, auditors: Sequence[Auditor], forbidden: Mapping[tuple[str, str], str]) -> Unmatched:
    reasons = [forbidden.get((case, auditor.name)) for auditor in auditors]
    barred = Counter(reason for reason in reasons if reason is not None)
    return Unmatched(case, dict(barred.most_common()), reasons.count(None))


class _Board:
    """The matching as it grows. Cases and auditors are numbers, sets of auditors are the bits of a number."""

    def __init__(self, allowed: list[int], columns: int) -> None:
        self.allowed = allowed
        self.held: list[list[int]] = [[] for _ in range(columns)]
        self.column_of: dict[int, int] = {}

    def fill(self, caps: Sequence[int]) -> None:
        """Add cases until no path leads from an unmatched case to an auditor with room under `caps`."""
        while layers := self._layers(caps):
            untried = [list(cases) for cases in self.held]
            for row in self._unmatched():
                path = self._path(row, layers, untried)
                self._shift(path)
                if path and len(self.held[path[-1][1]]) == caps[path[-1][1]]:
                    layers[-1] &= ~(1 << path[-1][1])

    def _unmatched(self) -> list[int]:
        return [row for row in range(len(self.allowed)) if row not in self.column_of]

    def _layers(self, caps: Sequence[int]) -> list[int]:
        """Return the auditors at distance 1, 2, ... from the unmatched cases, ending with those who have room."""
        room = sum(1 << column for column, cases in enumerate(self.held) if len(cases) < caps[column])
        layers: list[int] = []
        seen = 0
        frontier: Iterable[int] = self._unmatched()
        while True:
            reached = 0
            for row in frontier:
                reached |= self.allowed[row]
            reached &= ~seen
            if not reached:
                return []
            if reached & room:
                return [*layers, reached & room]
            layers.append(reached)
            seen |= reached
            frontier = (row for column in _bits(reached) for row in self.held[column])

    def _path(self, row: int, layers: list[int], untried: list[list[int]]) -> list[tuple[int, int]]:
        """Return the moves (case to auditor) that make room for `row`, none when this phase has no such path."""
        path: list[tuple[int, int]] = []
        while True:
            choices = self.allowed[row] & layers[len(path)]
            if choices:
                column = (choices & -choices).bit_length() - 1
                if len(path) == len(layers) - 1:
                    return [*path, (row, column)]
                if untried[column]:
                    path.append((row, column))
                    row = untried[column].pop()
                else:
                    layers[len(path)] &= ~(1 << column)
            elif path:
                row, _ = path.pop()
            else:
                return []

    def _shift(self, path: Sequence[tuple[int, int]]) -> None:
        for row, column in path:
            if row in self.column_of:
                self.held[self.column_of[row]].remove(row)
            self.held[column].append(row)
            self.column_of[row] = column


def _bits(mask: int) -> Iterator[int]:
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1
