"""Instants and JSON mean the same on SQLite and on PostgreSQL."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.exc import StatementError

from engine.errors import Unstorable
from engine.store.schema.execution import draft, schedule

NOON = datetime(2026, 12, 10, 12, tzinfo=UTC)
shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
EARLIEST = datetime(1901, 1, 2, tzinfo=UTC)
spans = st.floats(0, 298 * 365 * 86_400, allow_nan=False)
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.builds(lambda offset, seconds: (EARLIEST + timedelta(seconds=seconds)).astimezone(offset), offsets, spans)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
whole = st.integers(-(2**63), 2**63 - 1)
values = st.recursive(
    st.none() | st.booleans() | whole | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
)


def kept_moment(database, moment):
    """The moment as the database gives it back."""
    with database.transaction() as connection:
        connection.execute(schedule.delete())
        connection.execute(insert(schedule), {"process": "other", "next_at": NOON, "active": True})
        connection.execute(insert(schedule), {"process": "this", "next_at": moment, "active": True})
    with database.reading() as connection:
        return connection.execute(select(schedule.c.next_at).where(schedule.c.process == "this")).scalar_one()


def kept_json(database, value):
    """The value as the database gives it back."""
    row = {"instance": "i", "element": "e", "saved_at": NOON}
    with database.transaction() as connection:
        connection.execute(draft.delete())
        connection.execute(insert(draft), [{**row, "person": "other", "raw": {"other": 1}}])
        connection.execute(insert(draft), [{**row, "person": "this", "raw": value}])
    with database.reading() as connection:
        return connection.execute(select(draft.c.raw).where(draft.c.person == "this")).scalar_one()


@shared
@given(moment=moments)
def test_a_moment_comes_back_as_the_same_instant_in_utc(database, moment):
    kept = kept_moment(database, moment)
    assert kept == moment
    assert kept.utcoffset() == timedelta(0)


def test_a_moment_without_an_offset_is_refused(database):
    with pytest.raises(StatementError, match="a moment without an offset cannot be stored"):
        kept_moment(database, datetime(2026, 12, 10, 12))  # noqa: DTZ001 - this is what is refused
    with database.reading() as connection:
        assert connection.execute(select(schedule)).all() == []


def test_moments_are_compared_as_instants(database):
    early, late = datetime(2026, 7, 1, 9, tzinfo=timezone(timedelta(hours=1))), datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
    kept_moment(database, early)
    with database.reading() as connection:
        found = connection.execute(select(schedule.c.process).where(schedule.c.next_at <= late)).scalars().all()
    assert found == ["this"]


@shared
@given(value=st.dictionaries(texts, values, max_size=5))
def test_json_comes_back_as_it_was_with_its_keys_in_order(database, value):
    assert json.dumps(kept_json(database, value)) == json.dumps(value)


@pytest.mark.parametrize("value", [{"a": {1, 2}}, {"a": "\ud800"}, {"a": 2**70}, {1: "a"}, object()])
def test_what_is_no_json_is_refused_in_words(database, value):
    with pytest.raises(Unstorable, match="not made of text, numbers, lists and records"):
        kept_json(database, value)
