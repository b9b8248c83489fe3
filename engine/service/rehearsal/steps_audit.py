"""Phrases about an audit: assigning, authorising, reviewing, deferring and dispensing."""

from datetime import date

from engine.errors import Invalid
from engine.service import rights
from engine.service.periods import assigning
from engine.service.rehearsal.acting import (
    complete,
    complete_titled,
    expect_same,
    filled_without,
    filled_without_part,
    start,
    try_to_complete,
)
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, Table, UnmetError
from engine.service.rehearsal.stage import STORY, Stage
from engine.service.tasks import work
from engine.store import audits

AUDIT, REVIEW, REASSIGN = "Audit the case record", "Review the audit", "Reassign the audit"
DECIDE = "Decide on deferment or dispensation"


@say("case {case} is assigned to {person} for audit on {when}")
def is_assigned(stage: Stage, _table: Table | None, case: str, name: str, when: Moment) -> None:
    """Begin an audit of the case, not drawn for quality assurance."""
    _assign(stage, case, name, when, drawn=False)


@say("case {case} is assigned to {person} for audit on {when}, drawn for quality assurance")
def is_assigned_drawn(stage: Stage, _table: Table | None, case: str, name: str, when: Moment) -> None:
    """Begin an audit of the case that was drawn for quality assurance."""
    _assign(stage, case, name, when, drawn=True)


def _assign(stage: Stage, case: str, name: str, when: Moment, *, drawn: bool) -> None:
    stage.move_to(when)
    assigning.assign(stage.engine, STORY, case, stage.person(name), selected_for_review=drawn)


@say("{person} may not be assigned case {case} for audit[ because {quoted}]")
def may_not_be_assigned(stage: Stage, _table: Table | None, name: str, case: str, because: str | None) -> None:
    """Expect the assignment to be refused."""
    stage.refused(lambda: assigning.assign(stage.engine, STORY, case, stage.person(name)), because)


@say("case {case} is reassigned to {person} for audit on {when}")
def is_reassigned(stage: Stage, _table: Table | None, case: str, name: str, when: Moment) -> None:
    """Let the administrator complete the reassignment."""
    stage.move_to(when)
    task = stage.task(REASSIGN, case)
    complete(stage, stage.holders(task)[0], task, {"auditor": stage.person(name)})


@say("the audit of {case} is withdrawn on {when}, because nobody may be given it")
def is_withdrawn(stage: Stage, _table: Table | None, case: str, when: Moment) -> None:
    """Let the administrator withdraw the audit of a restricted record."""
    stage.move_to(when)
    task = stage.task(REASSIGN, case)
    complete(stage, stage.holders(task)[0], task, {"restricted_outcome": "nobody"})


@say(
    "{person} authorises the audit of {case} with {number} remedial actions on {when}",
    "{person} authorises the audit of {case} with {number} remedial action on {when}",
)
def authorises(stage: Stage, _table: Table | None, name: str, case: str, number: int, when: Moment) -> None:
    """Fill in the whole audit form and authorise it."""
    complete_titled(stage, name, AUDIT, case, when, _with_actions(number))


def _with_actions(number: int) -> dict[str, object]:
    rows = [{"what": f"Action {n} of the story"} for n in range(1, number + 1)]
    return {"remedial_action_required": "yes" if number else "no", "remedial_actions": rows}


@say("{person} may not authorise the audit of {case} with the section {quoted} left blank")
def not_with_blank_section(stage: Stage, _table: Table | None, name: str, case: str, section: str) -> None:
    """Fill in everything but one section, and expect a refusal that names it."""
    task = stage.task(AUDIT, case)
    person = stage.person(name)
    raw = stage.ask(lambda question: filled_without(question, task, section))
    stage.refused(lambda: work.complete(stage.engine, person, task.id, raw), section)


@say("{person} may not authorise the audit of {case} saying remedial action is required but listing none")
def not_without_actions(stage: Stage, _table: Table | None, name: str, case: str) -> None:
    """Say yes and list nothing."""
    given = {"remedial_action_required": "yes", "remedial_actions": []}
    stage.refused(lambda: try_to_complete(stage, name, AUDIT, case, given), "remedial action")


@say("{person} may not authorise the audit of {case} with a remedial action that leaves {quoted} blank")
def not_with_half_an_action(stage: Stage, _table: Table | None, name: str, case: str, label: str) -> None:
    """Fill in everything but one question about an action, and expect a refusal at that question."""
    task, person = stage.task(AUDIT, case), stage.person(name)
    given = _with_actions(1)
    raw, blank = stage.ask(lambda question: filled_without_part(question, task, "remedial_actions", label, given))
    try:
        work.complete(stage.engine, person, task.id, raw)
    except Invalid as refusal:
        if blank not in refusal.errors.get("remedial_actions", {}).get(0, {}):
            raise UnmetError(f"It is refused, but because: {refusal.sentence}") from refusal
        return
    raise UnmetError("It is allowed.")


