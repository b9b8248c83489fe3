"""Who may sign in."""

import pytest

from engine.errors import NotFound
from engine.service import accounts
from engine.store import people


def test_an_active_person_is_found_and_nobody_else(council):
    assert accounts.find(council.engine, "kim").name == "Kim"
    assert accounts.find(council.engine, "nobody") is None
    council.run(lambda command: people.change_person(command.connection, "kim", {"active": False}))
    assert accounts.find(council.engine, "kim") is None
    assert accounts.account(council.engine, "kim") is None
    assert "kim" not in {person.username for person in accounts.everybody(council.engine)}
    assert accounts.names(council.engine)["kim"] == "Kim"


def test_a_password_is_that_of_one_person_and_its_setting_is_on_record(council):
    assert accounts.account(council.engine, "kim").password is None
    accounts.set_password(council.engine, "asha", "kim", "a hash")
    assert accounts.account(council.engine, "kim").password == "a hash"
    assert accounts.account(council.engine, "mo").password is None
    last = council.events("directory")[-1]
    assert (last.kind, last.actor, last.details) == ("password set", "asha", {"person": "kim"})


def test_nobody_unknown_gets_a_password(council):
    with pytest.raises(NotFound):
        accounts.set_password(council.engine, "asha", "nobody", "a hash")
