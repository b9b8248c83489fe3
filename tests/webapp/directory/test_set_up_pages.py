"""Set-up and invitations in the browser: each door opens once, for whoever has its key, and is gone afterwards."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from engine.service.council import changes, invitations, set_up
from engine.service.people import accounts
from engine.store.database import Database
from tests.factories.addresses import of_person
from tests.factories.application import application
from tests.factories.council import MORNING, Council
from tests.factories.identities import CLIENT, CODE, SECRET, provider
from tests.factories.visitor import Visitor
from tests.service.council.test_changes import NEW
from webapp.attempts import MOST
from webapp.config import Config
from webapp.passwords import HASHER
from webapp.provider import Provider

LONG = "four words stand together"
FIRST = {
    "name": "Gail",
    "username": "gail",
    "post": "Quality Assurance Team Administrator",
    "email": "gail@example.org",
    "password": LONG,
}


def as_a_council(council, **settings):
    app = application(council.engine, Config("k" * 40, **settings))
    app.config.update(SESSION_COOKIE_SECURE=False, SESSION_COOKIE_NAME="casefile")
    return app


@pytest.fixture
def empty(database: Database):
    return Council(database, MORNING)


@pytest.fixture
def stranger(empty):
    return Visitor(as_a_council(empty))


@pytest.fixture
def code(empty):
    return set_up.make_code(empty.engine, "the command line")


def test_a_council_is_set_up_step_by_step(empty, stranger, code):
    page = stranger.open("/set-up").press("Go on", code=code, **FIRST)
    assert page.path == "/directory/set-up"
    assert stranger.open("/").path == "/directory/set-up"
    page = page.press("Put the policy of this installation into force")
    assert "The policy is in force." in page.text
    assert page.links()["Import teams"] == "/directory/import/teams"
    assert stranger.open("/").path == "/"
    assert stranger.open("/directory").all("tbody th") == ["Gail"]


@pytest.fixture
def identities():
    with provider() as found:
        yield found


def test_a_council_with_a_provider_of_identities_is_set_up_without_a_password(empty, code, identities):
    found = Provider(f"{identities.address}/.well-known/openid-configuration", CLIENT, SECRET)
    stranger = Visitor(as_a_council(empty, provider=found))
    page = stranger.open("/set-up")
    assert "You sign in with your council account" in page.text
    assert page.tree.cssselect("input[name=password]") == []
    first = {name: value for name, value in FIRST.items() if name != "password"}
    page = page.press("Go on", code=code, **first)
    assert page.path == "/directory/set-up"
    page.press("Put the policy of this installation into force").press("Sign out")
    assert council_account(stranger, identities).status_code == 400
    accounts.link(empty.engine, "the command line", "gail", "subject of kim")
    assert council_account(stranger, identities).location == "/"
    assert "Gail" in stranger.open("/").text


def council_account(visitor, identities):
    """Come back from the provider."""
    there = visitor.client.get("/sign-in/council").location
    identities.asked = {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}
    return visitor.client.get("/sign-in/council/back", query_string={"state": identities.asked["state"], "code": CODE})


def test_the_doors_are_gone_afterwards(empty, stranger, code):
    page = stranger.open("/set-up")
    first, fields = page.sent_by("Go on", {"code": code, **FIRST})
    policy, token = stranger.send(first, fields).sent_by("Put the policy of this installation into force", {})
    assert stranger.send(policy, token).status == 200
    assert stranger.send(policy, token).status == 404
    assert stranger.open("/set-up").status == 404
    before = empty.dump()
    again = Visitor(as_a_council(empty))
    fields["csrf_token"] = again.open("/sign-in").value("csrf_token")
    assert again.send(first, fields).status == 404
    assert empty.dump() == before


def test_a_wrong_code_is_refused_and_the_sixth_waits_however_right_it_is(empty, stranger, code):
    for _ in range(MOST):
        page = stranger.open("/set-up").press("Go on", code="WRONG", **FIRST)
        assert page.status == 422
        assert set(page.problems()) == {"#code"}
        assert (page.value("username"), page.value("password")) == ("gail", None)
    page = stranger.open("/set-up").press("Go on", code=code, **FIRST)
    assert "too many attempts" in page.text
    assert set_up.is_open(empty.engine)


def test_without_the_token_of_the_page_nothing_is_done(empty, stranger, code):
    assert stranger.send("/set-up", {"code": code, **FIRST}).status == 400
    assert set_up.is_open(empty.engine)


def test_a_short_password_uses_nothing_up(empty, stranger, code):
    page = stranger.open("/set-up").press("Go on", code=code, **{**FIRST, "password": "short"})
    assert set(page.problems()) == {"#password"}
    assert page.press("Go on", password=LONG, code=code).path == "/directory/set-up"


def test_a_council_that_works_shows_no_set_up_to_strangers(council):
    visitor = Visitor(as_a_council(council))
    assert visitor.open("/set-up").status == 404
    token = visitor.open("/sign-in").value("csrf_token")
    assert visitor.send("/set-up", {"code": "x", "csrf_token": token, **FIRST}).status == 404
    assert visitor.open("/directory/set-up").path == "/sign-in"


def test_the_list_stays_for_those_who_keep_the_directory(visit):
    assert "Closure days" in visit("gail").open("/directory/set-up").text
    assert visit("mo").open("/directory/set-up").status == 403
    assert visit("gail").open("/directory/set-up").visitor.open("/directory").links()["Set-up"] == "/directory/set-up"


# Invitations


@pytest.fixture
def invited(council):
    changes.add(council.engine, "gail", "newa", NEW)
    invitations.invite(council.engine, "gail", "newa", "http://127.0.0.1/invitations")
    letter = [one for one in council.letters("newa") if one.notice == "invitation"][-1]
    return re.search(r"http://127.0.0.1(/invitations/\S+)", letter.body)[1]


def test_the_invited_person_chooses_a_password_and_signs_in(council, invited):
    visitor = Visitor(as_a_council(council))
    page = visitor.open(invited).press("Keep this password", password="short")
    assert set(page.problems()) == {"#password"}
    page = page.press("Keep this password", password=LONG)
    assert page.path == "/sign-in"
    assert page.press("Sign in", username="newa", password=LONG).path == "/"
    assert Visitor(as_a_council(council)).open(invited).status == 404


def test_after_five_wrong_keys_none_is_looked_at(council, invited):
    visitor = Visitor(as_a_council(council))
    for number in range(MOST):
        assert visitor.open(f"/invitations/wrong{number}").status == 404
    assert visitor.open(invited).status == 404


def test_an_invitation_is_sent_from_the_page_of_a_person(council):
    accounts.set_password(council.engine, "the tests", "gail", HASHER.hash(LONG))
    changes.add(council.engine, "gail", "newa", NEW)
    visitor = Visitor(as_a_council(council))
    visitor.open("/sign-in").press("Sign in", username="gail", password=LONG)
    page = visitor.open(of_person("newa", key="k" * 40)).press("Send an invitation to choose a password")
    assert "The invitation is on its way." in page.text
    assert "invitation" in [one.notice for one in council.letters("newa")]
    page = visitor.open(of_person("mo", key="k" * 40)).press("Send an invitation to choose a password")
    assert "Give them an e-mail address first" in page.text
    assert "1 invitation is on the way." in visitor.open("/directory/set-up").press("Invite everybody").text


def test_the_access_log_does_not_hold_the_key(council, invited, caplog):
    with caplog.at_level("INFO", logger="casefile.access"):
        Visitor(as_a_council(council)).open(invited)
    assert invited.rpartition("/")[2] not in caplog.text