@say("{person} saves a first answer in the audit of {case} on {when}")
def saves_first_answer(stage: Stage, _table: Table | None, name: str, case: str, when: Moment) -> None:
    """Save a draft with one answer."""
    stage.move_to(when)
    person = stage.person(name)
    task = stage.task(AUDIT, case, person)
    work.save_draft(stage.engine, person, task.id, {"facts_right": "yes"})


@say("the reviewer agrees the audit of {case}[ on {when}]")
def reviewer_agrees(stage: Stage, _table: Table | None, case: str, when: Moment | None) -> None:
    """Let the reviewer agree."""
    _review(stage, case, when, "agreed")


@say("the reviewer agrees the audit of {case} with changes[ on {when}]")
def reviewer_agrees_with_changes(stage: Stage, _table: Table | None, case: str, when: Moment | None) -> None:
    """Let the reviewer agree with changes."""
    _review(stage, case, when, "agreed_with_changes")


@say("the reviewer returns the audit of {case}[ on {when}]")
def reviewer_returns(stage: Stage, _table: Table | None, case: str, when: Moment | None) -> None:
    """Let the reviewer return the audit to its auditor."""
    _review(stage, case, when, "returned")


def _review(stage: Stage, case: str, when: Moment | None, outcome: str) -> None:
    stage.move_to(when)
    task = stage.task(REVIEW, case)
    complete(stage, stage.holders(task)[0], task, {"outcome": outcome})


@say("{person} asks to defer the audit of {case} to start on {day}, on {when}")
def asks_to_defer(stage: Stage, _table: Table | None, name: str, case: str, new: date, when: Moment) -> None:
    """Ask for a later start."""
    stage.move_to(when)
    given = {"request_kind": "deferment", "new_start": new.isoformat()}
    start(stage, name, "deferment", _about(stage, case), given)


@say("{person} asks for dispensation from the audit of {case} on {when}")
def asks_for_dispensation(stage: Stage, _table: Table | None, name: str, case: str, when: Moment) -> None:
    """Ask to be released."""
    stage.move_to(when)
    start(stage, name, "deferment", _about(stage, case), {"request_kind": "dispensation"})


def _about(stage: Stage, case: str) -> dict[str, object]:
    audit = stage.audit(case)
    return {"case": case, "audit": audit.id, "auditor": audit.auditor, "audit_instance": audit.instance}


@say(
    "{person} grants the deferment of {case} on {when}",
    "{person} grants the dispensation of {case} on {when}",
)
def grants(stage: Stage, _table: Table | None, name: str, case: str, when: Moment) -> None:
    """Grant what was asked for."""
    complete_titled(stage, name, DECIDE, case, when, {"deferment_outcome": "grant"})


@say(
    "{person} refuses the deferment of {case} on {when}",
    "{person} refuses the dispensation of {case} on {when}",
)
def refuses(stage: Stage, _table: Table | None, name: str, case: str, when: Moment) -> None:
    """Refuse what was asked for."""
    complete_titled(stage, name, DECIDE, case, when, {"deferment_outcome": "refuse"})


@say("the audit of {case} is {quoted}")
def the_audit_is(stage: Stage, _table: Table | None, case: str, state: str) -> None:
    """Compare where the newest audit of the case stands."""
    expect_same(stage.audit(case).state, state, f"The audit of {case}")


@say("{person} cannot see the quality assurance selection of {case}")
def cannot_see_selection(stage: Stage, _table: Table | None, name: str, case: str) -> None:
    """Expect rights.dmn to hide the selection."""
    person, audit = stage.person(name), stage.audit(case)
    about = rights.About(case_ref=case, audit=audit.id, instance=audit.instance)
    reason = stage.ask(lambda question: rights.reason_against(question, person, "see selection", "", about))
    if reason is None:
        raise UnmetError(f"{name} can see the selection.")


@say("{person} is not counted as having missed an audit")
def not_counted_as_missed(stage: Stage, _table: Table | None, name: str) -> None:
    """Expect that no audit somebody holds now ran past its time; released and finished ones do not count."""
    person = stage.person(name)
    rows = stage.ask(lambda question: audits.holdings_of(question.connection, person))
    for row in rows:
        audit = stage.ask(lambda question, row=row: audits.get(question.connection, row.audit))
        if row.to_at is None and audit.late:
            raise UnmetError(f"{name} has not finished the audit of {audit.case_ref} in time.")
