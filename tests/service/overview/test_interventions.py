"""More time, another holder and back to an earlier task: for those with the right, with a reason, on record (DEC-9)."""

from datetime import date

import pytest

from engine.errors import Invalid, NotAllowed, NotFound, NotNow
from engine.service import instances
from engine.service.overview import interventions
from engine.store import tasks
from tests.factories.council import AUDIT, at
from tests.factories.diagrams import chain, diagram, end, start, user
from tests.factories.faulty import FORM_FILE, fails_by_clock

CASE = "CF-20931"
LATER = date(2027, 1, 29)
WHY = "The auditor was away"


@pytest.fixture
def audit(council):
    return council.assign(CASE, "kim")


@pytest.fixture
def task(council, audit):
    return council.task(AUDIT, CASE)


@pytest.fixture
def errand(council):
    """Two tasks, one after the other; the second is open."""
    drawn = diagram("errand", start(), user("fetch"), user("carry"), end(), chain("begun", "fetch", "carry", "done"))
    council.deploy({"processes/errand.bpmn": drawn, **FORM_FILE})
    identifier = council.run(lambda command: instances.begin(command, "errand", {"case": CASE, "auditor": "kim"}))
    council.complete("mo", "Fetch", CASE)
    return identifier


def last_event(council, stream):
    return council.events(stream)[-1]


def test_a_task_gets_more_time_and_its_reminders_and_lateness_move_with_it(council, audit, task):
    interventions.extend(council.engine, "asha", task.id, LATER, WHY)
    row = council.task_row(task.id)
    assert row.due.date() == LATER
    event = last_event(council, audit.instance)
    assert (event.kind, event.actor, event.details["reason"]) == ("extended", "asha", WHY)
    elements = {element for element, _, _ in event.details["moved"]}
    assert len(elements) == 2 and "audit_case_record" in elements
    council.pass_to(at(2027, 1, 14))
    assert not council.audit(audit.id).late
    council.pass_to(at(2027, 2, 1))
    assert council.audit(audit.id).late


@pytest.mark.parametrize("day", [None, date(2026, 12, 30), date(2026, 11, 1), date(2027, 1, 30)])
def test_a_due_date_is_moved_to_a_later_working_day_or_not_at_all(council, audit, task, day):
    with pytest.raises(Invalid) as refusal:
        interventions.extend(council.engine, "asha", task.id, day, WHY)
    assert list(refusal.value.errors) == ["day"]
    assert council.task_row(task.id).due == task.due
    assert [event.kind for event in council.events(audit.instance)] == ["began"]


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2_001])
def test_nothing_is_changed_without_a_reason(council, task, errand, reason):
    with pytest.raises(Invalid, match="Say why"):
        interventions.extend(council.engine, "asha", task.id, LATER, reason)
    with pytest.raises(Invalid, match="Say why"):
        interventions.move_back(council.engine, "asha", errand, "fetch", reason)


def test_nobody_gives_themselves_more_time_and_a_concern_never_waits(council, task):
    with pytest.raises(NotAllowed, match="your own audit"):
        interventions.extend(council.engine, "kim", task.id, LATER, WHY)
    with pytest.raises(NotAllowed, match="grants more time"):
        interventions.extend(council.engine, "mo", task.id, LATER, WHY)
    council.begin("kim", "safeguarding_concern", CASE)
    found = council.task("Acknowledge the safeguarding concern", CASE)
    with pytest.raises(NotAllowed, match="may never wait"):
        interventions.extend(council.engine, "asha", found.id, LATER, WHY)


def test_a_task_that_is_closed_or_unknown_gets_no_more_time(council, audit, task):
    council.authorise_audit(CASE, 0)
    with pytest.raises(NotNow, match="completed or withdrawn"):
        interventions.extend(council.engine, "asha", task.id, LATER, WHY)
    with pytest.raises(NotFound):
        interventions.extend(council.engine, "asha", "none.1", LATER, WHY)


def test_a_task_that_the_policy_gives_to_one_person_is_not_given_to_another(council, audit, task):
    page = interventions.page_of(council.engine, "asha", audit.instance)
    assert page.possible.reassign == {}
    with pytest.raises(NotNow, match="by name"):
        interventions.reassign(council.engine, "asha", task.id, "bev", WHY)


