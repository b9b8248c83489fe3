"""Phrases about the figures of a month. The whole month is played: list, draw, release, and every audit."""

from datetime import date, time, timedelta
from typing import Any

from engine.domain.editions import Edition
from engine.domain.sampling import sampled_cases
from engine.service.audits import figures
from engine.service.rehearsal import steps_council, steps_cycle
from engine.service.rehearsal.acting import columns, complete, complete_titled
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, StoryError, Table, UnmetError, first_of
from engine.service.rehearsal.stage import Stage
from engine.store import cycles as cycle_rows
from engine.store import tasks

RELEASE, AUDIT = "Release the assignments", "Audit the case record"
HEAD = ("service area", "population", "sampled", "done", "good or better")
GOOD, NOT_GOOD = "good", "requires_improvement"
LIST_DAY, RELEASE_DAY, LAST_DAY = 12, 14, 70


@say("the {month} cycle closes provisionally on {when} with")
def closes_provisionally(stage: Stage, table: Table | None, month: str, when: Moment) -> None:
    """Play the month up to the cut-off with so many audits done in each service area."""
    first = first_of(month)
    rows = columns(table, *HEAD)
    _release(stage, first, rows)
    stage.kept["done"] = {}
    _audit(stage, rows)
    stage.move_to(when)
    stage.move_to(Moment(when.day, time(23, 59, 59)))
    stage.move_to(Moment(when.day + timedelta(days=1), time(0, 1)))
    _expect_state(stage, "provisional")


@say("the {month} cycle closes finally with")
def closes_finally(stage: Stage, table: Table | None, _month: str) -> None:
    """Let the late audits come in, and time pass until the final edition."""
    _audit(stage, columns(table, *HEAD))
    found = _cycle(stage)
    stage.move_to(Moment(found.reference_date + timedelta(days=LAST_DAY * 2), time(12)))
    _expect_state(stage, "final")


def _release(stage: Stage, first: date, rows: list[Any]) -> None:
    size = sum(int(row.sampled) for row in rows)
    officers = stage.ask(lambda question: len(steps_cycle.officers(question)))
    most = stage.ask(_officer_maximum)
    steps_council.the_pool_has(stage, None, max(size - most * officers, officers))
    population = [["service area", "cases"], *([row.service_area, row.population] for row in rows)]
    day = Moment(first.replace(day=LIST_DAY), None)
    steps_cycle.sample_is_drawn(stage, population, size, day)
    drawn = {area: facts["sample"] for area, facts in _cycle(stage).certificate["strata"].items()}
    wanted = {row.service_area: int(row.sampled) for row in rows}
    if drawn != wanted:
        raise StoryError(f"The draw gives {drawn}, and the story says {wanted}.")
    task = stage.task(RELEASE)
    release = Moment(first.replace(day=RELEASE_DAY), None)
    complete_titled(stage, stage.name(stage.holders(task)[0]), RELEASE, None, release, {"outcome": "release"})


def _officer_maximum(question: Any) -> int:
    post = next(post for post in question.posts.lanes if question.posts.rule(post).holder == "allocated")
    return int(question.decide("capacity", post=post)["maximum"])


def _audit(stage: Stage, rows: list[Any]) -> None:
    sampled = sampled_cases(_cycle(stage).certificate)
    for row in rows:
        done, good = stage.kept["done"].get(row.service_area, (0, 0))
        more, more_good = int(row.done) - done, int(row.good_or_better) - good
        for place, case in enumerate(sampled[row.service_area][done : done + more]):
            _authorise(stage, case, GOOD if place < more_good else NOT_GOOD)
        stage.kept["done"][row.service_area] = (done + more, good + more_good)


def _authorise(stage: Stage, case: str, grade: str) -> None:
    audit = stage.audit(case)
    task = stage.task(AUDIT, case)
    given = {"overall_grade": grade, "remedial_action_required": "no", "remedial_actions": []}
    complete(stage, audit.auditor, task, given)


def _expect_state(stage: Stage, state: str) -> None:
    found = _cycle(stage)
    if found.state != state:
        open_tasks = stage.ask(lambda question: tasks.of_instance(question.connection, found.instance))
        raise UnmetError(f"The audit period is {found.state}, {len(open_tasks)} tasks in.")


@say("the estimate {quoted} is {percent} with a 95% interval of {percent} to {percent}")
def the_estimate_is(stage: Stage, _table: Table | None, what: str, share: float, low: float, high: float) -> None:
    """Compare the weighted estimate and its interval, in percent to one place."""
    found = _edition(stage)
    if found.overall.what != what or found.overall.interval is None or found.overall.value is None:
        raise UnmetError(f"The estimate is of “{found.overall.what}”.")
    interval = found.overall.interval
    shown = tuple(round(100 * value, 1) for value in (found.overall.value, interval.low, interval.high))
    if shown != (share, low, high):
        raise UnmetError("It is {}% with an interval of {}% to {}%.".format(*shown))


@say("the response rate is {percent}")
def the_response_is(stage: Stage, _table: Table | None, rate: float) -> None:
    """Compare the share of the sampled audits that were done."""
    found = _edition(stage).response.rate
    if found is None or round(100 * found, 1) != rate:
        raise UnmetError(f"It is {found}.")


def _edition(stage: Stage) -> Edition:
    row = _cycle(stage)
    return figures.of_cycle(stage.engine, row.id, figures.EDITIONS[row.state])


def _cycle(stage: Stage) -> Any:
    """Return the period that was drawn last; later ones may be open by now."""
    rows = stage.ask(lambda question: cycle_rows.every(question.connection))
    drawn = [row for row in rows if row.certificate is not None]
    if not drawn:
        raise UnmetError("No sample has been drawn.")
    return drawn[0]
