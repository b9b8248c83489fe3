"""The clock: moved by hand it never goes back, and a leap of the machine's is noticed (design on reliability 2.5)."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.service.clock import ClockWatch, SystemClock, VirtualClock, seconds_since_start

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


class Machine:
    """A machine on which time goes by, and whose clock somebody sets."""

    def __init__(self) -> None:
        self.elapsed, self.set_by = 0.0, timedelta(0)

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.elapsed) + self.set_by


def test_a_clock_moved_by_hand_never_goes_back() -> None:
    clock = VirtualClock(NOON)
    clock.move_to(NOON - timedelta(days=1))
    assert clock.now() == NOON
    clock.move_to(NOON + timedelta(days=1))
    assert clock.now() == NOON + timedelta(days=1)


@pytest.mark.parametrize("leap", [timedelta(hours=3), timedelta(hours=-3), timedelta(seconds=61), timedelta(days=-40)])
def test_a_leap_is_noticed_once_and_in_its_direction(leap: timedelta) -> None:
    machine = Machine()
    watch = ClockWatch(machine, lambda: machine.elapsed)
    machine.elapsed += 5
    assert watch.leap() is None
    machine.elapsed, machine.set_by = machine.elapsed + 5, leap
    found = watch.leap()
    assert found is not None and abs(found - leap) < timedelta(milliseconds=1)
    assert watch.leap() is None


@pytest.mark.parametrize("drift", [0, 1, -1, 59, -59])
def test_a_clock_that_is_put_right_has_not_leapt(drift: int) -> None:
    machine = Machine()
    watch = ClockWatch(machine, lambda: machine.elapsed)
    for _ in range(100):
        machine.elapsed += 5
        machine.set_by += timedelta(seconds=drift)
        assert watch.leap() is None


def test_time_that_goes_by_while_the_machine_sleeps_is_no_leap() -> None:
    machine = Machine()
    watch = ClockWatch(machine, lambda: machine.elapsed)
    machine.elapsed += 8 * 3600
    assert watch.leap() is None


def test_the_clock_of_this_machine_does_not_leap() -> None:
    watch = ClockWatch(SystemClock())
    assert seconds_since_start() <= seconds_since_start()
    assert watch.leap() is None
