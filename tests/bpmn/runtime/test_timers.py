"""Timers fire when they are due, one at a time and in order, at their own moment, and never by the machine's clock."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.bpmn.runtime import stepper
from engine.bpmn.runtime.moment import Moment
from engine.bpmn.runtime.surroundings import Surroundings
from engine.domain.calendar import WorkingCalendar
from engine.errors import StepFailed
from engine.service.functions import Reckoning
from tests.factories import diagrams as draw
from tests.factories.constructs import construct
from tests.factories.diagrams import boundary, catch, chain, end, gateway, script, service, start, timer, user
from tests.factories.drawings import drawn
from tests.factories.running import BEGIN, CALENDAR, Drawing, Played

MUCH_LATER = BEGIN + timedelta(days=60)


def reminded(*timers: str) -> Drawing:
    """A task with non-interrupting timers, each of which is told by the operation `notify`."""
    names = [f"timer_{number}" for number in range(len(timers))]
    parts = [
        part
        for name, when in zip(names, timers, strict=True)
        for part in (
            boundary(name, "work", when, interrupting=False),
            service(f"tell_{name}", "notify", to='"Auditor"', notice=f'"{name}"'),
            end(f"told_{name}"),
            chain(name, f"tell_{name}", f"told_{name}"),
        )
    ]
    return drawn("reminders", start(), user("work"), end(), chain("begun", "work", "done"), *parts)


class Told:
    """What the operation `notify` was called with, and at which moments."""

    def __init__(self) -> None:
        self.at: list[tuple[str, datetime]] = []

    def operations(self, moment):
        def notify(_data, *, to, notice):
            assert to == "Auditor"
            self.at.append((notice, moment.now))

        return {"notify": notify}


def waiting(expression: str, kind: str = "timeDate") -> Drawing:
    pause = catch("pause", timer(expression, kind))
    return drawn("a pause", start(), pause, end(), chain("begun", "pause", "done"))


def test_overdue_timers_fire_in_due_order_at_their_own_moments():
    told = Told()
    dates = timer("working_days(8)"), timer("working_days(2)"), timer('"P5D"', "timeDuration")
    played = Played(reminded(*dates), operations=told.operations)
    played.advance(MUCH_LATER)
    assert told.at == [
        ("timer_1", datetime(2026, 12, 3, 23, 59, 59, tzinfo=UTC)),
        ("timer_2", BEGIN + timedelta(days=5)),
        ("timer_0", datetime(2026, 12, 11, 23, 59, 59, tzinfo=UTC)),
    ]
    assert played.open == ["work"]


def test_timers_due_at_the_same_moment_both_fire_in_the_order_they_are_drawn():
    told = Told()
    played = Played(reminded(timer("working_days(2)"), timer("working_days(2)")), operations=told.operations)
    assert played.advance(MUCH_LATER).passed == (
        "timer_0", "tell_timer_0", "told_timer_0", "timer_1", "tell_timer_1", "told_timer_1",
    )  # fmt: skip


def test_a_timer_fires_at_its_due_moment_and_not_a_second_before():
    played = Played(construct("timers on one task"))
    due = played.step.next_due
    assert due == datetime(2026, 12, 3, 23, 59, 59, tzinfo=UTC)
    assert played.advance(due - timedelta(seconds=1)).passed == ()
    assert played.advance(due).passed == ("half_time",)
    assert played.open == ["nudge", "work"]
    assert played.advance(due).passed == ()


def test_an_interrupting_timer_ends_its_siblings_before_they_fire():
    played = Played(construct("timers on one task"))
    step = played.advance(MUCH_LATER)
    assert "over" in step.passed
    assert "far_over" not in step.passed
    assert played.open == ["explain", "nudge"]
    assert step.next_due is None


def test_of_two_interrupting_timers_due_at_once_only_one_fires():
    drawing = drawn(
        "twins", start(), user("work"), end(), chain("begun", "work", "done"),
        boundary("one", "work", timer("working_days(2)")), user("after_one"), end("end_one"),
        boundary("other", "work", timer("working_days(2)")), user("after_other"), end("end_other"),
        chain("one", "after_one", "end_one"), chain("other", "after_other", "end_other"),
    )  # fmt: skip
    played = Played(drawing)
    played.advance(MUCH_LATER)
    assert played.open == ["after_one"]


def test_what_follows_from_a_timer_is_reckoned_from_its_own_moment():
    drawing = drawn(
        "one after another", start(), catch("first", timer("working_days(2)")),
        user("work", due="working_days(1)"), boundary("second", "work", timer("working_days(3)"), interrupting=False),
        script("note", "noted = now()"), user("look"), end("looked"), end(),
        chain("begun", "first", "work", "done"), chain("second", "note", "look", "looked"),
    )  # fmt: skip
    played = Played(drawing)
    step = played.advance(MUCH_LATER)
    tasks = {task.facts.id: task for task in step.tasks}
    assert tasks["work"].due == "2026-12-04T23:59:59+00:00"
    assert tasks["look"].data["noted"] == "2026-12-08T23:59:59+00:00"


def test_who_completes_a_task_after_its_timers_were_caught_up_finds_them_done():
    played = Played(construct("timers on one task"))
    played.advance(datetime(2026, 12, 4, 9, tzinfo=UTC))
    assert played.do("work").next_due is None
    assert played.open == ["nudge"]


def looping(date: str) -> Drawing:
    return drawn("for ever", start(), gateway("again"), catch("pause", timer(date)), user("work"),
        boundary("at_once", "work", timer(date)), end(), chain("begun", "again", "pause", "work", "done"),
        chain("at_once", "again"))  # fmt: skip


@pytest.mark.parametrize("date", ['"2026-01-01T00:00:00+00:00"', "now()"])
def test_a_storm_of_timers_is_stopped(date):
    played = None
    with pytest.raises(StepFailed, match=r"timers were due at once|it runs on and on"):
        played = Played(looping(date))
        played.advance(MUCH_LATER)
    assert played is None or played.step.next_due is not None


def test_an_hourly_timer_that_was_overslept_catches_up_piece_by_piece():
    drawing = drawn("hourly", start(), gateway("again"), catch("pause", timer('"PT1H"', "timeDuration")), user("work"),
        boundary("hour", "work", timer('"PT1H"', "timeDuration")), end(), chain("hour", "again"),
        chain("begun", "again", "pause", "work", "done"))  # fmt: skip
    played = Played(drawing)
    with pytest.raises(StepFailed, match="more than 200 timers were due at once"):
        played.advance(BEGIN + timedelta(hours=300))
    while played.step.next_due <= BEGIN + timedelta(hours=300):
        played.advance(played.step.next_due)
    assert played.step.next_due == BEGIN + timedelta(hours=301)


@pytest.mark.parametrize(
    ("begin", "due"),
    [
        (datetime(2026, 10, 21, 8, tzinfo=UTC), datetime(2026, 10, 23, 22, 59, 59, tzinfo=UTC)),
        (datetime(2026, 10, 22, 8, tzinfo=UTC), datetime(2026, 10, 26, 23, 59, 59, tzinfo=UTC)),
        (datetime(2027, 3, 22, 9, tzinfo=UTC), datetime(2027, 3, 24, 23, 59, 59, tzinfo=UTC)),
        (datetime(2027, 3, 25, 9, tzinfo=UTC), datetime(2027, 3, 31, 22, 59, 59, tzinfo=UTC)),
    ],
)
def test_the_end_of_a_day_is_told_by_the_clock_in_london(begin, due):
    played = Played(waiting("working_days(2)"), now=begin)
    assert played.step.next_due == due
    assert not played.advance(due - timedelta(seconds=1)).finished
    assert played.advance(due).finished


@pytest.mark.parametrize("date", ['"2027-01-15T09:00"', '"2027-01-15"', '"next week"', "20", "None"])
def test_a_timer_without_a_moment_is_an_incident_where_stock_would_guess(date):
    with pytest.raises(StepFailed):
        Played(waiting(date))


@pytest.mark.parametrize("due", ['"2027-01-15T09:00"', '"soon"', "20"])
def test_a_due_moment_without_an_offset_is_an_incident(due):
    with pytest.raises(StepFailed, match="work"):
        Played(drawn("careless", start(), user("work", due=due), end(), chain("begun", "work", "done")))


def test_naive_moments_are_refused():
    played = Played(waiting("working_days(2)"))
    with pytest.raises(ValueError, match="no offset from UTC"):
        Moment(datetime(2026, 12, 1, 9))  # noqa: DTZ001 - a naive moment is the point
    with pytest.raises(ValueError, match="no offset from UTC"):
        stepper.advance(
            played.deployment, "errand", played.step.state,
            datetime(2026, 12, 24, 9), played.surroundings(),  # noqa: DTZ001 - a naive moment is the point
        )  # fmt: skip


class TestReckonAgain:
    """Days off that are added later move what waits, only ever later, and from when it was armed."""

    DRAWING = drawn(
        "dated", start(), user("work", due="working_days(5)"), boundary("over", "work", timer("working_days(6)")),
        gateway("race", "eventBased"), catch("called", draw.message()), catch("waited", timer("working_days(7)")),
        gateway("split", "parallel"), gateway("either"), gateway("join", "parallel"), end(), end("too_late"),
        chain("begun", "split", "work", "join", "done"), chain("split", "race", "called", "either", "join"),
        chain("race", "waited", "either"), chain("over", "too_late"), top=draw.MESSAGE,
    )  # fmt: skip

    def reckoned(self, played: Played, calendar: WorkingCalendar, now: datetime):
        moment = Moment(now)
        functions = {"working_days": Reckoning(moment, calendar, None).working_days}
        around = Surroundings(moment, functions, {})
        step, moved = stepper.reckon_again(played.deployment, "errand", played.step.state, around)
        played.step = step
        assert moment.now == now
        return step, {element: (before[:10], after[:10]) for element, before, after in moved}

    def test_everything_that_waits_moves_with_an_added_holiday(self):
        played = Played(self.DRAWING)
        closed = WorkingCalendar(closure_days=(datetime(2026, 12, 4).date(),))  # noqa: DTZ001 - a day
        step, moved = self.reckoned(played, closed, BEGIN + timedelta(days=2))
        assert moved == {
            "work": ("2026-12-08", "2026-12-09"),
            "over": ("2026-12-09", "2026-12-10"),
            "race": ("2026-12-10", "2026-12-11"),
        }
        assert step.tasks[0].due == "2026-12-09T23:59:59+00:00"
        assert step.next_due == datetime(2026, 12, 10, 23, 59, 59, tzinfo=UTC)

    def test_nothing_moves_twice_nor_by_a_later_moment_alone(self):
        played = Played(self.DRAWING)
        _, moved = self.reckoned(played, CALENDAR, BEGIN + timedelta(days=5))
        assert moved == {}

    def test_nothing_ever_moves_earlier(self):
        closed = WorkingCalendar(closure_days=(datetime(2026, 12, 4).date(),))  # noqa: DTZ001 - a day
        played = Played(self.DRAWING)
        self.reckoned(played, closed, BEGIN)
        before = played.step
        step, moved = self.reckoned(played, CALENDAR, BEGIN)
        assert moved == {}
        assert (step.next_due, step.tasks[0].due) == (before.next_due, before.tasks[0].due)

    def test_a_duration_is_no_date(self):
        played = Played(waiting('"P5D"', "timeDuration"))
        closed = WorkingCalendar(closure_days=(datetime(2026, 12, 4).date(),))  # noqa: DTZ001 - a day
        assert self.reckoned(played, closed, BEGIN)[1] == {}

    def test_a_failing_expression_leaves_everything_as_it_was(self):
        played = Played(self.DRAWING)
        before, moment = played.step.state, Moment(BEGIN)
        with pytest.raises(StepFailed):
            stepper.reckon_again(played.deployment, "errand", before, Surroundings(moment, {}, {}))
        assert moment.now == BEGIN
        assert played.advance(BEGIN + timedelta(days=30)).passed[0] == "over"
