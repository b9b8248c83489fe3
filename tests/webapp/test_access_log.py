"""Who looked at what is logged, and nothing that anybody typed."""

import json
import logging

import pytest

CASE = "CF-20931"


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, "casefile.access")
    return lambda: [json.loads(one.message) for one in caplog.records if one.name == "casefile.access"]


def test_every_look_at_a_case_is_a_line(visit, lines):
    visit("mo").open(f"/cases/{CASE}")
    visit("zoe").open(f"/cases/{CASE}")
    looks = [(one["person"], one["about"], one["status"]) for one in lines() if one["route"] == "cases.show"]
    assert looks == [("mo", {"reference": CASE}, 200), ("zoe", {"reference": CASE}, 404)]


def test_nothing_that_was_typed_is_in_it(council, visit, lines):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    task = council.task("Complete the remedial actions", CASE).id
    visit("mo").open(f"/tasks/{task}").press("Save draft", authorisation_comment="a canary, never to be logged")
    assert len(lines()) > 3
    assert "canary" not in json.dumps(lines())


def test_who_is_not_signed_in_leaves_no_line(app, lines):
    app.test_client().get("/sign-in")
    assert lines() == []
