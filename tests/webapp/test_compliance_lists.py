"""The pages of the four-month lists: what is read before it is sent, and what a team was sent."""

import pytest

from tests.factories.doing import review_two_actions

CASE, TEAM = "CF-20931", "North CIN"
SEND = "Distribute the compliance list"


@pytest.fixture
def reviewed(council):
    """Two actions of a case, found four months on: one done, one signed off and not done."""
    review_two_actions(council, CASE)
    return council


def test_who_sends_the_list_reads_it_on_the_page_of_the_task(reviewed, visit):
    page = visit("gail").open(f"/tasks/{reviewed.task(SEND).id}")
    assert "2 remedial actions, 1 outstanding" in page.text
    assert f"{CASE} , action 2" in page.text
    assert "Signed off but not done Outstanding Given out with the list" in page.text
    sheet = page.visitor.open(page.links()["Excel"])
    assert sheet.response.content_type.endswith("spreadsheetml.sheet")
    text = page.visitor.open(page.links()["CSV"]).response.get_data(as_text=True)
    assert [line.split(",")[:6] for line in text.splitlines() if line.startswith(CASE)][1][3:] == ["No", "Yes", "No"]


def test_the_letter_leads_to_the_list_of_the_team_and_that_to_its_actions(reviewed, visit):
    reviewed.complete("gail", SEND, covering_note="Look first at what waits longest.")
    page = visit("mo").open("/notices")
    page = page.visitor.open(page.links()["Remedial actions four months after the audit: your team"])
    assert page.title == f"Remedial actions four months on: {TEAM} – Casefile"
    assert "Look first at what waits longest." in page.text
    assert "Mo, by " in page.text
    assert page.visitor.open(page.links()[f"action 2 of {CASE}"]).status == 200


def test_a_team_without_a_list_is_told_so_and_nobody_sees_that_of_another(council, visit):
    assert "No list was sent to this team yet." in visit("mo").open(f"/compliance-lists/{TEAM}").text
    assert visit("quin").open(f"/compliance-lists/{TEAM}").status == 403
    assert visit("mo").open("/compliance-lists/Nowhere").status == 404
    assert visit("mo").open(f"/compliance-lists/{TEAM}?list=nothing").status == 404


def test_everybody_is_offered_the_teams_whose_lists_they_see(council, visit):
    assert TEAM in visit("mo").open("/compliance-lists").links()
    assert "South CIN" not in visit("mo").open("/compliance-lists").links()
    assert "no team whose list" in visit("kim").open("/compliance-lists").text
    assert "Remedial actions four months on" in visit("mo").open("/figures").links()
    assert "Remedial actions four months on" not in visit("kim").open("/figures").links()
