"""Phrases about training in the audit form."""

from datetime import date
from typing import Any

from engine.errors import Invalid
from engine.service.people import directory
from engine.service.rehearsal.acting import expect_same, start
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, Table, UnmetError
from engine.service.rehearsal.stage import STORY, Stage
from engine.service.tasks import work
from engine.service.tasks.facts import facts_for

PROCESS, RELEASE, REASON = "training", "Release the assignments", "untrained_reason"


@say("the new member of the audit pool {person} is not trained")
def joins_untrained(stage: Stage, _table: Table | None, name: str) -> None:
    """Let somebody join the council and its audit pool without a training record."""
    people = stage.ask(lambda question: question.directory.people)
    post = next(person.post for person in people.values() if person.in_audit_pool and person.team is None)
    row = {"username": name.lower(), "name": name, "post": post, "team": None, "line_manager": None}
    rest = {"in_audit_pool": True, "cleared": False, "email": None, "active": True}
    directory.add_council(stage.engine, STORY, [{**row, **rest}], [])


@say("{person} records on {when} that {person} was trained on {day}")
def records_training(stage: Stage, _table: Table | None, name: str, when: Moment, trained: str, day: date) -> None:
    """Begin the process that keeps a training record."""
    stage.move_to(when)
    start(stage, name, PROCESS, {}, {"trained_person": stage.person(trained), "trained_on": day.isoformat()})


@say("the release points out {people} as not trained", "the release points out {person} as not trained")
def points_out(stage: Stage, _table: Table | None, names: str | tuple[str, ...]) -> None:
    """Compare who is named on the form of the release."""
    wanted = {names} if isinstance(names, str) else set(names)
    expect_same(_pointed_out(stage), sorted(wanted), "Who is pointed out")


@say("the release points out nobody as not trained")
def points_out_nobody(stage: Stage, _table: Table | None) -> None:
    """Expect nobody to be named on the form of the release."""
    expect_same(_pointed_out(stage), [], "Who is pointed out")


def _pointed_out(stage: Stage) -> list[str]:
    task = stage.task(RELEASE)
    return sorted(stage.ask(lambda question: _facts(question, task))["untrained"])


def _facts(question: Any, task: Any) -> Any:
    return facts_for(question, task, question.policy.form(task.form))


@say("{person} may not release the assignments without a reason of the Service Manager")
def release_needs_reason(stage: Stage, _table: Table | None, name: str) -> None:
    """Try the release without the reason; the form must ask for it."""
    person, task = stage.person(name), stage.task(RELEASE)
    try:
        work.complete(stage.engine, person, task.id, {"outcome": "release"})
    except Invalid as refusal:
        if REASON not in refusal.errors:
            raise UnmetError(f"It is refused, but because: {refusal.sentence}") from refusal
        return
    raise UnmetError("It is allowed.")
