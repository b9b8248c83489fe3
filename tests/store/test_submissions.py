"""Drafts are replaced, submissions are kept for good (I-13)."""

from engine.store import submissions
from tests.store.rows import MINUTE, NOW

FORM = {"form": "audit.json", "form_digest": "d", "person": "kim"}


def save(database, person, raw, element="fetch", at=NOW):
    with database.transaction() as connection:
        submissions.save_draft(connection, "i", element, person, raw, at)


def draft(database, person, element="fetch"):
    with database.reading() as connection:
        row = submissions.draft_of(connection, "i", element, person)
        return row and (row.raw, row.saved_at)


def test_a_draft_is_replaced_by_the_next_and_belongs_to_its_writer(database):
    save(database, "kim", {"b": "1", "a": ["x"]})
    save(database, "mo", {"b": "other"})
    save(database, "kim", {"b": "2"}, element="carry")
    save(database, "kim", {"b": "3"}, at=NOW + MINUTE)
    assert draft(database, "kim") == ({"b": "3"}, NOW + MINUTE)
    assert draft(database, "kim", "carry") == ({"b": "2"}, NOW)
    assert draft(database, "mo") == ({"b": "other"}, NOW)
    assert draft(database, "bob") is None


def test_all_drafts_of_an_element_go_together(database):
    save(database, "kim", {})
    save(database, "mo", {})
    save(database, "kim", {}, element="carry")
    with database.transaction() as connection:
        submissions.drop_drafts(connection, "i", "fetch")
    assert draft(database, "kim") is draft(database, "mo") is None
    assert draft(database, "kim", "carry") is not None


def test_the_latest_submission_of_an_element_is_found_and_the_earlier_stay(database):
    with database.transaction() as connection:
        for instance, element, said in (("i", "fetch", 1), ("i", "carry", 2), ("i", "fetch", 3), ("j", "fetch", 4)):
            row = {"instance": instance, "element": element, "answers": {"said": said}, "at": NOW, **FORM}
            submissions.add(connection, row)
    with database.reading() as connection:
        assert submissions.latest(connection, "i", "fetch").answers == {"said": 3}
        assert submissions.latest(connection, "i", "lift") is None
        assert [row.answers["said"] for row in submissions.of_instance(connection, "i")] == [1, 2, 3]
