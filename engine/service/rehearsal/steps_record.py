"""Phrases about what is on record: the policy that everybody can read, and the log that nobody can change."""

from datetime import date

from engine.service.people import accounts
from engine.service.policy import deployments, traceability
from engine.service.record_keeping import verification
from engine.service.rehearsal.acting import expect_same
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Table, UnmetError
from engine.service.rehearsal.stage import Stage
from engine.store import events

MANUAL = "processes/manual/manual.txt"


@say("{person} can read the policy in force")
def can_read_the_policy(stage: Stage, _table: Table | None, name: str) -> None:
    """Expect somebody who may sign in, and the manual among the files of the policy in force."""
    person = stage.person(name)
    if accounts.find(stage.engine, person) is None:
        raise UnmetError(f"{name} cannot sign in.")
    if not deployments.files(stage.engine).get(MANUAL, b"").strip():
        raise UnmetError("The policy in force has no manual.")


@say("the policy in force refers to {quoted}[, checked on {day}]")
def refers_to(stage: Stage, _table: Table | None, title: str, checked: date | None) -> None:
    """Expect a reference among those that the manual page lists, and the day it was last checked where one is given."""
    listed = {one.title: one.checked_on for one in traceability.references(deployments.files(stage.engine))}
    if title not in listed:
        raise UnmetError(f"It does not refer to “{title}”.")
    if checked is not None:
        expect_same(listed[title], checked, f"The day on which “{title}” was checked")


@say("the log of the audit of {case} tells of {person}")
def log_tells_of(stage: Stage, _table: Table | None, case: str, name: str) -> None:
    """Expect an event by somebody in the log of the audit's process."""
    person, audit = stage.person(name), stage.audit(case)
    told = stage.ask(lambda question: [one.actor for one in events.of_stream(question.connection, audit.instance)])
    if person not in told:
        raise UnmetError(f"The log tells of {', '.join(dict.fromkeys(told))}, and not of {name}.")


@say("the log is whole")
def log_is_whole(stage: Stage, _table: Table | None) -> None:
    """Walk the whole log and expect no broken place."""
    found = verification.verify(stage.engine)
    expect_same((found.breaks, found.events > 0), ([], True), "What is broken in the log")
