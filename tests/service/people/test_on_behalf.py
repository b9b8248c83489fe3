"""What a token does is on record with its name, once for each key, and refused when its check refuses."""

import pytest

from engine.errors import AlreadyAnswered, NotAllowed, NotNow
from engine.service.people.on_behalf import OnBehalf
from engine.service.people.tokens import Token
from engine.service.tasks import work
from tests.factories.council import AUDIT

CASE = "CF-20931"
TOKEN = Token("kims-tablet", frozenset({"tasks:write"}), "kim")


@pytest.fixture
def task(council):
    council.assign("CF-20932", "kim")
    council.assign(CASE, "kim")
    return council.task(AUDIT, CASE)


def acted(council):
    return [(one.kind, one.details) for one in council.events("token kims-tablet")]


def test_the_person_acts_and_the_token_is_noted(council, task):
    work.complete(OnBehalf(council.engine, TOKEN), "kim", task.id, council.filled(task))
    assert council.events(task.instance)[-1].actor == "kim"
    assert acted(council) == [("acted", {"person": "kim"})]


def test_a_refusal_leaves_no_note(council, task):
    before = council.dump()
    with pytest.raises(NotAllowed):
        work.save_draft(OnBehalf(council.engine, TOKEN), "mo", task.id, {})
    assert council.dump() == before


def test_the_same_key_is_done_once_and_never_for_another_request(council, task):
    one = OnBehalf(council.engine, TOKEN, "key", {"do": "save"})
    work.save_draft(one, "kim", task.id, {"a": "1"})
    before = council.dump()
    work.save_draft(one, "kim", task.id, {"a": "1"})
    assert council.dump() == before
    with pytest.raises(AlreadyAnswered):
        work.save_draft(OnBehalf(council.engine, TOKEN, "key", {"do": "other"}), "kim", task.id, {})


def test_a_check_is_asked_in_the_same_transaction_but_not_of_what_is_done_already(council, task):
    def refuses(_command):
        raise NotNow(doing="This", reason="the check says so")

    work.save_draft(OnBehalf(council.engine, TOKEN, "key", {}), "kim", task.id, {})
    before = council.dump()
    work.save_draft(OnBehalf(council.engine, TOKEN, "key", {}, refuses), "kim", task.id, {})
    with pytest.raises(NotNow):
        work.save_draft(OnBehalf(council.engine, TOKEN, "other", {}, refuses), "kim", task.id, {})
    assert council.dump() == before
