"""Letters: written once for an occasion, claimed by one sender at a time, and settled for good."""

import pytest

from engine.store import outbox
from engine.store.database import Database
from tests.store.rows import MINUTE, NOW


def letter(key, **fields):
    return {
        "dedup_key": key,
        "person": "mo",
        "notice": "assigned",
        "case_ref": "CF-1",
        "subject": "Subject",
        "body": "Body",
        "created_at": NOW,
        "status": outbox.WAITING,
        "tries": 0,
        "next_try": NOW,
        **fields,
    }


def add(database, *letters):
    with database.transaction() as connection:
        outbox.add(connection, letters)


def claim(database, limit=10, at=NOW):
    with database.transaction() as connection:
        return [row.dedup_key for row in outbox.claim(connection, at, at + 5 * MINUTE, limit)]


def test_a_second_letter_for_the_same_occasion_is_left_out(database):
    add(database, letter("one"), letter("other", person="kim"))
    add(database, letter("one", subject="Again"), letter("two"))
    add(database)
    with database.reading() as connection:
        assert [(row.dedup_key, row.subject) for row in outbox.to_person(connection, "mo")] == [
            ("one", "Subject"),
            ("two", "Subject"),
        ]
        assert outbox.count_by_status(connection) == {"waiting": 3}


def test_letters_to_somebody_about_a_case_come_oldest_first(database):
    add(
        database,
        letter("later", created_at=NOW + MINUTE),
        letter("first"),
        letter("other case", case_ref="CF-2"),
        letter("other person", person="kim"),
    )
    with database.reading() as connection:
        assert [row.dedup_key for row in outbox.to_person(connection, "mo", "CF-1")] == ["first", "later"]
        assert len(outbox.to_person(connection, "mo")) == 3
        assert outbox.to_person(connection, "nobody") == []


def test_the_number_of_the_newest_letter_is_nothing_before_the_first(database):
    with database.reading() as connection:
        assert outbox.last_id(connection) == 0
    add(database, letter("one"), letter("two"))
    with database.reading() as connection:
        assert outbox.last_id(connection) == outbox.to_person(connection, "mo")[-1].id


def test_what_has_waited_longest_is_claimed_first_and_not_again_before_its_lease_ends(database):
    add(
        database,
        letter("second"),
        letter("first", next_try=NOW - MINUTE),
        letter("later", next_try=NOW + MINUTE),
        letter("sent", status=outbox.SENT),
        letter("failed", status=outbox.FAILED),
    )
    assert claim(database, 1) == ["first"]
    assert claim(database) == ["second"]
    assert claim(database) == []
    assert claim(database, at=NOW + 6 * MINUTE) == ["later", "second", "first"]


def test_a_claim_that_was_rolled_back_can_be_made_again(database):
    add(database, letter("one"))
    with pytest.raises(ZeroDivisionError), database.transaction() as connection:
        outbox.claim(connection, NOW, NOW + MINUTE, 10)
        1 / 0  # noqa: B018 - the sender dies
    assert claim(database) == ["one"]


def test_two_senders_claim_different_letters(shelf):
    with shelf.copy("postgresql", "empty") as url:
        one, two = Database(url), Database(url)
        add(one, letter("a"), letter("b"))
        with one.transaction() as mine, two.transaction() as theirs:
            first = outbox.claim(mine, NOW, NOW + MINUTE, 1)
            second = outbox.claim(theirs, NOW, NOW + MINUTE, 10)
        assert [row.dedup_key for row in first + second] == ["a", "b"]
        for database in (one, two):
            database.close()


def test_only_a_letter_that_still_waits_is_settled(database):
    add(database, letter("one"), letter("other"))
    with database.transaction() as connection:
        one, other = (row.id for row in outbox.to_person(connection, "mo"))
        assert outbox.settle(connection, one, outbox.SENT, {"sent_at": NOW})
        assert not outbox.settle(connection, one, outbox.FAILED, {"error": "late"})
    with database.reading() as connection:
        rows = {row.id: row for row in outbox.to_person(connection, "mo")}
    assert (rows[one].status, rows[one].sent_at, rows[one].error) == ("sent", NOW, None)
    assert rows[other].status == "waiting"


def test_a_letter_that_somebody_else_has_claimed_since_is_theirs_to_settle(database):
    add(database, letter("one"))
    claim(database)
    claim(database, at=NOW + 10 * MINUTE)
    with database.transaction() as connection:
        (row,) = outbox.to_person(connection, "mo")
        assert row.tries == 2
        assert not outbox.settle(connection, row.id, outbox.FAILED, {}, tries=1)
        assert outbox.settle(connection, row.id, outbox.SENT, {"sent_at": NOW}, tries=2)


def test_letters_that_failed_wait_again_all_at_once(database):
    add(database, letter("f1", status=outbox.FAILED, tries=9), letter("f2", status=outbox.FAILED), letter("w"))
    with database.transaction() as connection:
        assert [row.dedup_key for row in outbox.failed(connection)] == ["f1", "f2"]
        assert outbox.wait_again(connection, NOW) == 2
        assert outbox.failed(connection) == []
    assert claim(database) == ["f1", "f2", "w"]
