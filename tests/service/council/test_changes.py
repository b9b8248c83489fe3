"""Changing people: who may, what is checked, what is logged, and who hears of it (R-23, I-06)."""

import pytest

from engine.domain.calendar import parse_day
from engine.errors import Invalid, NotAllowed
from engine.service.council import changes, leavers, listing, person
from engine.service.council.listing import AWAY, LEFT, Wanted
from engine.service.people import directory

CASE = "CF-20931"
NEW = {
    "name": "Newa",
    "post": "Social Worker",
    "team": "North CIN",
    "line_manager": "mo",
    "in_audit_pool": False,
    "cleared": False,
    "email": "newa@example.org",
}
KEEPERS = {"asha", "gail"}


def kept(council, username):
    somebody = council.ask(lambda question: question.directory.people[username])
    return {name: getattr(somebody, name) for name in changes.FIELDS}


def told(council, who):
    return [letter for letter in council.letters(who) if letter.notice == "directory_changed"]


def test_only_those_who_keep_the_directory_change_it(council):
    everybody = council.ask(lambda question: list(question.directory.people))
    done = set()
    for who in everybody:
        try:
            changes.change(council.engine, who, "nia", {**kept(council, "nia"), "name": f"Nia {who}"})
            done.add(who)
        except NotAllowed as refusal:
            assert "keep the directory" in refusal.sentence
    assert done == KEEPERS


def test_somebody_is_added_with_an_event_and_a_word_to_the_service_manager(council):
    changes.add(council.engine, "gail", "newa", NEW)
    assert kept(council, "newa") == NEW
    event = council.events("directory")[-1]
    assert (event.kind, event.actor, event.details["people"]) == ("added", "gail", ["newa"])
    assert "Newa" in told(council, "asha")[-1].body


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", " ", "Enter the name"),
        ("name", "x" * 101, "at most 100"),
        ("post", "Queen", "Choose a post"),
        ("post", "Auditor", "Choose a post"),
        ("team", "Nowhere", "no team Nowhere"),
        ("line_manager", "nobody", "no person nobody"),
        ("line_manager", "newa", "their own line manager"),
        ("email", "newa", "Enter an e-mail address"),
        ("email", "a@b.example\nBcc: all@c.example", "Enter an e-mail address"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_changes_nothing(council, field, value, sentence):
    before = council.dump()
    with pytest.raises(Invalid) as refused:
        changes.add(council.engine, "gail", "newa", {**NEW, field: value})
    assert sentence in refused.value.errors[field][0]
    assert council.dump() == before


@pytest.mark.parametrize("username", ["", "a", "Upper", "mo", "../etc", "=cmd", "x" * 41])
def test_a_username_is_small_letters_and_new(council, username):
    with pytest.raises(Invalid) as refused:
        changes.add(council.engine, "gail", username, {**NEW, "line_manager": None})
    assert list(refused.value.errors) == ["username"]


def test_a_change_keeps_before_and_after_and_leaves_others_alone(council):
    others = kept(council, "sam")
    assert changes.change(council.engine, "gail", "nia", {**kept(council, "nia"), "team": "South CIN"})
    event = council.events("directory")[-1]
    assert event.details == {"person": "nia", "before": {"team": "North CIN"}, "after": {"team": "South CIN"}}
    assert kept(council, "nia")["team"] == "South CIN"
    assert kept(council, "sam") == others


def test_a_change_of_nothing_leaves_no_trace(council):
    before = council.dump()
    assert not changes.change(council.engine, "gail", "nia", kept(council, "nia"))
    assert council.dump() == before


@pytest.mark.parametrize(
    ("field", "value"), [("cleared", True), ("in_audit_pool", True), ("post", "Practice Manager"), ("email", "n@x.org")]
)
def test_more_rights_are_told_to_the_service_manager(council, field, value):
    changes.change(council.engine, "gail", "nia", {**kept(council, "nia"), field: value})
    (letter,) = told(council, "asha")
    assert "Gail changed what the directory says about Nia" in letter.body
    assert not told(council, "colin")


def test_who_raises_their_own_rights_is_heard_of_one_post_higher(council):
    changes.change(council.engine, "asha", "asha", {**kept(council, "asha"), "cleared": True})
    (letter,) = told(council, "colin")
    assert "cleared for restricted records: no, now yes" in letter.body


def test_a_change_of_name_or_team_tells_nobody(council):
    changes.change(council.engine, "gail", "nia", {**kept(council, "nia"), "name": "Nia B", "team": None})
    assert not told(council, "asha")


# Looking people up


def names(council, reader, **wanted):
    return [line.person.username for line in listing.people(council.engine, reader, Wanted(**wanted)).lines]


def test_everybody_looks_people_up_by_name_post_and_team(council):
    assert names(council, "nia", words="mo") == ["mo"]
    assert names(council, "nia", post="Practice Manager", team="South CIN") == ["quin"]
    assert len(names(council, "nia")) == len(council.ask(lambda question: question.directory.people))


def test_absences_and_leavers_are_told_to_those_who_keep_the_directory_alone(council):
    day = parse_day("2026-12-01")
    directory.record_absence(council.engine, "asha", "kim", day, day)
    leavers.leave(council.engine, "gail", "zoe")
    assert names(council, "gail", state=AWAY) == ["kim"]
    assert names(council, "gail", state=LEFT) == ["zoe"]
    assert "zoe" not in names(council, "nia", state=LEFT)
    lines = listing.people(council.engine, "nia", Wanted(words="kim")).lines
    assert [line.away_until for line in lines] == [None]


def test_details_are_for_oneself_and_those_who_keep_the_directory(council):
    pages = {who: person.page(council.engine, who, "nia") for who in ("nia", "gail", "asha", "mo", "kim")}
    assert {who for who, page in pages.items() if page.details is not None} == {"nia", "gail", "asha"}
