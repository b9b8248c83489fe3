"""What an exercise shows of its copies: one's own until it is revealed, all of them afterwards (R-73, R-74)."""

import pytest

from engine.errors import NotAllowed, NotFound
from engine.service.audits import reliability
from engine.store import exercises
from tests.factories.refusals import refused

EXERCISE, OTHER = "e" * 16, "f" * 16
READINGS = {"una": {"1": 3, "2": 4, "3": 1}, "bev": {"1": 3, "2": 2}, "dan": None}


@pytest.fixture
def exercise(council):
    """An exercise of three items with two copies handed in, and another on the same case."""
    council.run(lambda command: _add(command, EXERCISE, READINGS))
    council.run(lambda command: _add(command, OTHER, {"una": {"1": 1}}))
    return council


def _add(command, identifier, readings):
    copies = [
        {"instance": f"{number}{identifier[1:]}", "exercise": identifier, "reviewer": name}
        for number, name in enumerate(readings)
    ]
    values = {"instance": identifier, "case_ref": "CF-20931", "items": 3, "begun_at": command.now}
    exercises.add(command.connection, values, copies)
    for copy, found in zip(copies, readings.values(), strict=True):
        exercises.submit(command.connection, copy["instance"], {"readings": found, "submitted_at": command.now})


def reveal(council):
    council.run(lambda command: exercises.change(command.connection, EXERCISE, {"revealed_at": command.now}))


def readings(council, person, officer, exercise=EXERCISE):
    return reliability.readings_of(council.engine, person, exercise, officer)


def test_ones_own_copy_is_always_open(exercise):
    assert readings(exercise, "una", "una") == READINGS["una"]
    assert readings(exercise, "dan", "dan") == {}


def test_nobody_elses_copy_is_open_before_all_are_in(exercise):
    for person in ("bev", "asha", "ghost"):
        sentence = refused(exercise, NotAllowed, lambda person=person: readings(exercise, person, "una"))
        assert sentence == "You may not see this copy: the exercise is blind until all copies are in."


def test_every_copy_is_open_when_the_exercise_is_revealed(exercise):
    reveal(exercise)
    assert readings(exercise, "bev", "una") == READINGS["una"]
    assert refused(exercise, NotAllowed, lambda: readings(exercise, "bev", "una", OTHER))


def test_an_exercise_that_never_was_is_not_found(exercise):
    refused(exercise, NotFound, lambda: readings(exercise, "una", "una", "0" * 16))


def test_items_on_which_copies_differ_are_discussed(exercise):
    found = exercise.ask(lambda question: reliability.compared(question, EXERCISE))
    assert found.unanimous == 1
    assert [int(item) for item in found.to_discuss] == [2]


def test_the_scale_is_that_of_the_grades_lowest_first(council):
    ranks = council.ask(reliability.scale)
    assert ranks == sorted(set(ranks))
    assert len(ranks) >= 4