def test_a_task_of_a_post_goes_to_a_colleague_of_that_post(council, errand):
    task = council.task("Carry", CASE)
    candidates = interventions.page_of(council.engine, "asha", errand).possible.reassign[task.id]
    posts = council.ask(lambda question: {one.username: one.post for one in question.directory.people.values()})
    assert "quin" in candidates and {posts[one] for one in candidates} == {"Practice Manager"}
    interventions.reassign(council.engine, "asha", task.id, "quin", WHY)
    assert council.task_row(task.id).assignee == "quin"
    event = last_event(council, f"task {task.id}")
    assert (event.kind, event.actor) == ("reassigned", "asha")
    assert event.details == {"from": None, "to": "quin", "reason": WHY, "instance": errand}
    council.complete("quin", "Carry", CASE)


@pytest.mark.parametrize("to", ["asha", "sam", "nobody", ""])
def test_a_task_goes_to_nobody_of_another_post(council, errand, to):
    task = council.task("Carry", CASE)
    with pytest.raises(Invalid, match="same post"):
        interventions.reassign(council.engine, "asha", task.id, to, WHY)
    with pytest.raises(NotAllowed, match="give work to somebody else"):
        interventions.reassign(council.engine, "mo", task.id, "quin", WHY)
    assert council.task_row(task.id).assignee is None


def test_work_goes_back_to_an_earlier_task_and_what_waited_is_withdrawn(council, errand):
    waiting = council.task("Carry", CASE)
    possible = interventions.page_of(council.engine, "asha", errand).possible
    assert possible.back == {"fetch": "Fetch"}
    interventions.move_back(council.engine, "asha", errand, "fetch", "The wrong thing was fetched")
    assert council.task_row(waiting.id).status == tasks.WITHDRAWN
    assert council.task("Fetch", CASE).instance == errand
    event = last_event(council, errand)
    assert (event.kind, event.actor) == ("moved back", "asha")
    assert event.details["to"] == "fetch" and event.details["from"] == ["carry"]
    council.complete("mo", "Fetch", CASE)
    council.complete("mo", "Carry", CASE)
    assert council.instance(errand).status == "finished"


def test_work_is_not_moved_where_it_may_not_be(council, audit, errand):
    for element in ("carry", "done", "nothing"):
        with pytest.raises(NotNow):
            interventions.move_back(council.engine, "asha", errand, element, WHY)
    with pytest.raises(NotAllowed, match="moves work back"):
        interventions.move_back(council.engine, "kim", errand, "fetch", WHY)
    council.authorise_audit(CASE, 1)
    assert interventions.page_of(council.engine, "asha", audit.instance).possible.back == {}
    with pytest.raises(NotNow):
        interventions.move_back(council.engine, "asha", audit.instance, "audit_case_record", WHY)


def test_work_that_an_incident_stopped_is_looked_after_there(council):
    council.deploy(fails_by_clock("script"))
    facts = {"case": CASE, "number": 0, "later": "soon"}
    broken = council.run(lambda command: instances.begin(command, "errand", facts))
    council.pass_to(at(2026, 12, 4))
    assert not interventions.page_of(council.engine, "asha", broken).possible.anything
    with pytest.raises(NotNow, match="an incident stopped it"):
        interventions.move_back(council.engine, "asha", broken, "next_day", WHY)


def test_others_are_offered_nothing_and_see_nothing(council, audit):
    with pytest.raises(NotAllowed):
        interventions.page_of(council.engine, "kim", audit.instance)
    assert not interventions.page_of(council.engine, "bev", audit.instance).possible.anything
    assert interventions.page_of(council.engine, "asha", audit.instance).possible.extend


def test_the_new_holder_of_a_task_gets_a_letter(council, errand):
    task = council.task("Carry", CASE)
    interventions.reassign(council.engine, "asha", task.id, "quin", WHY)
    (letter,) = council.letters("quin", CASE)
    assert (letter.notice, letter.subject) == ("task_given_to_you", "Now with you: Carry")
    assert WHY not in letter.body
