"""Phrases about remedial actions, management decisions and case facts that change."""

from engine.service.cases import actions
from engine.service.record_system import extracts
from engine.service.rehearsal.acting import complete_titled, expect_same, start, try_to_complete
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, Table
from engine.service.rehearsal.stage import STORY, Stage
from engine.store import actions as action_rows

REMEDY, DECIDE = "Complete the remedial actions", "Decide the management decision"
COMMENT = "authorisation_comment"


@say("{person} signs off all remedial actions of {case} on {when}")
def signs_off_all(stage: Stage, _table: Table | None, name: str, case: str, when: Moment) -> None:
    """Sign off every action of the newest audit."""
    stage.move_to(when)
    audit = stage.audit(case)
    for action in stage.ask(lambda question: action_rows.of_audit(question.connection, audit.id)):
        actions.sign_off(stage.engine, stage.person(name), action.id, "done, as the record shows")


@say("{person} signs off remedial action {number} of {case} on {when}")
def signs_off(stage: Stage, _table: Table | None, name: str, number: int, case: str, when: Moment) -> None:
    """Sign off one action."""
    stage.move_to(when)
    actions.sign_off(stage.engine, stage.person(name), _action(stage, case, number), "done, as the record shows")


@say("{person} may not sign off remedial action {number} of {case}[ because {quoted}]")
def may_not_sign_off(
    stage: Stage, _table: Table | None, name: str, number: int, case: str, because: str | None
) -> None:
    """Expect the sign-off to be refused."""
    stage.refused(lambda: actions.sign_off(stage.engine, stage.person(name), _action(stage, case, number)), because)


@say("{person} records work on remedial action {number} of {case} on {when}")
def records_work(stage: Stage, _table: Table | None, name: str, number: int, case: str, when: Moment) -> None:
    """Record work done."""
    stage.move_to(when)
    actions.record_work(stage.engine, stage.person(name), _action(stage, case, number), "work in the story")


@say("{person} may not record work on remedial action {number} of {case}[ because {quoted}]")
def may_not_record_work(
    stage: Stage, _table: Table | None, name: str, number: int, case: str, because: str | None
) -> None:
    """Expect recording work to be refused."""
    person = stage.person(name)
    stage.refused(lambda: actions.record_work(stage.engine, person, _action(stage, case, number), "work"), because)


@say("{person} authorises the audit form of {case}[ with the comment {quoted}] on {when}")
def authorises_form(
    stage: Stage, _table: Table | None, name: str, case: str, comment: str | None, when: Moment
) -> None:
    """Authorise the audit form as Practice Manager."""
    complete_titled(stage, name, REMEDY, case, when, _commented(comment))


@say("{person} may not authorise the audit form of {case}[ with the comment {quoted}][ because {quoted}]")
def may_not_authorise_form(
    stage: Stage, _table: Table | None, name: str, case: str, comment: str | None, because: str | None
) -> None:
    """Expect authorising the form to be refused."""
    stage.refused(lambda: try_to_complete(stage, name, REMEDY, case, _commented(comment)), because)


def _commented(comment: str | None) -> dict[str, object]:
    return {} if comment is None else {COMMENT: comment}


@say(
    "{person} asks for a management decision on remedial action {number} of {case} with Observation {quoted} on {when}"
)
def asks_for_decision(
    stage: Stage, _table: Table | None, name: str, number: int, case: str, reference: str, when: Moment
) -> None:
    """Ask for a management decision."""
    stage.move_to(when)
    facts = {"case": case, "audit": stage.audit(case).id}
    start(stage, name, "management_decision", facts, {"action_number": number, "observation_reference": reference})


@say("{person} authorises the management decision of {case} on {when}")
def authorises_decision(stage: Stage, _table: Table | None, name: str, case: str, when: Moment) -> None:
    """Authorise the management decision."""
    complete_titled(stage, name, DECIDE, case, when, {"decision": "authorise"})


@say("{person} refuses the management decision of {case} on {when}")
def refuses_decision(stage: Stage, _table: Table | None, name: str, case: str, when: Moment) -> None:
    """Refuse the management decision."""
    complete_titled(stage, name, DECIDE, case, when, {"decision": "refuse"})


@say("remedial action {number} of {case} is {quoted}")
def action_is(stage: Stage, _table: Table | None, number: int, case: str, state: str) -> None:
    """Compare where an action stands."""
    row = stage.ask(lambda question: actions.by_number(question, case, number))
    expect_same(row.state, state, f"Remedial action {number} of {case}")


@say("the work on remedial action {number} of {case} is with {person}")
def work_is_with(stage: Stage, _table: Table | None, number: int, case: str, name: str) -> None:
    """Compare with whom the work on an action is."""
    found = stage.ask(lambda question: actions.worker(question, actions.by_number(question, case, number)))
    expect_same(stage.name(found), name, f"The holder of the work on action {number}")


@say("the case extract shows {case} moved to team {words} on {when}")
def moved_to_team(stage: Stage, _table: Table | None, case: str, team: str, when: Moment) -> None:
    """Take over the case's new team."""
    stage.move_to(when)
    extracts.apply(stage.engine, STORY, extracts.CaseChange(case, team=team))


@say("the case extract shows {case} with social worker {person} on {when}")
def has_new_worker(stage: Stage, _table: Table | None, case: str, name: str, when: Moment) -> None:
    """Take over the case's new social worker."""
    stage.move_to(when)
    extracts.apply(stage.engine, STORY, extracts.CaseChange(case, social_worker=stage.person(name)))


@say("the case extract shows {case} closed on {when}")
def shown_closed(stage: Stage, _table: Table | None, case: str, when: Moment) -> None:
    """Take over that the case was closed in the record system."""
    stage.move_to(when)
    extracts.apply(stage.engine, STORY, extracts.CaseChange(case, status="closed"))


@say("the case extract shows {case} restricted on {when}")
def shown_restricted(stage: Stage, _table: Table | None, case: str, when: Moment) -> None:
    """Take over that the case was restricted in the record system."""
    stage.move_to(when)
    extracts.apply(stage.engine, STORY, extracts.CaseChange(case, restricted=True))


def _action(stage: Stage, case: str, number: int) -> int:
    row = stage.ask(lambda question: actions.by_number(question, case, number))
    return int(row.id)
