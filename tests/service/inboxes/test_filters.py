"""Filters that people save for themselves: named, opened, deleted, and on record."""

import pytest

from engine.errors import Invalid, NotFound
from engine.service.inboxes import filters
from engine.service.inboxes.inbox import Wanted

OVERDUE = Wanted(due="overdue", process="case_audit")


def of(council, person):
    return [(one.name, one.wanted) for one in filters.of_person(council.engine, person)]


def test_a_filter_is_kept_for_who_saved_it_and_for_nobody_else(council):
    filters.save(council.engine, "kim", "  Overdue   audits ", OVERDUE)
    filters.save(council.engine, "kim", "About a case", Wanted("mine", "CF-20931"))
    filters.save(council.engine, "zoe", "Overdue audits", Wanted(due="overdue"))
    assert of(council, "kim") == [("About a case", Wanted("mine", "CF-20931")), ("Overdue audits", OVERDUE)]
    assert of(council, "zoe") == [("Overdue audits", Wanted(due="overdue"))]


def test_a_filter_is_deleted_by_who_saved_it(council):
    filters.save(council.engine, "kim", "Overdue audits", OVERDUE)
    (saved,) = filters.of_person(council.engine, "kim")
    with pytest.raises(NotFound, match="no filter of yours"):
        filters.delete(council.engine, "zoe", saved.number)
    assert filters.delete(council.engine, "kim", saved.number) == "Overdue audits"
    assert of(council, "kim") == []
    assert [event.kind for event in council.events(filters.STREAM)] == ["filter saved", "filter deleted"]


@pytest.mark.parametrize(
    ("name", "wanted", "told"),
    [
        ("  ", OVERDUE, "Name the filter"),
        ("n" * 61, OVERDUE, "at most 60 characters"),
        ("overdue AUDITS", OVERDUE, "You have a filter of this name"),
        ("Long", Wanted(case="C" * 65), "at most 64 characters"),
    ],
)
def test_a_filter_that_cannot_be_kept_is_refused_by_its_name(council, name, wanted, told):
    filters.save(council.engine, "kim", "Overdue audits", OVERDUE)
    before = council.dump()
    with pytest.raises(Invalid, match=told) as refusal:
        filters.save(council.engine, "kim", name, wanted)
    assert set(refusal.value.errors) == {"name"}
    assert council.dump() == before


def test_twenty_filters_are_kept(council):
    for number in range(20):
        filters.save(council.engine, "kim", f"Filter {number}", OVERDUE)
    with pytest.raises(Invalid, match="At most 20"):
        filters.save(council.engine, "kim", "One more", OVERDUE)
