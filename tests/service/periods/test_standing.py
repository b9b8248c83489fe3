"""Where audit periods stand: newest first, and what happens next, with whom or by the clock."""

from sqlalchemy import update

from engine.domain.calendar import local_day
from engine.service.periods import standing
from engine.store.instances import STOPPED
from engine.store.schema.execution import instance
from tests.factories.council import at
from tests.service.monthly import LOCK, PERIOD, RELEASE, UPLOAD, draw, release, upload


def of(council, person="asha"):
    return standing.of_period(council.engine, person, PERIOD).standing


def test_before_the_list_the_analyst_has_the_next_step(council):
    found = of(council)
    assert (found.state, found.population, found.sample, found.audits) == ("awaiting frame", None, None, 0)
    (next_step,) = found.awaited
    assert (next_step.title, next_step.holders, next_step.overdue) == (UPLOAD, ("Hal",), True)
    assert found.clock is None


def test_the_next_step_is_offered_to_who_may_do_it(council):
    task = council.task(UPLOAD).id
    assert of(council, "hal").awaited[0].task == task
    assert of(council, "asha").awaited[0].task is None
    upload(council)
    assert of(council, "gail").awaited[0].title == LOCK
    assert of(council, "gail").awaited[0].task == council.task(LOCK).id


def test_population_sample_and_audits_are_counted(council):
    upload(council)
    assert (of(council).population, of(council).sample) == (28, None)


def test_after_the_release_the_clock_has_the_next_step(council):
    draw(council)
    assert (of(council).population, of(council).sample) == (28, 14)
    assert of(council).awaited[0].title == RELEASE
    release(council)
    found = of(council)
    assert (found.audits, found.done, found.awaited) == (14, 0, ())
    name, moment = found.clock
    assert name == "Cut-off"
    assert local_day(moment) > at(2026, 12, 29).date()


def test_periods_are_listed_newest_first_and_a_page_at_a_time(council, monkeypatch):
    council.pass_to(at(2027, 2, 11))
    found = standing.listed(council.engine, "asha")
    assert [one.id for one in found.rows] == ["2027-02", "2027-01", "2026-12", "2026-11"]
    assert found.total == 4
    monkeypatch.setattr(standing, "PAGE", 3)
    assert [one.id for one in standing.listed(council.engine, "asha", 2).rows] == ["2026-11"]


def test_a_period_that_an_incident_stopped_says_so(council):
    assert not of(council).stopped
    stopped = update(instance).where(instance.c.cycle == PERIOD).values(status=STOPPED)
    council.run(lambda command: command.connection.execute(stopped) and None)
    assert of(council).stopped


def test_a_final_period_waits_for_nothing(reported):
    reported.pass_to(at(2027, 6, 1))
    found = of(reported)
    assert found.state == "final"
    assert (found.awaited, found.clock) == ((), None)
    assert (found.outcomes["late"], found.outcomes["missed"]) == (1, 1)
