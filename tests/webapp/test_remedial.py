"""Remedial actions: the Practice Manager signs off, the social worker records work, and others do neither."""

import pytest

from tests.factories.council import REMEDY

CASE = "CF-20931"


@pytest.fixture
def remedy(council, visit):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    return visit("mo").open(f"/tasks/{council.task(REMEDY, CASE).id}")


def state(council, number):
    return next(row.state for row in council.actions(CASE) if row.number == number)


def test_the_practice_manager_signs_off_each_action(council, remedy):
    page = remedy.press("Sign off action 1", what="See the note of this week")
    assert page.path == remedy.path
    assert "Remedial action 1 is signed off." in page.text
    assert "See the note of this week" in page.text
    assert state(council, 1) == "completed"
    assert state(council, 2) == "open"


def test_the_form_is_refused_until_every_action_is_signed_off(remedy):
    page = remedy.press("Complete the task")
    assert page.status == 422
    assert "2 remedial actions are not signed off." in page.all(".govuk-error-summary")[0]


def test_the_social_worker_records_work_and_is_offered_no_sign_off(council, remedy, visit):
    page = visit("nia").open(f"/cases/{CASE}")
    assert not [one for one in page.all("button") if one.startswith("Sign off")]
    page = page.press("Record work on action 1", what="Asked the school")
    assert page.path == f"/cases/{CASE}"
    assert "Asked the school" in page.text
    assert state(council, 1) == "in progress"


def test_work_without_words_is_not_recorded(council, remedy):
    page = remedy.press("Record work on action 1", what="  ")
    assert "say what was done" in page.text
    assert state(council, 1) == "open"


def test_who_may_not_sign_off_is_refused_whatever_they_send(council, remedy, visit):
    visitor = visit("nia")
    token = visitor.open(f"/cases/{CASE}").value("csrf_token")
    action = council.actions(CASE)[0].id
    page = visitor.send(f"/actions/{action}/sign-off", {"csrf_token": token, "what": "done"})
    assert page.status == 403
    assert "only the Practice Manager of the case signs off its remedial actions" in page.text
    assert state(council, 1) == "open"


def test_a_management_decision_is_asked_for_from_the_action_it_is_about(council, remedy):
    link = remedy.links()["Ask for a management decision on action 2"]
    page = remedy.visitor.open(link)
    assert page.value("action_number") == "2"
    page = page.press(
        "Send", why="other_lack_of_information", explanation="The school has closed", observation_reference="OBS-114"
    )
    assert page.path == f"/cases/{CASE}"
    assert state(council, 2) == "awaiting management decision"
    assert council.titles(CASE) == [REMEDY, "Decide the management decision"]


def test_an_action_has_a_page_of_its_own_where_work_is_recorded(council, remedy, visit):
    page = visit("nia").open(f"/cases/{CASE}")
    page = page.visitor.open(page.links()["Remedial action 1"])
    assert page.title == f"Remedial action 1 – {CASE} – Casefile"
    assert "Answers for it Mo Works on it Nia" in page.text
    again = page.press("Record work on action 1", what="Asked the school")
    assert again.path == page.path
    assert "Asked the school" in again.text
    dispute = again.visitor.open(again.links()["Raise a disagreement about a remedial action"])
    assert dispute.value("action_number") == "1"
    assert visit("zoe").open(page.path).status == 404


def test_a_social_worker_finds_the_audits_of_their_cases(council, remedy, visit):
    page = visit("nia").open("/cases")
    assert CASE in page.links()
    assert "With the Practice Manager , the audit of CF-20931" in page.text
    assert "2, due 8 January 2027" in page.text
    assert [one for one in visit("cat").open("/cases").links() if one.startswith("CF-")] == ["CF-90001"]
    assert "There is none." in visit("kim").open("/cases").text
