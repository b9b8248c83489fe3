"""What random lives of a council found: no due date is shortened, and nobody speaks of an action that is not there."""

import pytest

from engine.errors import Invalid
from engine.service.tasks import answering, beginning, work
from engine.service.tasks.starting import facts_about
from tests.factories.council import AUDIT, REMEDY
from tests.factories.refusals import refused

CASE, OTHER = "CF-20931", "CF-30510"
DECIDE = "Decide on deferment or dispensation"
LATER = "A deferment starts the audit later. Enter a day after {}, from which it is reckoned now."


def starting(council, person, process, case=CASE, **given):
    """What somebody sends to begin a process about a case, as a command."""
    facts = council.ask(lambda question: facts_about(question, case))
    form = {**answering.for_start(council.engine, "case_closure", facts, {}), **given}
    return lambda: beginning.begin(council.engine, person, process, form, facts)


def deferred(council, start):
    council.begin("kim", "deferment", CASE, request_kind="deferment", new_start=start)
    council.complete("asha", DECIDE, CASE, deferment_outcome="grant", new_start=start)


@pytest.fixture
def audit(council):
    """An audit that Kim was given on 1 December, and another that nobody speaks of."""
    council.assign(OTHER, "kim")
    return council.assign(CASE, "kim")


def test_no_deferment_is_asked_for_that_would_leave_the_due_date(council, audit):
    act = starting(council, "kim", "deferment", request_kind="deferment", reason="Leave", new_start="2026-12-01")
    assert LATER.format("2026-12-01") in refused(council, Invalid, act)


def test_a_second_deferment_starts_later_than_the_first(council, audit):
    deferred(council, "2027-01-11")
    due = council.task(AUDIT, CASE).due
    act = starting(council, "kim", "deferment", request_kind="deferment", reason="Leave", new_start="2026-12-14")
    assert LATER.format("2027-01-11") in refused(council, Invalid, act)
    deferred(council, "2027-01-12")
    assert council.task(AUDIT, CASE).due > due


@pytest.mark.parametrize("day", ["2026-12-01", "2026-11-02", "1999-12-31"])
def test_no_deferment_is_granted_that_would_shorten_the_due_date(council, audit, day):
    due = council.task(AUDIT, CASE).due
    council.begin("kim", "deferment", CASE, request_kind="deferment", new_start="2026-12-14")
    task = council.task(DECIDE, CASE)
    raw = {**council.filled(task, deferment_outcome="grant"), "new_start": day}
    sentence = refused(council, Invalid, lambda: work.complete(council.engine, "asha", task.id, raw))
    assert LATER.format("2026-12-01") in sentence
    assert council.task(AUDIT, CASE).due == due


@pytest.mark.parametrize("process", ["disagreement", "management_decision"])
@pytest.mark.parametrize(("person", "case"), [("viv", "CF-50008"), ("mo", CASE)])
def test_nobody_speaks_of_an_action_that_is_not_there(council, audit, process, person, case):
    """The first case was never audited at all."""
    act = starting(council, person, process, case, action_number=7)
    assert "This audit has no remedial action 7." in refused(council, Invalid, act)


def test_an_action_that_is_there_may_be_spoken_of(council, audit):
    council.authorise_audit(CASE, 2)
    council.begin("mo", "management_decision", CASE, action_number=2, observation_reference="OBS-1")
    assert REMEDY in council.titles(CASE)
