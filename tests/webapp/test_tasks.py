"""A task: opening it, keeping a draft, completing it once, and two people at it at once."""

import pytest

from engine.service.audits import cycles
from engine.service.cases import actions
from engine.service.people import directory
from engine.service.record_system import extracts
from engine.service.record_system.extracts import CaseChange
from engine.service.tasks import work
from engine.store import submissions
from tests.factories.council import AUDIT, COUNCIL, REMEDY, at

CASE = "CF-20931"


@pytest.fixture
def capacity(council, visit):
    """The page on which Gail confirms the capacity of the audit period: a form of one page."""
    task = council.task("Upload the case population list")
    work.complete(council.engine, "hal", task.id, _uploaded(council, task))
    council.complete("gail", "Check and lock the population list")
    return visit("gail").open(f"/tasks/{council.task('Confirm auditor capacity').id}")


def _uploaded(council, task):
    content = (COUNCIL / "cases.csv").read_bytes()
    identifier, _ = cycles.upload(council.engine, "hal", "2026-11", "cases.csv", content)
    return council.filled(task, population_list=identifier)


@pytest.fixture
def remedy(council, visit):
    """The page on which Mo completes the remedial actions of a case."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    return visit("mo").open(f"/tasks/{council.task(REMEDY, CASE).id}")


def sign_off_all(council, person="mo"):
    for action in council.actions(CASE):
        actions.sign_off(council.engine, person, action.id)


def test_a_page_has_its_own_title_without_anybodys_name(capacity, remedy):
    assert capacity.title == "Confirm auditor capacity – Casefile"
    assert remedy.title == f"Complete the remedial actions – {CASE} – Casefile"


def test_errors_stand_next_to_their_fields_and_in_a_summary_that_leads_there(capacity):
    page = capacity.press("Complete the task", pool_auditors="many", audits_for_each_officer="")
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert list(page.problems()) == ["#pool_auditors", "#audits_for_each_officer"]
    for address, sentence in page.problems().items():
        assert page.problem_at(address[1:]) == sentence
        assert page.tree.get_element_by_id(address[1:]).tag == "input"
    assert page.value("pool_auditors") == "many"


def test_a_refused_page_changes_nothing(council, capacity):
    before = council.dump()
    capacity.press("Complete the task", pool_auditors="many")
    assert council.dump() == before


def test_a_draft_is_kept_whatever_it_holds_and_the_page_says_so(visit, capacity):
    page = capacity.press("Save draft", pool_auditors="nine or ten")
    assert "Draft saved at 09:00" in page.text
    again = visit("gail").open(capacity.path)
    assert again.value("pool_auditors") == "nine or ten"
    assert "Draft saved 1 December 2026 at 09:00" in again.text


def test_nobody_else_sees_a_draft(council, remedy, visit):
    remedy.press("Save draft", authorisation_comment="half a thought")
    assert "half a thought" not in str(visit("oz").open(remedy.path).response.data)


def test_a_script_that_saves_a_draft_gets_the_words_to_show(capacity):
    address, fields = capacity.sent_by("Save draft", {"pool_auditors": "9"})
    response = capacity.visitor.client.post(address, data=fields, headers={"Accept": "application/json"})
    assert response.json["saved"] == "Draft saved at 09:00"


def test_completing_a_task_takes_it_off_the_list(council, capacity):
    page = capacity.press("Complete the task", pool_auditors="3", audits_for_each_officer="1")
    assert page.path == "/"
    assert "The task is completed." in page.text
    assert council.task("Release the assignments") is not None


def test_a_double_press_happens_once(council, capacity):
    address, fields = capacity.sent_by("Complete the task", {"pool_auditors": "3", "audits_for_each_officer": "1"})
    first, second = (capacity.visitor.send(address, fields) for _ in range(2))
    assert [first.path, second.path] == ["/", "/"]
    instance = council.task("Release the assignments").instance
    kept = council.ask(lambda question: submissions.of_instance(question.connection, instance))
    assert len([row for row in kept if row.form == "auditor_capacity.json"]) == 1


def test_a_form_sent_again_with_other_words_is_not_taken_for_the_first(council, capacity):
    address, fields = capacity.sent_by("Complete the task", {"pool_auditors": "3", "audits_for_each_officer": "1"})
    capacity.visitor.send(address, fields)
    fields["pool_auditors"] = "9"
    assert capacity.visitor.send(address, fields).path == "/"
    instance = council.instance(council.task("Release the assignments").instance)
    assert instance.status == "running"


def test_somebody_elses_task_cannot_be_opened_or_completed(council, remedy, visit):
    other = visit("zoe").open(remedy.path)
    assert other.status == 403
    assert "it belongs to another post" in other.text
    before = council.dump()
    address, fields = remedy.sent_by("Complete the task", {})
    fields["csrf_token"] = other.value("csrf_token")
    assert other.visitor.send(address, fields).status == 403
    assert council.dump() == before


def test_an_unknown_task_is_not_found(visit):
    assert visit("mo").open("/tasks/0000000000000000.1").status == 404


def test_who_comes_second_reads_who_was_first_and_keeps_what_was_typed(council, remedy):
    sign_off_all(council)
    council.complete("mo", REMEDY, CASE)
    council.clock.move_to(at(2026, 12, 1, 11))
    page = remedy.visitor.open(remedy.path)
    assert "Mo completed this task on 1 December 2026 at 09:00" in page.text


def test_what_two_people_do_at_once_is_told_to_the_second(council, visit, remedy):
    directory.record_absence(council.engine, "the tests", "mo", at(2026, 12, 1).date(), at(2026, 12, 1).date())
    page = visit("oz").open(remedy.path)
    assert page.status == 200
    council.pass_to(at(2026, 12, 2, 9))
    sign_off_all(council)
    council.complete("mo", REMEDY, CASE)
    second = page.press("Complete the task", authorisation_comment="I looked at this too")
    assert second.status == 409
    assert "Mo completed it on 2 December 2026 at 09:00" in second.text
    assert "I looked at this too" in second.text


def test_a_page_from_before_a_reminder_is_as_good_as_a_new_one(council, remedy):
    sign_off_all(council)
    council.pass_to(at(2027, 1, 4, 12))
    assert remedy.press("Complete the task", authorisation_comment="All is done").path == "/"


def test_a_page_from_before_somebody_moved_the_due_date_is_shown_again_with_what_was_typed(council, remedy):
    flood = at(2026, 12, 3).date()
    directory.close_council(council.engine, "asha", flood, flood, "Flood")
    page = remedy.press("Complete the task", authorisation_comment="All is done")
    assert page.status == 409
    assert "1 December 2026 at 09:00, Asha: due dates were reckoned again." in page.text
    assert page.value("authorisation_comment") == "All is done"
    sign_off_all(council)
    assert page.press("Complete the task").path == "/"


def test_a_task_of_a_post_can_be_taken_and_given_back(council, visit):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    task = council.task(REMEDY, CASE)
    work.take(council.engine, "mo", task.id)
    page = visit("mo").open(f"/tasks/{task.id}")
    assert "You have taken this task." in page.text
    assert "You have given this task back." in page.press("Give it back").text
    assert council.task_row(task.id).assignee is None


@pytest.mark.parametrize("field", ["version", "key"])
def test_a_page_without_its_hidden_fields_is_not_understood(remedy, field):
    address, fields = remedy.sent_by("Complete the task", {})
    del fields[field]
    assert remedy.visitor.send(address, fields).status == 400


def test_a_button_that_no_page_has_is_not_understood(remedy):
    address, fields = remedy.sent_by("Complete the task", {})
    fields["do"] = "destroy"
    assert remedy.visitor.send(address, fields).status == 400


def test_an_auditor_cannot_see_that_the_audit_was_drawn(council, visit):
    plain, drawn = council.assign(CASE, "kim"), council.assign("CF-20932", "kim", drawn=True)
    pages = [visit("kim").open(f"/tasks/{council.task(AUDIT, row.case_ref).id}").text for row in (plain, drawn)]
    assert pages[0].replace(CASE, "") == pages[1].replace("CF-20932", "")


def test_a_successor_goes_on_with_the_draft_that_was_left(council, visit, remedy):
    remedy.press("Save draft", authorisation_comment="Half of it is done")
    extracts.apply(council.engine, "the extract", CaseChange(CASE, team="South CIN"))
    (successor,) = council.holders(council.task(REMEDY, CASE))
    page = visit(successor).open(remedy.path)
    assert "Mo had begun this task and saved a draft on 1 December 2026 at 09:00." in page.text
    assert page.value("authorisation_comment") != "Half of it is done"
    page = page.press("Go on with that draft")
    assert page.value("authorisation_comment") == "Half of it is done"
    assert "had begun this task" not in page.text


def test_a_task_says_what_happened_before_and_who_is_next(council, remedy, visit):
    assert "Kim completed “Audit the case record”" in remedy.text
    council.assign("CF-20932", "kim")
    page = visit("kim").open(f"/tasks/{council.task(AUDIT, 'CF-20932').id}")
    assert any(one.startswith("Acknowledge the audit , with Mo (Practice Manager)") for one in page.all("li"))
    assert "“Drawn for quality assurance? Drawn”" in page.text
