"""Who may sign in."""

import pytest

from engine.errors import NotFound, NotNow
from engine.service.council import leavers
from engine.service.people import accounts
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


def test_ending_sessions_ends_those_of_one_person_alone(council):
    begun = {who: accounts.epoch(council.engine, who) for who in ("kim", "mo")}
    accounts.end_sessions(council.engine, "asha", "kim")
    found = {who: accounts.in_session(council.engine, who, epoch) for who, epoch in begun.items()}
    assert (found["kim"], found["mo"].name) == (None, "Mo")
    again = accounts.epoch(council.engine, "kim")
    assert accounts.in_session(council.engine, "kim", again).name == "Kim"
    assert council.events("sessions")[-1].details == {"person": "kim"}
    accounts.set_password(council.engine, "asha", "kim", "a hash")
    assert accounts.in_session(council.engine, "kim", again) is None


def test_who_leaves_is_in_no_session_any_more_nor_when_they_are_back(council):
    begun = {who: accounts.epoch(council.engine, who) for who in ("kim", "mo")}
    leavers.leave(council.engine, "gail", "kim")
    assert accounts.in_session(council.engine, "kim", begun["kim"]) is None
    leavers.come_back(council.engine, "gail", "kim")
    assert accounts.in_session(council.engine, "kim", begun["kim"]) is None
    assert accounts.in_session(council.engine, "mo", begun["mo"]).name == "Mo"


def test_a_subject_is_one_person_and_a_person_one_subject(council):
    accounts.link(council.engine, "asha", "kim", "subject")
    assert accounts.by_subject(council.engine, "subject").username == "kim"
    for username, subject in (("mo", "subject"), ("kim", "another"), ("mo", ""), ("mo", "x" * 256)):
        with pytest.raises(NotNow):
            accounts.link(council.engine, "asha", username, subject)
    accounts.unlink(council.engine, "asha", "kim")
    assert accounts.by_subject(council.engine, "subject") is None
    accounts.link(council.engine, "asha", "mo", "subject")
    assert accounts.by_subject(council.engine, "subject").username == "mo"


def test_nobody_unknown_is_linked_or_signed_out(council):
    before = council.dump()
    for change in (accounts.end_sessions, accounts.unlink):
        with pytest.raises(NotFound):
            change(council.engine, "asha", "nobody")
    with pytest.raises(NotFound):
        accounts.link(council.engine, "asha", "nobody", "subject")
    assert council.dump() == before
