"""The pages of people, posts and teams, with a browser without scripts."""

import pytest

from tests.factories.addresses import of_person
from tests.factories.older import before_leavers


@pytest.fixture
def older_audit(council, monkeypatch):
    """An audit under a policy whose diagram does not say what becomes of it when its auditor leaves."""
    before_leavers(council, monkeypatch)
    return council.assign("CF-20931", "kim")


def test_anybody_looks_somebody_up_and_sees_no_more_than_post_and_team(visit):
    page = visit("nia").open("/directory?words=mo")
    assert page.all("tbody th") == ["Mo"]
    page = page.visitor.open(page.links()["Mo"])
    assert "Practice Manager of North CIN" in page.text
    assert "Cleared for restricted records" not in page.text
    assert "Change what is kept here" not in page.links()
    assert "Add somebody" not in page.visitor.open("/directory").links()


def test_somebody_is_added_and_changed(visit):
    visitor = visit("gail")
    page = visitor.open("/directory").visitor.open("/directory/new-person")
    page = page.press("Add them", username="newa", name="Newa", post="Social Worker", team="North CIN")
    assert page.path == of_person("newa")
    page = visitor.open(of_person("newa", "/change")).press("Keep this", cleared="yes")
    assert "Cleared for restricted records Yes" in page.text


def test_what_was_typed_stays_with_the_sentence_at_its_field(visit):
    page = visit("gail").open("/directory/new-person").press("Add them", username="newa", name="Newa", email="newa")
    assert page.status == 422
    assert set(page.problems()) == {"#post", "#email"}
    assert (page.value("name"), page.value("email")) == ("Newa", "newa")
    assert page.title.startswith("Error: ")


def test_who_leaves_is_asked_about_first(council, visit):
    council.assign("CF-20931", "kim")
    page = visit("gail").open(of_person("kim", "/leave"))
    assert "1 open task" in page.text
    assert "CF-20931" in page.links()
    page = page.press("Record that they leave")
    assert "Has left" in page.text
    assert "Has left" not in page.press("Record that they work here again").text


def test_what_is_somebodys_by_name_says_who_has_it_then(council, visit):
    council.assign("CF-20931", "kim")
    page = visit("gail").open(of_person("kim", "/leave"))
    assert "“Reassign the audit”: Quality Assurance Team Administrator (Gail)" in page.text
    assert "and stays with them" not in page.text
    page = page.press("Record that they leave")
    page = page.visitor.open(page.links()["See what they have left open"])
    assert "0 open tasks" in page.text
    assert "Record that they leave" not in page.text


def test_a_last_day_ahead_is_kept_and_taken_back(visit):
    page = visit("gail").open(of_person("kim", "/leave"))
    day = {"last_day-day": "24", "last_day-month": "12", "last_day-year": "2026"}
    page = page.press("Record that they leave", **day)
    assert "Last day Thursday 24 December 2026" in page.text
    assert "Has left" not in page.text
    again = page.visitor.open(page.links()["Record that they leave"])
    assert again.value("last_day-month") == "12"
    page = page.press("Record that they stay after all")
    assert "Last day" not in page.text


def test_a_day_that_is_over_is_refused_at_its_field_and_stays_typed(visit):
    page = visit("gail").open(of_person("kim", "/leave"))
    day = {"last_day-day": "1", "last_day-month": "10", "last_day-year": "2026"}
    page = page.press("Record that they leave", **day)
    assert page.status == 422
    assert "The last day must be today or later." in page.text
    assert page.value("last_day-month") == "10"
    assert page.title.startswith("Error: ")


def test_what_an_older_policy_keeps_with_them_says_how_it_goes_to_another(older_audit, visit):
    page = visit("gail").open(of_person("kim", "/leave"))
    assert "“Ask for a deferment or dispensation” is begun by Kim alone, so before they leave." in page.text
    assert "It may be cancelled by the Service Manager, Quality Assurance: Asha." in page.text
    page = page.press("Record that they leave")
    page = page.visitor.open(page.links()["See what they have left open"])
    assert "is begun by Kim alone, and they have left." in page.text


def test_who_may_cancel_such_work_is_led_there(older_audit, visit):
    page = visit("asha").open(of_person("kim", "/leave"))
    link = page.links()["Cancel this work : Audit the case record of CF-20931"]
    assert "Cancel" in page.visitor.open(link).title


def test_others_are_refused_in_a_sentence(visit):
    for address in ("/directory/new-person", of_person("mo", "/change"), of_person("mo", "/leave")):
        page = visit("nia").open(address)
        assert page.status == 403
        assert "keep the directory" in page.text


def test_posts_say_who_stands_in(visit):
    page = visit("nia").open("/directory/posts")
    assert "If Asha is away, Colin (Head of Safeguarding). If Colin is away too, Ian" in page.text
    assert visit("nia").open("/directory/posts?day=rubbish").status == 200


def test_a_team_gets_another_practice_manager(council, visit):
    council.assign("CF-20931", "kim")
    council.authorise_audit("CF-20931", 1)
    visitor = visit("gail")
    page = visitor.open("/directory/teams/North CIN/change").press("Keep this", practice_manager="quin")
    assert "1 open task is with somebody else now." in page.text
    assert "Quin answers for it." in page.text
    page = visitor.open("/directory/new-team").press("Add the team", name="", service_area="Astronomy")
    assert set(page.problems()) == {"#name", "#service_area"}
