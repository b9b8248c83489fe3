"""Signing in by the council's provider: whoever it vouches for, and nobody by an answer that is not as it should be."""

from collections.abc import Iterator
from dataclasses import replace
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from engine.service.people import accounts
from engine.store import people
from tests.factories.identities import CLIENT, CODE, SECRET, STRANGE, Identities, provider
from tests.factories.visitor import Visitor
from webapp.application import create_app
from webapp.config import for_demonstration
from webapp.provider import Provider

BACK, SUBJECT = "/sign-in/council/back", "subject of kim"


@pytest.fixture
def identities() -> Iterator[Identities]:
    with provider() as found:
        yield found


@pytest.fixture
def make(council, identities):
    """make(role="…") is a visitor of an application with such a provider."""

    def visitor(**settings: Any) -> Visitor:
        found = Provider(f"{identities.address}/.well-known/openid-configuration", CLIENT, SECRET, **settings)
        return Visitor(create_app(council.engine, replace(for_demonstration(), demonstration=True, provider=found)))

    return visitor


@pytest.fixture
def kim(council, make) -> Visitor:
    """A visitor where Kim is linked, beside somebody else."""
    accounts.link(council.engine, "asha", "kim", SUBJECT)
    accounts.link(council.engine, "asha", "mo", "subject of mo")
    return make()


def go(visitor: Visitor, identities: Identities, onward: str = "/") -> str:
    """Go to the provider and return the state that comes back."""
    there = visitor.client.get(f"/sign-in/council?next={onward}").location
    identities.asked = {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}
    return identities.asked["state"]


def sign_in(visitor: Visitor, identities: Identities, onward: str = "/") -> Any:
    state = go(visitor, identities, onward)
    return visitor.client.get(BACK, query_string={"state": state, "code": CODE})


def is_signed_in(visitor: Visitor) -> bool:
    return visitor.client.get("/").status_code == 200


def test_who_is_linked_signs_in_and_goes_on_to_where_they_were_heading(kim, identities):
    page = kim.open("/cases/CF-20931")
    assert "Sign in with your council account" in page.text
    assert sign_in(kim, identities, "/notices").location == "/notices"
    assert "Kim" in kim.open("/").text


def test_the_flow_is_guarded_by_state_nonce_and_a_hashed_verifier(kim, identities):
    state = go(kim, identities)
    asked = identities.asked
    assert (asked["response_type"], asked["client_id"], asked["code_challenge_method"]) == ("code", CLIENT, "S256")
    assert len({state, asked["nonce"], asked["code_challenge"]}) == 3
    assert asked["redirect_uri"].endswith(BACK)
    assert state != go(kim, identities)


WRONG = {
    "of another issuer": {"claims": {"iss": "https://elsewhere.example"}},
    "of no issuer": {"claims": {"iss": None}},
    "for another client": {"claims": {"aud": "another"}},
    "for nobody": {"claims": {"aud": None}},
    "for several, of whom another asked": {"claims": {"aud": [CLIENT, "another"], "azp": "another"}},
    "expired": {"claims": {"exp": int(time()) - 3600}},
    "that never expires": {"claims": {"exp": None}},
    "of the future": {"claims": {"iat": int(time()) + 86_400}},
    "not valid yet": {"claims": {"nbf": int(time()) + 86_400}},
    "without the nonce": {"claims": {"nonce": None}},
    "with another nonce": {"claims": {"nonce": "another"}},
    "about nobody": {"claims": {"sub": None}},
    "about an empty subject": {"claims": {"sub": ""}},
    "about a list": {"claims": {"sub": [SUBJECT]}},
    "about a stranger": {"claims": {"sub": "a stranger"}},
    "signed by another key": {"key": STRANGE},
    "signed by a key that is unknown": {"key": STRANGE, "header": {"kid": "two"}},
    "not signed": {"header": {"alg": "none"}},
    "signed with the public key as a shared secret": {"header": {"alg": "HS256"}},
    "of another access token": {"claims": {"at_hash": "bm90IHRoZSBoYXNo"}},
    "that is none": {"answer": {"access_token": "access", "token_type": "Bearer", "id_token": "a.b.c"}},
    "that is missing": {"answer": {"access_token": "access", "token_type": "Bearer"}},
    "beside an error": {"answer": {"error": "invalid_client"}, "status": 401},
    "that is no record": {"answer": ["a list"]},
    "that is no JSON": {"answer": b"<html>"},
    "of a provider that fails": {"answer": {}, "status": 500},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_nobody_is_signed_in_by_a_token(kim, identities, wrong):
    for name, value in wrong.items():
        setattr(identities, name, value)
    answer = sign_in(kim, identities)
    assert answer.status_code == 400
    assert "You are not signed in" in answer.get_data(as_text=True)
    assert not is_signed_in(kim)


def test_forged_missing_and_repeated_states_are_a_page(kim, identities):
    state = go(kim, identities)
    for query in ({"state": "forged", "code": CODE}, {"code": CODE}, {"error": "access_denied", "state": state}, {}):
        assert kim.client.get(BACK, query_string=query).status_code == 400
    assert sign_in(kim, identities).status_code == 302
    kim.open("/").press("Sign out")
    assert kim.client.get(BACK, query_string={"state": state, "code": CODE}).status_code == 400
    assert not is_signed_in(kim)


def test_an_answer_belongs_to_the_browser_that_asked(kim, identities, make):
    state, other = go(kim, identities), make()
    assert other.client.get(BACK, query_string={"state": state, "code": CODE}).status_code == 400
    assert not is_signed_in(other)


def test_a_provider_that_is_not_there_is_a_page(council):
    gone = Provider("http://127.0.0.1:9/metadata", CLIENT, SECRET)
    visitor = Visitor(create_app(council.engine, replace(for_demonstration(), provider=gone)))
    assert visitor.open("/sign-in/council").status == 400


def test_passwords_and_names_open_nothing_where_there_is_a_provider(kim):
    page = kim.open("/sign-in")
    with kim.client.session_transaction() as session:
        session["kept"] = True
    assert "Password" not in page.text
    kim.client.application.config["WTF_CSRF_ENABLED"] = False
    assert kim.client.post("/sign-in", data={"username": "kim"}).status_code == 403
    assert not is_signed_in(kim)


def test_who_has_left_is_not_signed_in(council, kim, identities):
    council.run(lambda command: people.change_person(command.connection, "kim", {"active": False}))
    assert sign_in(kim, identities).status_code == 400


def test_a_role_is_asked_for_where_the_council_wants_one(council, make, identities):
    accounts.link(council.engine, "asha", "kim", SUBJECT)
    visitor = make(role="Casefile.User")
    for roles, status in ((None, 400), (["Other"], 400), ("Casefile.User", 400), (["Casefile.User"], 302)):
        identities.claims = {"roles": roles}
        assert sign_in(visitor, identities).status_code == status


def test_who_comes_first_is_linked_by_a_claim_that_the_council_trusts(council, make, identities):
    visitor = make(subject="oid", username="preferred_username")
    identities.claims = {"oid": "an id for good", "preferred_username": "kim"}
    assert sign_in(visitor, identities).status_code == 302
    assert accounts.by_subject(council.engine, "an id for good").username == "kim"
    identities.claims = {"oid": "an id for good", "preferred_username": "renamed"}
    assert sign_in(visitor, identities).status_code == 302
    identities.claims = {"oid": "another id", "preferred_username": "kim"}
    assert sign_in(visitor, identities).status_code == 400
