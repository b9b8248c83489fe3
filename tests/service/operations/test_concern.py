"""A safeguarding concern is on record from its first moment and waits for nobody absent (section 10, R-80 to R-85)."""

import pytest

from engine.service.people import directory
from engine.store import concerns
from tests.factories.council import AUDIT, at

CASE, OTHER = "CF-20931", "CF-20932"


@pytest.fixture
def audited(council):
    """Two audits with Kim; a concern will be raised about one of them."""
    council.assign(OTHER, "kim")
    return council.assign(CASE, "kim")


def raise_concern(council):
    return council.begin("kim", "safeguarding_concern", CASE)


def found(council, case=CASE):
    return council.ask(lambda question: concerns.of_case(question.connection, case))


def away(council, person):
    day = at(2026, 12, 1).date()
    directory.record_absence(council.engine, "asha", person, day, day)


def test_a_concern_is_on_record_with_who_raised_it_and_when(council, audited):
    instance = raise_concern(council)
    (row,) = found(council)
    assert (row.instance, row.audit, row.raised_by, row.raised_at) == (instance, audited.id, "kim", council.clock.now())
    assert row.history[0]["by"] == "kim"
    assert row.history[-1]["state"] == row.state
    assert found(council, OTHER) == []


def test_the_audit_goes_on_meanwhile(council, audited):
    before = council.task(AUDIT, CASE)
    raise_concern(council)
    assert council.task(AUDIT, CASE) == before


def test_each_further_step_is_added_to_its_history(council, audited):
    raise_concern(council)
    (before,) = found(council)
    for title in council.titles(CASE):
        if title != AUDIT:
            council.complete(council.holders(council.task(title, CASE))[0], title, CASE)
            break
    (after,) = found(council)
    assert after.history[: len(before.history)] == before.history


def test_it_never_waits_for_somebody_who_is_away(council, audited):
    away(council, "mo")
    raise_concern(council)
    (row,) = found(council)
    holders = {
        one for title in council.titles(CASE) if title != AUDIT for one in council.holders(council.task(title, CASE))
    }
    assert holders
    assert "mo" not in holders | {row.told}
