"""Tokens of other systems: shown once, kept as hashes, opening what their scopes say, until they are revoked."""

import pytest

from engine.errors import Invalid, NotAllowed, NotFound, NotNow
from engine.service import tokens


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
    assert tokens.name_of(council.engine, secret) == "carefirst"
    assert [tokens.name_of(council.engine, one) for one in ("", secret[:-1], secret + "x", "\ud800")] == [None] * 4


def test_a_token_opens_its_scopes_and_no_others(council, secret):
    tokens.require(council.engine, secret, "closure:read")
    with pytest.raises(NotAllowed):
        tokens.require(council.engine, secret, "extracts:write")


def test_a_revoked_token_opens_nothing_and_its_name_is_never_used_again(council, secret):
    tokens.revoke(council.engine, "asha", "carefirst")
    assert tokens.name_of(council.engine, secret) is None
    with pytest.raises(NotAllowed):
        tokens.require(council.engine, secret, "closure:read")
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
