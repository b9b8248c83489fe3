"""What is sent wrongly from a page: told on a page, with what was typed, and nothing changed."""

import pytest

from tests.factories.council import REMEDY
from webapp.security import LARGEST_PAGE

CASE = "CF-20931"
DEFERMENT = f"/cases/{CASE}/start/deferment"
ASKED = {
    "request_kind": "deferment", "reason": "Annual leave",
    "new_start__day": "14", "new_start__month": "12", "new_start__year": "2026",
}  # fmt: skip


@pytest.fixture
def asking(council, visit):
    """The page on which Kim asks for a deferment."""
    council.assign(CASE, "kim")
    return visit("kim").open(DEFERMENT)


@pytest.fixture
def remedy(council, visit):
    """The page on which Mo completes the remedial action of a case."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    return visit("mo").open(f"/tasks/{council.task(REMEDY, CASE).id}")


def unchanged(council, act):
    """Do something that must change nothing, and return its page."""
    before = council.dump()
    page = act()
    assert council.dump() == before
    return page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"new_start__day": "30", "new_start__month": "11"}, "The new start date must be today or in the future."),
        ({"new_start__day": "31", "new_start__month": "2"}, "The new start date must be a real date."),
        ({"new_start__year": "9999"}, "The new start date must have a year from 1900 to 2199"),
        ({"new_start__day": "", "new_start__month": "", "new_start__year": ""}, "Enter the new start date"),
    ],
)
def test_a_day_that_is_wrong_is_told_at_its_field_and_what_was_typed_stays(council, asking, typed, words):
    page = unchanged(council, lambda: asking.press("Send", **ASKED | typed))
    assert page.status == 422
    assert list(page.problems()) == ["#new_start-day"]
    assert words in page.problem_at("new_start")
    assert page.value("reason") == "Annual leave"


@pytest.mark.parametrize("key", [None, "", "k" * 65])
def test_a_page_without_its_key_begins_nothing(council, asking, key):
    address, fields = asking.sent_by("Send", {name.replace("__", "-"): value for name, value in ASKED.items()})
    fields.poplist("key")
    if key is not None:
        fields["key"] = key
    assert unchanged(council, lambda: asking.visitor.send(address, fields)).status == 400


def test_a_page_of_ten_megabytes_is_refused_with_a_page(council, remedy):
    large = "x" * 10_000_000
    page = unchanged(council, lambda: remedy.press("Complete the task", authorisation_comment=large))
    assert page.status == 413
    assert "Nothing was kept." in page.text
    assert "xxxx" not in page.text


def test_an_answer_that_is_too_long_is_told_at_its_field(council, remedy):
    assert LARGEST_PAGE > 20_000
    page = unchanged(council, lambda: remedy.press("Complete the task", authorisation_comment="x" * 20_000))
    assert page.status == 422
    assert "10,000" in page.problem_at("authorisation_comment")
    assert len(page.value("authorisation_comment")) == 20_000


def test_work_that_is_told_at_great_length_is_refused_and_shown_again_whole(council, remedy):
    action = council.actions(CASE)[0]
    _, fields = remedy.sent_by("Complete the task", {"what": "y" * 12_000})
    page = unchanged(council, lambda: remedy.visitor.send(f"/actions/{action.id}/work", fields))
    assert page.status == 413
    assert "The text is too large: 12,000 characters, and the most is 10,000." in page.text
    assert "y" * 12_000 in page.text


def test_an_action_signed_off_twice_says_why_it_cannot_be(council, remedy):
    action = council.actions(CASE)[0]
    _, fields = remedy.sent_by("Complete the task", {})
    remedy.visitor.send(f"/actions/{action.id}/sign-off", fields)
    page = unchanged(council, lambda: remedy.visitor.send(f"/actions/{action.id}/sign-off", fields))
    assert page.status == 409
    assert "Remedial action 1 is not possible now: " in page.text


@pytest.mark.parametrize("address", ["/actions/999/sign-off", "/actions/999/work", "/tasks/x.1", "/tasks/x.1/take"])
def test_what_is_not_there_is_said_to_be_not_there(council, remedy, address):
    _, fields = remedy.sent_by("Complete the task", {"what": "Seen"})
    page = unchanged(council, lambda: remedy.visitor.send(address, fields))
    assert page.status == 404
    assert "There is no " in page.text


@pytest.mark.parametrize("username", ["ghost", "", "kim'--", "k" * 10_000])
def test_nobody_unknown_signs_in(council, app, username):
    client = app.test_client()
    token = client.get("/sign-in").get_data(as_text=True).partition('name="csrf_token" value="')[2].partition('"')[0]
    sent = {"username": username, "csrf_token": token}
    response = unchanged(council, lambda: client.post("/sign-in", data=sent))
    assert response.status_code == 422
    assert "Choose somebody to sign in as." in response.get_data(as_text=True)
