"""The hash chain holds while nothing changes; erased details are told from lost ones by tombstones (I-01, R-05)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.eventlog import BEGINNING, ERASED, STREAMS, Link, breaks, fingerprint, marker

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
Entry = tuple[Link, str]


def chain(stream: str, *details: dict[str, object], kind: str = "noted") -> list[Entry]:
    entries: list[Entry] = []
    head = BEGINNING
    for n, one in enumerate(details, start=1):
        link = Link(stream, n, kind, "mo", AT, one, head)
        head = link.hash
        entries.append((link, head))
    return entries


def erased(entries: list[Entry], *numbers: int) -> list[Entry]:
    """The same events, without the details of some."""
    return [(replace(link, details=marker("r1")) if link.n in numbers else link, stored) for link, stored in entries]


def tombstone(entries: list[Entry], stream: str = "a") -> list[Entry]:
    remains = [entry for entry in entries if entry[0].is_erased]
    return chain("retention", {STREAMS: {stream: fingerprint(remains)}}, kind=ERASED)


LIVE = chain("a", {"one": 1}, {"two": 2}, {"three": 3})
OTHERS = chain("b", {"x": 1}, {"y": 2})
GONE = erased(LIVE, 1, 3)


def test_a_chain_that_nobody_touched_holds() -> None:
    assert breaks([*LIVE, *OTHERS]) == []


@given(st.sets(st.integers(1, 3), min_size=1))
def test_erased_details_with_a_tombstone_are_no_break(numbers: set[int]) -> None:
    gone = erased(LIVE, *numbers)
    assert breaks([*gone, *OTHERS, *tombstone(gone)]) == []
    assert breaks([*tombstone(gone), *gone]) == []


def test_the_last_tombstone_of_a_stream_counts() -> None:
    first, second = erased(LIVE, 1), erased(LIVE, 1, 2)
    stones = chain(
        "retention",
        *({STREAMS: {"a": fingerprint([one for one in gone if one[0].is_erased])}} for gone in (first, second)),
        kind=ERASED,
    )
    assert breaks([*second, *stones]) == []
    assert len(breaks([*first, *stones])) == 1


def test_details_lost_without_a_tombstone_are_a_break() -> None:
    assert breaks([*GONE, *OTHERS]) == ["a: event 1 lost its details, and no tombstone tells of it."]
    assert len(breaks([*GONE, *tombstone(GONE, "b")])) == 2


@pytest.mark.parametrize(
    "change", [{"kind": "other"}, {"actor": "somebody"}, {"at": AT.replace(minute=1)}, {"details": {"one": 2}}]
)
def test_what_is_left_of_an_erased_event_cannot_be_changed(change: dict[str, object]) -> None:
    changed = [(replace(GONE[0][0], **change), GONE[0][1]), *GONE[1:]]  # type: ignore[arg-type]
    assert breaks([*changed, *tombstone(GONE)]) != []


def test_more_details_than_the_tombstone_names_cannot_vanish() -> None:
    more = erased(LIVE, 1, 2, 3)
    assert breaks([*more, *tombstone(GONE)]) == [
        "a: what is left of its erased events is not what the tombstone tells."
    ]
