"""Whom one can be in the demonstration, with what waits for them and what they might try."""

import pytest

from tests.factories.application import application
from tests.factories.visitor import Visitor
from webapp.config import Config
from webapp.demo import cast
from webapp.demo.tables import rows


@pytest.fixture
def parts(council):
    council.assign("CF-20931", "kim")
    council.assign("CF-30510", "kim")
    council.assign("CF-40077", "zoe")
    return {part.person.username: part for group in cast.groups(council.engine) for part in group.parts}


def test_everybody_of_the_directory_can_be_chosen_once(council, parts):
    people = council.ask(lambda question: question.directory.people)
    assert sorted(parts) == sorted(people)


def test_what_waits_is_counted_and_leads_to_what_to_try(parts):
    assert (parts["kim"].tasks, parts["kim"].suggestion.split(".")[0]) == (2, "Audit a case record")


def test_for_whom_nothing_waits_there_is_something_to_look_at(parts):
    assert parts["nia"].tasks == 0
    assert parts["nia"].suggestion.startswith("Look at your cases")


def test_of_several_tasks_the_most_telling_is_suggested(council, parts):
    council.begin("kim", "deferment", "CF-30510", request_kind="deferment", new_start="2026-12-14")
    council.begin("kim", "safeguarding_concern", "CF-20931")
    (asha,) = [part for group in cast.groups(council.engine) for part in group.parts if part.person.username == "asha"]
    assert (asha.tasks, "safeguarding concern" in asha.suggestion) == (2, True)


def test_every_task_that_is_suggested_stands_in_a_diagram(council):
    processes = council.ask(lambda question: question.policy.processes)
    drawn = {
        element.id
        for definition in processes.values()
        for element in definition.elements.values()
        if element.kind == "userTask"
    }
    assert {row["task"] for row in rows("suggestions")} <= drawn


def test_every_post_has_a_group(council):
    held = council.ask(lambda question: {person.post for person in question.directory.people.values()})
    assert held <= {row["post"] for row in rows("posts")}


def test_one_press_signs_in_and_a_link_survives(council, app, parts):
    page = Visitor(app).open("/cases/CF-20931").press("Work as Kim")
    assert page.path == "/cases/CF-20931"
    assert "Kim, Specialist" in page.text


def test_nobody_is_listed_outside_the_demonstration(council):
    page = Visitor(application(council.engine, Config("k" * 40))).open("/sign-in")
    assert "Work as" not in page.text
