"""Invitations: to one person, once, for three days, and by letter only."""

import re
from datetime import timedelta

import pytest

from engine.errors import Invalid, NotAllowed, NotFound, NotNow
from engine.service.council import changes, invitations, leavers, one_time
from engine.service.people import accounts
from tests.service.council.test_changes import NEW

PAGES = "https://casefile.example/invitations"


@pytest.fixture
def newcomer(council):
    changes.add(council.engine, "gail", "newa", NEW)
    return council


def key_of(council, who="newa"):
    letter = [one for one in council.letters(who) if one.notice == "invitation"][-1]
    return re.search(rf"{PAGES}/(\S+)", letter.body)[1]


def test_an_invitation_gives_a_password_once(newcomer):
    invitations.invite(newcomer.engine, "gail", "newa", PAGES + "/")
    key = key_of(newcomer)
    assert invitations.whose(newcomer.engine, key).username == "newa"
    invitations.accept(newcomer.engine, key, "a hash")
    assert accounts.account(newcomer.engine, "newa").password == "a hash"
    before = newcomer.dump()
    for again in (
        lambda: invitations.whose(newcomer.engine, key),
        lambda: invitations.accept(newcomer.engine, key, "b"),
    ):
        with pytest.raises(NotFound):
            again()
    assert newcomer.dump() == before


def test_the_log_and_the_table_do_not_hold_the_key(newcomer):
    invitations.invite(newcomer.engine, "gail", "newa", PAGES)
    key = key_of(newcomer)
    dump = newcomer.dump()
    assert key not in repr({name: rows for name, rows in dump.items() if name != "outbox"})
    assert [one.kind for one in newcomer.events("directory")][-1] == "invited"


def test_an_invitation_ends_after_three_days(newcomer):
    invitations.invite(newcomer.engine, "gail", "newa", PAGES)
    key = key_of(newcomer)
    newcomer.clock.move_to(newcomer.clock.now() + timedelta(days=3, seconds=1))
    with pytest.raises(NotFound):
        invitations.accept(newcomer.engine, key, "a hash")


def test_a_newer_invitation_takes_the_place_of_the_one_before_and_of_nobody_elses(newcomer):
    changes.add(newcomer.engine, "gail", "newb", {**NEW, "name": "Newb"})
    for who in ("newa", "newb", "newa"):
        invitations.invite(newcomer.engine, "gail", who, PAGES)
    first = re.search(
        rf"{PAGES}/(\S+)", next(one.body for one in newcomer.letters("newa") if one.notice == "invitation")
    )
    with pytest.raises(NotFound):
        invitations.whose(newcomer.engine, first[1])
    assert invitations.whose(newcomer.engine, key_of(newcomer, "newb")).username == "newb"
    assert invitations.whose(newcomer.engine, key_of(newcomer)).username == "newa"


def test_who_has_left_meanwhile_gets_no_password(newcomer):
    invitations.invite(newcomer.engine, "gail", "newa", PAGES)
    key = key_of(newcomer)
    leavers.leave(newcomer.engine, "gail", "newa")
    with pytest.raises(NotFound):
        invitations.accept(newcomer.engine, key, "a hash")
    with pytest.raises(NotNow):
        invitations.invite(newcomer.engine, "gail", "newa", PAGES)


def test_others_invite_nobody_and_nobody_is_invited_without_an_address(newcomer):
    with pytest.raises(NotAllowed):
        invitations.invite(newcomer.engine, "mo", "newa", PAGES)
    with pytest.raises(NotAllowed):
        invitations.invite_all(newcomer.engine, "mo", PAGES)
    with pytest.raises(Invalid):
        invitations.invite(newcomer.engine, "gail", "mo", PAGES)


def test_everybody_with_an_address_and_no_password_is_invited(newcomer):
    assert invitations.invite_all(newcomer.engine, "gail", PAGES) == 1
    invitations.accept(newcomer.engine, key_of(newcomer), "a hash")
    assert invitations.invite_all(newcomer.engine, "gail", PAGES) == 0


@pytest.mark.parametrize("key", ["", "none", "%", "x" * 5000])
def test_what_is_no_key_opens_nothing(newcomer, key):
    with pytest.raises(NotFound):
        invitations.whose(newcomer.engine, key)


def test_an_invitation_is_no_code_of_the_set_up(newcomer):
    invitations.invite(newcomer.engine, "gail", "newa", PAGES)
    key = key_of(newcomer)
    assert newcomer.ask(lambda question: one_time.find(question, one_time.SET_UP, key)) is None
