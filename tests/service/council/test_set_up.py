"""The first set-up: one administrator by a code, one policy by them, and a list of what is missing."""

from datetime import timedelta

import pytest

from engine.errors import Invalid, NotAllowed, NotFound
from engine.service.council import keeping, set_up
from engine.service.people import accounts, directory
from engine.service.policy import deployments
from tests.factories.council import MORNING, SET_UP, Council, people, policy, teams

ADMINISTRATOR = "Quality Assurance Team Administrator"
VALUES = {"name": "Gail", "post": ADMINISTRATOR, "email": "gail@example.org", "password": "a hash"}


@pytest.fixture
def empty(database):
    """A council with tables and nothing else."""
    return Council(database, MORNING)


def begin(council, code, username="gail", **values):
    set_up.begin(council.engine, code, username, {**VALUES, **values}, policy())


def open_steps(council, reader="gail"):
    return [step.key for step in set_up.checklist(council.engine, reader) if step.missing]


def test_the_posts_offered_are_those_that_keep_the_directory():
    assert set(set_up.posts_of(policy())) == {ADMINISTRATOR, "Service Manager, Quality Assurance"}


def test_a_code_makes_the_first_administrator_once(empty):
    assert set_up.is_open(empty.engine)
    code = set_up.make_code(empty.engine, "the command line")
    begin(empty, code)
    assert accounts.account(empty.engine, "gail").password == "a hash"
    assert not set_up.is_open(empty.engine)
    assert set_up.make_code(empty.engine, "the command line") is None
    before = empty.dump()
    with pytest.raises(NotFound):
        begin(empty, code, "other")
    assert empty.dump() == before


@pytest.mark.parametrize("code", ["", "AAAAA-AAAAA-AAAAA-AAAAA", "x" * 5000])
def test_a_wrong_code_makes_nobody(empty, code):
    set_up.make_code(empty.engine, "the command line")
    before = empty.dump()
    with pytest.raises(NotAllowed):
        begin(empty, code)
    assert empty.dump() == before


def test_a_code_ends_after_a_day_and_when_another_is_made(empty):
    old = set_up.make_code(empty.engine, "the command line")
    new = set_up.make_code(empty.engine, "the command line")
    with pytest.raises(NotAllowed):
        begin(empty, old)
    empty.clock.move_to(MORNING + timedelta(hours=24, seconds=1))
    with pytest.raises(NotAllowed):
        begin(empty, new)


def test_what_is_wrong_is_said_and_the_code_still_opens(empty):
    code = set_up.make_code(empty.engine, "the command line")
    for username, values, field in (
        ("gail", {"post": "Social Worker"}, "post"),
        ("gail", {"name": None}, "name"),
        ("gail", {"email": "x"}, "email"),
        ("Gail!", {}, "username"),
    ):
        with pytest.raises(Invalid) as refused:
            begin(empty, code, username, **values)
        assert list(refused.value.errors) == [field]
    begin(empty, code)


def test_the_code_is_kept_as_a_hash_only(empty):
    code = set_up.make_code(empty.engine, "the command line")
    assert code not in repr(empty.dump())


def test_the_first_policy_is_put_into_force_by_the_only_one_there(empty):
    begin(empty, set_up.make_code(empty.engine, "the command line"))
    assert "policy" in open_steps(empty)
    with pytest.raises(NotAllowed):
        set_up.deploy_first(empty.engine, "somebody else", policy())
    set_up.deploy_first(empty.engine, "gail", policy())
    assert "policy" not in open_steps(empty)
    before = empty.dump()
    with pytest.raises(NotFound):
        set_up.deploy_first(empty.engine, "gail", policy())
    assert empty.dump() == before


def test_before_the_policy_nobody_may_do_anything_else(empty):
    begin(empty, set_up.make_code(empty.engine, "the command line"))
    assert not keeping.may_change(empty.engine, "gail", keeping.PEOPLE)
    with pytest.raises(NotAllowed):
        set_up.checklist(empty.engine, "somebody else")


def test_with_others_about_the_first_policy_waits_for_the_command_line(empty):
    directory.add_council(empty.engine, SET_UP, people(), teams())
    with pytest.raises(NotAllowed):
        set_up.deploy_first(empty.engine, "gail", policy())


def test_the_list_is_worked_off(empty):
    begin(empty, set_up.make_code(empty.engine, "the command line"))
    assert open_steps(empty) == ["policy", "teams", "people", "leads", "closure", "population"]
    set_up.deploy_first(empty.engine, "gail", policy())
    others = [row for row in people() if row["username"] != "gail"]
    directory.add_council(empty.engine, SET_UP, others, teams())
    assert open_steps(empty) == ["passwords", "closure", "population"]
    steps = {step.key: step for step in set_up.checklist(empty.engine, "asha")}
    assert steps["passwords"].missing == f"{len(others)} of {len(people())} have no password yet."
    with pytest.raises(NotAllowed):
        set_up.checklist(empty.engine, "mo")


def test_a_council_that_works_has_no_open_door(council):
    assert not set_up.is_open(council.engine)
    assert set_up.make_code(council.engine, "the command line") is None
    assert deployments.has_any(council.engine)
    with pytest.raises(NotFound):
        set_up.deploy_first(council.engine, "gail", policy())
