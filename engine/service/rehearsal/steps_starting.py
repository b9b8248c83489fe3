"""Phrases about processes that somebody begins by hand."""

from engine.service.rehearsal.acting import answers, start
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, StoryError, Table
from engine.service.rehearsal.stage import Stage
from engine.store import audits


@say("{person} begins {quoted}[ for {case}] on {when}[ with]")
def begins(stage: Stage, table: Table | None, name: str, process: str, case: str | None, when: Moment) -> None:
    """Begin a process by its name, about the newest audit of the case; a table gives answers by question."""
    stage.move_to(when)
    start(stage, name, _process(stage, process), _about(stage, case), answers(table))


@say("{person} may not begin {quoted}[ for {case}][ because {quoted}]")
def may_not_begin(
    stage: Stage, _table: Table | None, name: str, process: str, case: str | None, because: str | None
) -> None:
    """Expect that the process cannot be begun by this person."""
    identifier, facts = _process(stage, process), _about(stage, case)
    stage.refused(lambda: start(stage, name, identifier, facts, {}), because)


def _process(stage: Stage, name: str) -> str:
    definitions = stage.ask(lambda question: question.policy.processes.values())
    found = [one.id for one in definitions if one.name == name and one.start.form is not None]
    if not found:
        raise StoryError(f"No process that is begun by hand is called “{name}”.")
    return str(found[0])


def _about(stage: Stage, case: str | None) -> dict[str, object]:
    if case is None:
        return {}
    rows = stage.ask(lambda question: audits.of_case(question.connection, case))
    if not rows:
        return {"case": case}
    return {"case": case, "audit": rows[0].id, "auditor": rows[0].auditor, "audit_instance": rows[0].instance}
