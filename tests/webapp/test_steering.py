"""Choosing tasks in a list, without scripts, and what became of each; passing one task on."""

import pytest

from tests.factories.council import AUDIT, REMEDY

CASE, OTHER = "CF-20931", "CF-30510"


@pytest.fixture
def busy(council):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    council.assign(OTHER, "kim")
    return council


def ids(council, *wanted):
    return [council.task(title, case).id for title, case in wanted]


def test_chosen_tasks_are_reminded_and_each_result_is_told(busy, visit):
    page = visit("gail").open("/?view=everybody")
    page = page.press("Remind", task=ids(busy, (REMEDY, CASE), (AUDIT, OTHER)))
    assert page.title == "What became of the tasks (2) – Casefile"
    assert "2 tasks were done." in page.text
    assert [row.split(" Done ")[1] for row in page.all("tbody tr")] == ["Mo is reminded.", "Kim is reminded."]
    assert page.links()["Go back to the tasks"] == "/?view=everybody"


def test_what_fails_is_told_beside_what_is_done(busy, visit):
    page = visit("gail").open("/?view=everybody")
    chosen = ids(busy, (REMEDY, CASE), (AUDIT, OTHER))
    page = page.press("Give them to this person", task=chosen, to="oz", note="Mo has too much")
    assert "1 task was done, 1 was not." in page.text
    assert busy.task(REMEDY, CASE).assignee == "oz"


def test_choosing_nobody_keeps_the_chosen_tasks_and_what_was_typed(busy, visit):
    page = visit("gail").open("/?view=everybody")
    page = page.press("Give them to this person", task=ids(busy, (REMEDY, CASE)), note="Mo has too much")
    assert (page.status, page.problems()) == (422, {"#to": "Choose who gets the tasks."})
    assert page.value("note") == "Mo has too much"
    page = page.press("Give them to this person", to="oz")
    assert "1 task was done." in page.text


def test_nothing_chosen_is_told(visit):
    page = visit("gail").open("/").press("Remind")
    assert page.status == 422
    assert "Choose the tasks first" in page.text


def test_who_may_not_is_offered_no_boxes(busy, visit):
    page = visit("kim").open("/")
    assert page.all("tbody tr")
    assert not page.tree.cssselect("[name=task]")
    page = visit("mo").open("/")
    assert "Remind about, give away or give back" not in page.text
    assert [one.get("value") for one in page.tree.cssselect("[name=task]")] == ids(busy, (REMEDY, CASE))


def test_a_task_is_passed_on_from_its_page(busy, visit):
    (remedy,) = ids(busy, (REMEDY, CASE))
    page = visit("mo").open(f"/tasks/{remedy}")
    form = page.visitor.open(page.links()["Pass this task on"])
    wrong = form.press("Pass it on")
    assert (wrong.status, set(wrong.problems())) == (422, {"#to", "#note"})
    page = wrong.press("Pass it on", to="oz", note="I am on a course")
    assert "You have passed this task on." in page.text
    page = visit("oz").open(f"/tasks/{remedy}")
    assert "Mo passed this task on to you on 1 December 2026" in page.text
    assert "I am on a course" in page.text
    assert "passed on by Mo: I am on a course" in visit("oz").open("/?view=mine").text


def test_a_task_that_nobody_else_may_have_is_not_offered_to_be_passed_on(busy, visit):
    (audit,) = ids(busy, (AUDIT, OTHER))
    assert "Pass this task on" not in visit("kim").open(f"/tasks/{audit}").links()
    assert "Nobody else may have this task today." in visit("kim").open(f"/tasks/{audit}/pass-on").text
    assert visit("mo").open(f"/tasks/{audit}/pass-on").status == 403


def test_who_holds_a_post_passes_on_from_the_list(council, visit):
    council.assign("CF-20931", "kim")
    council.authorise_audit("CF-20931", 1)
    task = council.task(REMEDY, "CF-20931")
    page = visit("mo").open("/").press("Pass them on", task=task.id, to="oz")
    assert page.status == 422
    assert list(page.problems()) == ["#note"]
    page = page.press("Pass them on", note="I am in court")
    assert "Oz has it now." in page.text
    assert council.task_row(task.id).assignee == "oz"


def test_nothing_to_choose_is_offered_to_who_has_nothing_to_pass_on(visit):
    page = visit("una").open("/")
    assert page.all("details.steer") == []
    assert page.links()["Your cases, and how their audits stand"] == "/cases"
