"""The moment is handed in, and the runtime cannot be entered without one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from engine.bpmn.runtime.moment import Moment, aware, current, running
from tests.factories.running import BEGIN


def test_there_is_no_moment_outside_a_command():
    with pytest.raises(RuntimeError, match="without a moment"):
        current()


def test_a_moment_holds_while_a_command_runs_and_within_another():
    first, second = Moment(BEGIN), Moment(BEGIN)
    with running(first):
        with running(second):
            assert current() is second
        assert current() is first
    with pytest.raises(RuntimeError):
        current()


def test_each_thread_has_its_own():
    def seen(number: int) -> int:
        with running(Moment(BEGIN, number)):
            return current().count

    with running(Moment(BEGIN)), ThreadPoolExecutor(4) as pool:
        assert list(pool.map(seen, range(20))) == list(range(20))
        assert current().count == 0


def test_a_naive_moment_is_refused():
    assert aware(BEGIN) is BEGIN
    for make in (aware, Moment):
        with pytest.raises(ValueError, match="has no offset from UTC"):
            make(datetime(2026, 12, 1, 9))  # noqa: DTZ001 - a naive moment is the point
    assert Moment(datetime(2026, 7, 1, 9, tzinfo=UTC)).now.tzinfo is UTC
