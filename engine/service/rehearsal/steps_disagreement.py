"""Phrases about disagreements and about cases that are opened again."""

from datetime import date

from engine.domain.calendar import end_of_day
from engine.service.cases import history
from engine.service.record_system import extracts
from engine.service.rehearsal.acting import columns, complete, complete_titled, start
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, StoryError, Table, UnmetError
from engine.service.rehearsal.stage import STORY, Stage
from engine.service.tasks import work
from engine.store import audits

ATTEMPT, REFERRED, DISCUSS = (
    "Attempt to resolve the disagreement",
    "Decide the referred disagreement",
    "Hold the final discussion",
)
CONSIDER = "Consider earlier remedial actions"
KINDS = ("necessity", "feasibility")


@say("{person} disputes the {word} of remedial action {number} of {case} on {when}")
def disputes(stage: Stage, _table: Table | None, name: str, kind: str, number: int, case: str, when: Moment) -> None:
    """Raise a disagreement about necessity or feasibility."""
    _dispute(stage, name, kind, number, case, when, "no")


@say("{person} disputes the {word} of remedial action {number} of {case} as a safeguarding matter on {when}")
def disputes_safeguarding(
    stage: Stage, _table: Table | None, name: str, kind: str, number: int, case: str, when: Moment
) -> None:
    """Raise a disagreement that bears on safeguarding."""
    _dispute(stage, name, kind, number, case, when, "yes")


def _dispute(stage: Stage, name: str, kind: str, number: int, case: str, when: Moment, safeguarding: str) -> None:
    if kind not in KINDS:
        raise StoryError(f"One disputes the {' or the '.join(KINDS)} of an action, not its {kind}.")
    stage.move_to(when)
    audit = stage.audit(case)
    facts = {"case": case, "audit": audit.id, "auditor": audit.auditor}
    given = {"action_number": number, "disagreement_kind": kind, "safeguarding": safeguarding}
    start(stage, name, "disagreement", facts, given)


@say("{person} records that the disagreement about {case} is not resolved on {when}")
def is_not_resolved(stage: Stage, _table: Table | None, name: str, case: str, when: Moment) -> None:
    """Record that the attempt failed."""
    complete_titled(stage, name, ATTEMPT, case, when, {"attempt_outcome": "not_resolved"})


@say("{person} records that the disagreement about {case} is resolved on {when}")
def is_resolved(stage: Stage, _table: Table | None, name: str, case: str, when: Moment) -> None:
    """Record that the attempt succeeded and the action stands."""
    given = {"attempt_outcome": "resolved", "action_outcome": "stands"}
    complete_titled(stage, name, ATTEMPT, case, when, given)


@say("{person} requests quality assurance of the disagreement about {case} on {when}")
def requests_review(stage: Stage, _table: Table | None, name: str, case: str, when: Moment) -> None:
    """Ask for quality assurance of the disputed audit."""
    complete_titled(stage, name, REFERRED, case, when, {"referral_outcome": "quality_assurance"})


@say("the reviewer completes {quoted} for {case} on {when}")
def reviewer_completes(stage: Stage, _table: Table | None, title: str, case: str, when: Moment) -> None:
    """Let whoever has the task complete it."""
    stage.move_to(when)
    task = stage.task(title, case)
    complete(stage, stage.holders(task)[0], task, {})


@say("{person} records the final discussion of {case} with action {number} withdrawn on {when}")
def final_discussion_withdraws(
    stage: Stage, _table: Table | None, name: str, case: str, number: int, when: Moment
) -> None:
    """Record that the discussion withdraws the action."""
    _discuss(stage, name, case, number, "withdrawn", when)


@say("{person} records the final discussion of {case} with action {number} standing on {when}")
def final_discussion_upholds(
    stage: Stage, _table: Table | None, name: str, case: str, number: int, when: Moment
) -> None:
    """Record that the discussion upholds the action."""
    _discuss(stage, name, case, number, "stands", when)


def _discuss(stage: Stage, name: str, case: str, number: int, outcome: str, when: Moment) -> None:
    given = {
        "took_part": ["auditor", "quality_service_manager", "practice_manager"],
        "outcomes": [{"action": number, "outcome": outcome}],
    }
    complete_titled(stage, name, DISCUSS, case, when, given)


@say("the earlier reviewer of {case} may not take the task {quoted} for {case}[ because {quoted}]")
def earlier_reviewer_may_not(
    stage: Stage, _table: Table | None, case: str, title: str, _again: str, because: str | None
) -> None:
    """Expect whoever reviewed the audit first to be refused."""
    audit = stage.audit(case)
    reviews = stage.ask(lambda question: audits.reviews_of(question.connection, audit.id))
    if not reviews:
        raise UnmetError(f"Nobody has reviewed the audit of {case}.")
    task = stage.task(title, case)
    stage.refused(lambda: work.take(stage.engine, reviews[0].reviewer, task.id), because)


@say("case {case} was closed on {day} with {number} remedial actions open and its audit authorised")
def was_closed(stage: Stage, _table: Table | None, case: str, day: date, number: int) -> None:
    """Bring in an audit from before, with its actions undone."""
    wordings = [f"Earlier action {n} of the story" for n in range(1, number + 1)]
    history.add_closed_audit(stage.engine, STORY, case, STORY, end_of_day(day), wordings)


@say("the case extract shows {case} reopened on {when}")
def shown_reopened(stage: Stage, _table: Table | None, case: str, when: Moment) -> None:
    """Take over that the case was opened again in the record system."""
    stage.move_to(when)
    extracts.apply(stage.engine, STORY, extracts.CaseChange(case, status="open"))


@say("{person} considers the earlier remedial actions of {case} on {when} as")
def considers(stage: Stage, table: Table | None, name: str, case: str, when: Moment) -> None:
    """Decide about each earlier action."""
    rows = [
        {"action": int(row.action), "decision": row.decision.replace(" ", "_")}
        for row in columns(table, "action", "decision")
    ]
    complete_titled(stage, name, CONSIDER, case, when, {"decisions": rows})
