"""Signing in: by choosing a name in the demonstration, by password elsewhere; deep links survive it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.service.people import accounts
from engine.store import people
from tests.factories.application import application
from tests.factories.visitor import Visitor
from webapp.config import Config, for_demonstration
from webapp.passwords import HASHER

PASSWORD = "a long and winding password"


@pytest.fixture
def guarded(council):
    """The application as a council runs it, with a password for Kim."""
    accounts.set_password(council.engine, "the tests", "kim", HASHER.hash(PASSWORD))
    app = application(council.engine, Config("k" * 40))
    app.config["SESSION_COOKIE_SECURE"] = False
    app.config["SESSION_COOKIE_NAME"] = "casefile"
    return Visitor(app)


def enter(visitor, username, password):
    return visitor.open("/sign-in").press("Sign in", username=username, password=password)


def test_choosing_a_name_signs_in_to_the_demonstration(visit):
    assert "Kim, Specialist" in visit("kim").open("/").text


def test_nobody_is_chosen(app):
    page = Visitor(app).open("/sign-in").press("Sign in")
    assert page.status == 422
    assert page.problems() == {"#username": "Choose somebody to sign in as."}


def test_names_are_not_listed_outside_the_demonstration(guarded):
    assert "Kim" not in guarded.open("/sign-in").text


def test_a_password_signs_in(guarded):
    assert enter(guarded, "kim", PASSWORD).path == "/"


@pytest.mark.parametrize(("username", "password"), [("kim", "wrong"), ("mo", PASSWORD), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_password_an_account_without_one_and_an_unknown_name_read_alike(guarded, username, password):
    page = enter(guarded, username, password)
    assert page.status == 422
    assert page.problems() == {"#username": "Enter a correct username and password."}


def test_the_sixth_attempt_waits_however_right_it_is(council, guarded):
    for _ in range(5):
        enter(guarded, "kim", "wrong")
    assert "There were too many attempts." in enter(guarded, "kim", PASSWORD).text
    council.clock.move_to(council.clock.now() + timedelta(minutes=16))
    assert enter(guarded, "kim", PASSWORD).path == "/"


def test_a_link_survives_signing_in(council, app):
    council.assign("CF-20931", "kim")
    page = Visitor(app).open("/cases/CF-20931")
    assert page.path == "/sign-in"
    assert page.press("Sign in", username="kim").path == "/cases/CF-20931"


AWAY = ("//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "javascript:1", "/\t/x")


@pytest.mark.parametrize("away", AWAY)
def test_signing_in_never_leads_elsewhere(app, away):
    page = Visitor(app).open("/sign-in")
    address, fields = page.sent_by("Sign in", {"username": "kim", "next": away})
    assert page.visitor.client.post(address, data=fields).location == "/"


def test_signing_out_ends_it(visit):
    visitor = visit("kim")
    visitor.open("/").press("Sign out")
    assert visitor.open("/").path == "/sign-in"


def test_signing_out_ends_it_on_every_device_and_a_copied_cookie_opens_nothing(app, visit):
    first, other = visit("kim"), visit("kim")
    copied = first.client.get_cookie("casefile-demonstration").value
    first.open("/").press("Sign out")
    assert other.open("/").path == "/sign-in"
    thief = Visitor(app)
    thief.client.set_cookie("casefile-demonstration", copied)
    assert thief.open("/").path == "/sign-in"


def test_who_stays_signed_in_has_their_time_anew_and_nobody_else_any(app, visit):
    answer = visit("kim").client.get("/stay-signed-in")
    assert (answer.status_code, answer.data) == (204, b"")
    assert "Expires=" in answer.headers["Set-Cookie"]
    assert Visitor(app).client.get("/stay-signed-in").status_code == 302


def test_who_was_signed_out_while_doing_nothing_is_told_why(council):
    page = Visitor(application(council.engine, Config("k" * 40))).open("/sign-in?ended=idle")
    assert "nothing was done for 30 minutes" in page.text
    assert "nothing was done" not in page.visitor.open("/sign-in").text


def test_signing_in_begins_a_session_of_its_own(app):
    page = Visitor(app).open("/sign-in")
    with page.visitor.client.session_transaction() as session:
        session["planted"] = "by somebody else"
    page.press("Sign in", username="kim")
    with page.visitor.client.session_transaction() as session:
        assert "planted" not in session


def test_who_has_left_is_signed_out_with_the_next_page(council, visit):
    visitor = visit("kim")
    council.run(lambda command: people.change_person(command.connection, "kim", {"active": False}))
    assert visitor.open("/").path == "/sign-in"


def test_a_sign_in_ends_after_its_longest_time(council):
    app = application(council.engine, replace(for_demonstration(), longest=timedelta(hours=10)))
    visitor = Visitor(app).sign_in("kim")
    council.clock.move_to(council.clock.now() + timedelta(hours=11))
    assert visitor.open("/").path == "/sign-in"


def test_what_was_typed_is_shown_when_the_sign_in_ended_meanwhile(council, app):
    council.assign("CF-20931", "kim")
    council.authorise_audit("CF-20931", 1)
    page = Visitor(app).sign_in("mo").open(f"/tasks/{council.task('Complete the remedial actions', 'CF-20931').id}")
    council.clock.move_to(council.clock.now() + timedelta(days=367))
    again = page.press("Complete the task", authorisation_comment="An hour of typing")
    assert again.status == 401
    assert "An hour of typing" in again.text
