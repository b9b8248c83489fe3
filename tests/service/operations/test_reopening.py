"""A reopened case: every earlier action that is left has an activity again, and an unfinished audit an end (M11)."""

from typing import Any

import pytest

from engine.service.cases import history
from engine.service.record_system import extracts
from engine.service.record_system.extracts import CaseChange
from engine.store import audits, instances, tasks
from tests.factories.council import AUDIT, Council, at

CASE, OTHER = "CF-21040", "CF-30510"
CONSIDER, UNFINISHED, REMEDY = (
    "Consider earlier remedial actions",
    "Decide about the unfinished audit",
    "Complete the remedial actions",
)


def reopen(council: Council, case: str = CASE) -> None:
    extracts.apply(council.engine, "extract", CaseChange(case, status="closed"))
    extracts.apply(council.engine, "extract", CaseChange(case, status="open"))


def consider(council: Council, *decisions: str) -> None:
    rows = [{"action": number, "decision": one} for number, one in enumerate(decisions, start=1)]
    council.complete("quin", CONSIDER, CASE, decisions=rows)


def earlier(council: Council, day: int, actions: int) -> None:
    history.add_closed_audit(
        council.engine,
        "past",
        CASE,
        "kim",
        at(2025, 11, day),
        [f"Action {n} of {day} November" for n in range(actions)],
    )


def open_tasks(council: Council, title: str, case: str = CASE) -> list[Any]:
    return list(council.ask(lambda question: tasks.open_titled(question.connection, title, case)))


def activities(council: Council) -> list[str]:
    return [task.audit for task in open_tasks(council, REMEDY)]


@pytest.fixture
def past(council: Council) -> Council:
    """A council where the case was audited twice, each time with an action that was never done."""
    earlier(council, 3, 1)
    earlier(council, 20, 1)
    council.assign(OTHER, "kim")
    reopen(council)
    return council


@pytest.mark.parametrize(
    ("decisions", "left"),
    [
        (("feasible", "feasible"), 2),
        (("feasible", "not_feasible"), 2),
        (("not_feasible", "already_done"), 1),
        (("already_done", "already_done"), 0),
    ],
)
def test_each_audit_with_something_left_has_an_activity(past, decisions, left):
    consider(past, *decisions)
    assert len(set(activities(past))) == len(activities(past)) == left


def test_an_action_whose_decision_is_refused_is_open_with_the_practice_manager(past):
    consider(past, "not_feasible", "already_done")
    past.complete("oz", "Decide the management decision", CASE, decision="refuse")
    (task,) = open_tasks(past, REMEDY)
    assert past.holders(task) == ("quin",)


@pytest.fixture
def unfinished(council: Council) -> Council:
    """A council where the case was closed with an audit begun by Kim, is open again, and Asha has to decide."""
    council.assign(OTHER, "kim")
    council.assign(CASE, "kim")
    reopen(council)
    council.complete("quin", CONSIDER, CASE)
    return council


def audit(council: Council):
    return council.ask(lambda question: audits.of_case(question.connection, CASE))[0]


def test_an_audit_that_is_closed_ends_with_its_tasks(unfinished):
    unfinished.complete("asha", UNFINISHED, CASE, unfinished_outcome="close")
    row = unfinished.ask(lambda question: instances.get(question.connection, audit(unfinished).instance))
    assert (audit(unfinished).state, row.status) == ("withdrawn", instances.GIVEN_UP)
    assert open_tasks(unfinished, AUDIT) == []
    assert len(open_tasks(unfinished, AUDIT, OTHER)) == 1


def test_an_audit_that_is_resumed_stays_with_its_auditor(unfinished):
    unfinished.complete("asha", UNFINISHED, CASE, unfinished_outcome="resume")
    (task,) = open_tasks(unfinished, AUDIT)
    assert unfinished.holders(task) == ("kim",)


def test_an_audit_that_is_done_anew_is_given_to_another_auditor(unfinished):
    unfinished.complete("asha", UNFINISHED, CASE, unfinished_outcome="new_audit")
    assert open_tasks(unfinished, AUDIT) == []
    unfinished.complete("gail", "Reassign the audit", CASE, auditor="zoe")
    assert unfinished.holders(unfinished.task(AUDIT, CASE)) == ("zoe",)
    assert len(open_tasks(unfinished, AUDIT, OTHER)) == 1
