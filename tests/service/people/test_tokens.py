"""Tokens of other systems: shown once, kept as hashes, opening what their scopes say, until they are revoked."""

import pytest

from engine.errors import Invalid, NotAllowed, NotFound, NotNow
from engine.service.people import tokens
from engine.service.people.tokens import Token
from engine.store import people


@pytest.fixture
def secret(council):
    """A token of the record system, beside another one."""
    tokens.make(council.engine, "asha", "other", ["extracts:write"])
    return tokens.make(council.engine, "asha", "carefirst", ["closure:read", "closure:read"])


def test_only_the_hash_of_a_token_is_kept(council, secret):
    kept = str(council.dump())
    assert secret not in kept
    assert secret.removeprefix("cf_") not in kept
    assert [(row.name, list(row.scopes)) for row in tokens.every(council.engine)] == [
        ("carefirst", ["closure:read"]),
        ("other", ["extracts:write"]),
    ]


def test_a_token_is_known_by_its_secret(council, secret):
    assert tokens.known(council.engine, secret) == Token("carefirst", frozenset({"closure:read"}))
    assert [tokens.known(council.engine, one) for one in ("", secret[:-1], secret + "x", "\ud800")] == [None] * 4


def test_a_token_opens_its_scopes_and_no_others(council, secret):
    token = tokens.known(council.engine, secret)
    token.require("closure:read")
    with pytest.raises(NotAllowed, match="the token has not the scope extracts:write"):
        token.require("extracts:write")


def test_a_revoked_token_opens_nothing_and_its_name_is_never_used_again(council, secret):
    tokens.revoke(council.engine, "asha", "carefirst")
    assert tokens.known(council.engine, secret) is None
    with pytest.raises(NotFound):
        tokens.revoke(council.engine, "asha", "carefirst")
    with pytest.raises(NotNow):
        tokens.make(council.engine, "asha", "carefirst", ["closure:read"])


def test_making_and_revoking_are_on_record_without_the_secret(council, secret):
    tokens.revoke(council.engine, "colin", "other")
    events = council.events("tokens")
    assert [(one.actor, one.kind, one.details["name"]) for one in events] == [
        ("asha", "made", "other"),
        ("asha", "made", "carefirst"),
        ("colin", "revoked", "other"),
    ]
    assert all(secret not in str(one.details) for one in events)


@pytest.mark.parametrize(
    ("name", "scopes"),
    [
        ("", ["closure:read"]),
        ("Care First", ["closure:read"]),
        ("x" * 50, ["closure:read"]),
        ("a-b", []),
        ("a-b", ["*"]),
    ],
)
def test_bad_names_and_scopes_are_refused(council, name, scopes):
    before = council.dump()
    with pytest.raises(Invalid):
        tokens.make(council.engine, "asha", name, scopes)
    assert council.dump() == before


def test_a_token_acts_for_its_person_until_they_leave(council):
    secret = tokens.make(council.engine, "asha", "kims-tablet", ["tasks:read"], "kim")
    assert tokens.known(council.engine, secret).person == "kim"
    council.run(lambda command: people.change_person(command.connection, "kim", {"active": False}))
    assert tokens.known(council.again().engine, secret) is None


@pytest.mark.parametrize("scope", sorted(set(tokens.SCOPES) - tokens.OWN))
def test_what_belongs_to_a_person_needs_one(council, scope):
    with pytest.raises(Invalid, match="Say whom the token acts for"):
        tokens.make(council.engine, "asha", "carefirst", ["closure:read", scope])
    with pytest.raises(NotFound):
        tokens.make(council.engine, "asha", "carefirst", [scope], "nobody")
    assert tokens.every(council.engine) == []
