"""Daily digests: once a day to whoever wants one, at the hour of the policy, and nothing when there is nothing."""

from functools import partial

import pytest

from engine.service.council import leavers
from engine.service.inboxes import digests, preferences
from engine.store import people as people_rows
from tests.factories.council import at
from tests.factories.together import at_once


@pytest.fixture
def busy(council):
    """Kim has an audit, Mo remedial actions; both have an address, as has Zoe, who has no work."""
    council.assign("CF-20931", "kim")
    council.authorise_audit("CF-20931", 1)
    council.assign("CF-30510", "kim")

    def give(command):
        for name in ("kim", "mo", "zoe", "una"):
            people_rows.change_person(command.connection, name, {"email": f"{name}@example.org"})

    council.run(give)
    return council


def of(council, person):
    return [letter for letter in council.letters(person) if letter.notice == digests.NOTICE]


def test_a_digest_says_how_much_is_overdue_and_due_and_nothing_about_a_case(busy):
    busy.pass_to(at(2026, 12, 31))
    assert digests.write_due(busy.engine) == 2
    (letter,) = of(busy, "kim")
    assert "Due today: 1" in letter.body
    assert "Overdue" not in letter.body
    assert "{link}?due=week" in letter.body
    assert (letter.case_ref, letter.dedup_key) == (None, "digest:2026-12-31:daily_digest:kim")
    assert "CF-" not in letter.subject + letter.body
    busy.pass_to(at(2027, 1, 4))
    digests.write_due(busy.engine)
    assert "Overdue: 1" in of(busy, "kim")[-1].body
    assert "Due within the next 5 working days: 1" in of(busy, "mo")[0].body


def test_nobody_gets_a_digest_with_nothing_to_tell(busy):
    assert digests.write_due(busy.engine) == 0
    assert of(busy, "zoe") == of(busy, "kim") == []


def test_it_comes_once_a_day_however_often_it_is_tried(busy):
    busy.pass_to(at(2026, 12, 31))
    assert digests.write_due(busy.engine) == 2
    assert digests.write_due(busy.engine) == 0
    assert digests.write_due(busy.again().engine) == 0
    assert len(of(busy, "kim")) == 1


def test_it_comes_once_a_day_from_several_processes_at_once(busy):
    busy.pass_to(at(2026, 12, 31))
    engines = [busy.engine, busy.again().engine, busy.again().engine]
    at_once(*(partial(digests.write_due, engine) for engine in engines))
    assert len(of(busy, "kim")) == 1
    assert [event.kind for event in busy.events(digests.STREAM)] == ["written"]


def test_it_waits_for_its_hour_and_for_a_working_day(busy):
    busy.pass_to(at(2026, 12, 31, 7, 59))
    assert digests.write_due(busy.engine) == 0
    busy.pass_to(at(2027, 1, 2, 12))
    assert digests.write_due(busy.engine) == 0
    busy.pass_to(at(2027, 1, 4, 8))
    assert digests.write_due(busy.engine) > 0


def test_who_does_not_want_it_gets_none_and_who_chose_it_does(busy):
    preferences.choose(busy.engine, "kim", digest=False, shortcuts=True)
    preferences.choose(busy.engine, "mo", digest=True, shortcuts=True)
    busy.pass_to(at(2027, 1, 4))
    assert digests.write_due(busy.engine) == 1
    assert (of(busy, "kim"), len(of(busy, "mo"))) == ([], 1)


def test_without_an_address_or_after_leaving_nobody_gets_one(busy):
    leavers.leave(busy.engine, "gail", "kim")
    busy.run(lambda command: people_rows.change_person(command.connection, "mo", {"email": None}))
    busy.pass_to(at(2027, 1, 4))
    digests.write_due(busy.engine)
    assert of(busy, "kim") == of(busy, "mo") == []


def test_one_that_fails_holds_up_no_other_and_is_tried_again(busy, monkeypatch):
    busy.pass_to(at(2027, 1, 4))
    write = digests.notices.write

    def fail_for_kim(command, username, *rest, **facts):
        if username == "kim":
            raise RuntimeError("the cause")
        write(command, username, *rest, **facts)

    monkeypatch.setattr(digests.notices, "write", fail_for_kim)
    with pytest.raises(RuntimeError):
        digests.write_due(busy.engine)
    assert (of(busy, "kim"), len(of(busy, "mo"))) == ([], 1)
    monkeypatch.undo()
    digests.write_due(busy.engine)
    assert (len(of(busy, "kim")), len(of(busy, "mo"))) == (1, 1)
