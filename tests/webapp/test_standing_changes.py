"""Changing how work stands: what is offered is what is allowed, and what was typed stays with the sentence about it."""

import pytest

from engine.service import instances
from tests.factories.council import AUDIT, at
from tests.factories.diagrams import chain, diagram, end, start, user
from tests.factories.faulty import FORM_FILE

CASE = "CF-20931"


@pytest.fixture
def audit(council):
    return council.assign(CASE, "kim")


@pytest.fixture
def errand(council):
    drawn = diagram("errand", start(), user("fetch"), user("carry"), end(), chain("begun", "fetch", "carry", "done"))
    council.deploy({"processes/errand.bpmn": drawn, **FORM_FILE})
    identifier = council.run(lambda command: instances.begin(command, "errand", {"case": CASE}))
    council.complete("mo", "Fetch", CASE)
    return identifier


def change(visit, identifier, who="asha"):
    return visit(who).open(f"/standing/instances/{identifier}/change")


def test_the_way_leads_from_the_instance_to_its_changes_and_back(visit, audit):
    page = visit("asha").open(f"/standing/instances/{audit.instance}")
    page = page.visitor.open(page.links()["Change how this work stands"])
    assert page.title == f"Change how this work stands – {CASE} – Casefile"
    assert f"/standing/instances/{audit.instance}" in page.links().values()


def test_more_time_is_given_with_a_reason(council, visit, audit):
    task = council.task(AUDIT, CASE)
    page = change(visit, audit.instance)
    assert "Give more time for Audit the case record" in page.all("button")
    page = page.press("Give more time", day__day="29", day__month="1", day__year="2027", reason="Away until then")
    assert page.path == f"/standing/instances/{audit.instance}"
    assert "The task has more time." in page.text and "A task was given more time: Away until then" in page.text
    assert council.task_row(task.id).due > at(2027, 1, 29)


@pytest.mark.parametrize("day", ["", "x", "32", "1"])
def test_what_is_wrong_is_told_beside_the_field_and_what_was_typed_stays(council, visit, audit, day):
    task = council.task(AUDIT, CASE)
    page = change(visit, audit.instance)
    page = page.press("Give more time", day__day=day, day__month="12", day__year="2026", reason="Why not")
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert list(page.problems()) == [f"#extend-{task.id}-day-day"]
    assert page.tree.get_element_by_id(f"extend-{task.id}-day-day").get("value", "") == day
    assert page.tree.get_element_by_id(f"extend-{task.id}-reason").text.strip() == "Why not"
    assert council.task_row(task.id).due == task.due


def test_a_task_is_given_to_a_colleague(council, visit, errand):
    task = council.task("Carry", CASE)
    page = change(visit, errand).press("Give it to them", to="", reason="")
    assert set(page.problems()) == {f"#reassign-{task.id}-to", f"#reassign-{task.id}-reason"}
    page = page.press("Give it to them", to="quin", reason="Mo is on leave")
    assert "The task has another holder." in page.text
    assert council.task_row(task.id).assignee == "quin"


def test_work_is_moved_back(council, visit, errand):
    page = change(visit, errand).press("Move it back", reason=" ")
    assert list(page.problems()) == ["#back-reason"]
    page = page.press("Move it back", reason="The wrong thing")
    assert "The work is back at the earlier task." in page.text
    assert "It was moved back to an earlier task: The wrong thing" in page.text
    assert council.task("Fetch", CASE).instance == errand


def test_others_are_neither_offered_nor_allowed_it(council, visit, audit, errand):
    task = council.task("Carry", CASE)
    page = change(visit, errand, "bev")
    assert "There is nothing that you may change now." in page.text
    assert "Change how this work stands" not in visit("bev").open(f"/standing/instances/{errand}").links()
    assert change(visit, errand, "kim").status == 403
    page = visit("bev").open("/")
    token = page.value("csrf_token")
    for address in (f"tasks/{task.id}/extend", f"tasks/{task.id}/reassign", "move-back"):
        fields = {"csrf_token": token, "reason": "x", "element": "fetch", "to": "quin"}
        assert page.visitor.send(f"/standing/instances/{errand}/{address}", fields).status == 403
    assert council.task_row(task.id).assignee is None
