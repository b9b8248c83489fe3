"""Phrases about the review four months after the audit."""

from engine.domain.calendar import local_day
from engine.errors import NotAllowed
from engine.service.audits import cycles
from engine.service.case_file import listed_actions
from engine.service.rehearsal.acting import columns, complete
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, Table, UnmetError
from engine.service.rehearsal.stage import STORY, Stage
from engine.store import outbox

REVIEW, DISTRIBUTE, LIST = "Review the remedial actions", "Distribute the compliance list", "compliance_list"
FACTS = ("action", "fulfilled", "completed", "authorised")


@say("the reviewer records the compliance of {case} on {when} as")
def records(stage: Stage, table: Table | None, case: str, when: Moment) -> None:
    """Record the three facts for each action."""
    stage.move_to(when)
    task = stage.task(REVIEW, case)
    findings = [
        {
            "action": int(row.action),
            "fulfilled": row.fulfilled.replace(" ", "_"),
            "completed": row.completed,
            "authorised": row.authorised,
        }
        for row in columns(table, *FACTS)
    ]
    complete(stage, stage.holders(task)[0], task, {"findings": findings})


@say("the compliance list is distributed on {when}")
def is_distributed(stage: Stage, _table: Table | None, when: Moment) -> None:
    """Complete the monthly distribution, begun now when the month's has not begun."""
    stage.move_to(when)
    if not stage.tasks(DISTRIBUTE):
        day = local_day(stage.clock.now())
        stage.run(STORY, lambda command: cycles.begin_scheduled(command, LIST, day))
    task = stage.task(DISTRIBUTE)
    complete(stage, stage.holders(task)[0], task, {})


@say("{person}'s compliance list shows action {number} of {case} as {quoted}")
def list_shows(stage: Stage, _table: Table | None, name: str, number: int, case: str, standing: str) -> None:
    """Compare what somebody's list says of an action."""
    person = stage.person(name)
    teams = stage.ask(lambda question: {of for _, of in question.duties(person) if of is not None})
    for team in sorted(teams):
        for row in listed_actions.of_team(stage.engine, person, team).rows:
            if row.case_ref == case and row.action_number == number:
                if row.standing != standing:
                    raise UnmetError(f"The list says “{row.standing}”.")
                return
    raise UnmetError(f"Action {number} of {case} is on no list of {name}.")


@say("{people} are copied the compliance list of {words}", "{person} is copied the compliance list of {words}")
def are_copied(stage: Stage, _table: Table | None, names: tuple[str, ...] | str, team: str) -> None:
    """Expect a letter about the team's list to each of them, and that they may see it."""
    for name in (names,) if isinstance(names, str) else names:
        person = stage.person(name)
        letters = stage.ask(lambda question, person=person: outbox.to_person(question.connection, person))
        if not any(team in f"{letter.subject} {letter.body}" for letter in letters):
            raise UnmetError(f"{name} had no letter about the compliance list of {team}.")
        listed_actions.of_team(stage.engine, person, team)


@say("{person} cannot see the compliance list of {words}")
def cannot_see(stage: Stage, _table: Table | None, name: str, team: str) -> None:
    """Expect rights.dmn to hide the list."""
    try:
        listed_actions.of_team(stage.engine, stage.person(name), team)
    except NotAllowed:
        return
    raise UnmetError(f"{name} can see the compliance list of {team}.")
