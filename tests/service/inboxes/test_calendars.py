"""Calendars of due dates: a secret that only its maker saw, that can be renewed and revoked, and tells no case."""

import pytest

from engine.errors import NotFound
from engine.service.council import leavers
from engine.service.inboxes import calendars
from engine.service.inboxes.filters import STREAM
from tests.factories.council import AUDIT, REMEDY


@pytest.fixture
def busy(council):
    council.assign("CF-20931", "kim")
    council.authorise_audit("CF-20931", 1)
    council.assign("CF-30510", "kim")
    return council


def test_a_calendar_holds_what_its_person_may_do_and_nothing_about_a_case(busy):
    of_kim = calendars.open_calendar(busy.engine, calendars.renew(busy.engine, "kim"))
    of_mo = calendars.open_calendar(busy.engine, calendars.renew(busy.engine, "mo"))
    (audit,), (remedy,) = of_kim.due_dates, of_mo.due_dates
    assert (of_kim.person, audit.title, audit.day.isoformat()) == ("kim", AUDIT, "2026-12-31")
    assert (of_mo.person, remedy.title) == ("mo", REMEDY)
    assert "CF-" not in repr(of_kim) + repr(of_mo)


def test_only_the_hash_of_the_secret_is_kept(busy):
    secret = calendars.renew(busy.engine, "kim")
    assert secret not in repr(busy.dump())
    assert len(secret) > 40


def test_a_new_address_closes_the_one_before(busy):
    old, other = calendars.renew(busy.engine, "kim"), calendars.renew(busy.engine, "mo")
    new = calendars.renew(busy.engine, "kim")
    with pytest.raises(NotFound):
        calendars.open_calendar(busy.engine, old)
    assert calendars.open_calendar(busy.engine, new).person == "kim"
    assert calendars.open_calendar(busy.engine, other).person == "mo"


def test_a_revoked_address_opens_nothing(busy):
    secret, other = calendars.renew(busy.engine, "kim"), calendars.renew(busy.engine, "mo")
    calendars.revoke(busy.engine, "kim")
    assert calendars.made_at(busy.engine, "kim") is None
    with pytest.raises(NotFound):
        calendars.open_calendar(busy.engine, secret)
    with pytest.raises(NotFound):
        calendars.revoke(busy.engine, "kim")
    assert calendars.open_calendar(busy.engine, other).person == "mo"
    kinds = [(event.kind, event.details["person"]) for event in busy.events(STREAM)]
    assert ("calendar address revoked", "kim") in kinds


def test_the_calendar_of_who_has_left_opens_nothing(busy):
    secret = calendars.renew(busy.engine, "kim")
    leavers.leave(busy.engine, "gail", "kim")
    with pytest.raises(NotFound):
        calendars.open_calendar(busy.engine, secret)


@pytest.mark.parametrize("secret", ["", "x", "kim", "\ud800", "s" * 10_000])
def test_no_other_secret_opens_anything(busy, secret):
    calendars.renew(busy.engine, "kim")
    with pytest.raises(NotFound):
        calendars.open_calendar(busy.engine, secret)


def test_nobody_unknown_has_a_calendar(council):
    with pytest.raises(NotFound):
        calendars.renew(council.engine, "nobody")
