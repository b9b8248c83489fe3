"""The reliability exercise: a copy for every officer, revealed when all are in, then discussed (section 9, R-73)."""

import pytest

from engine.errors import Invalid
from engine.service.audits import reliability
from engine.service.tasks import work
from engine.store import exercises, tasks
from tests.factories.doing import begin
from tests.factories.refusals import refused

CASE, COPY, DISCUSS = "CF-20931", "Audit the shared case record", "Discuss the variations"
ITEMS = 10


@pytest.fixture
def exercise(council):
    """An exercise of ten items, beside one on another case."""
    begin(council, "asha", "reliability_exercise", {"case": "CF-30510"}, items=ITEMS)
    return begin(council, "asha", "reliability_exercise", {"case": CASE}, items=ITEMS)


def copies(council, exercise):
    return council.ask(lambda question: exercises.copies(question.connection, exercise))


def row_of(council, exercise):
    return council.ask(lambda question: exercises.get(question.connection, exercise))


def submit(council, exercise, values):
    """Submit each officer's copy, all items read as `values` has them for the officer's place."""
    open_copies = council.ask(lambda question: tasks.open_titled(question.connection, COPY, CASE))
    for place, copy in enumerate(copies(council, exercise)):
        (task,) = [one for one in open_copies if one.instance == copy.instance]
        given = {"readings": [{"item": item, "reading": values[place]} for item in range(1, ITEMS + 1)]}
        work.complete(council.engine, copy.reviewer, task.id, council.filled(task, **given))


def test_every_officer_has_a_copy_of_their_own(council, exercise):
    officers = council.ask(lambda question: question.directory.in_post("Quality Assurance Officer"))
    found = copies(council, exercise)
    assert [one.reviewer for one in found] == sorted(officers)
    assert len({one.instance for one in found}) == len(officers)
    assert row_of(council, exercise).items == ITEMS


def test_it_is_revealed_when_the_last_copy_is_in(council, exercise):
    officers = len(copies(council, exercise))
    assert row_of(council, exercise).revealed_at is None
    submit(council, exercise, [3] * officers)
    assert row_of(council, exercise).revealed_at == council.clock.now()
    assert reliability.readings_of(council.engine, "asha", exercise, copies(council, exercise)[0].reviewer)["1"] == 3


def test_the_other_exercise_stays_blind(council, exercise):
    submit(council, exercise, [3] * len(copies(council, exercise)))
    other = council.ask(lambda question: exercises.newest_of_case(question.connection, "CF-30510"))
    assert (other.revealed_at, other.closed_at) == (None, None)


def test_it_is_not_closed_before_every_variation_is_discussed(council, exercise):
    officers = len(copies(council, exercise))
    submit(council, exercise, [2, *[3] * (officers - 1)])
    task = council.task(DISCUSS, CASE)
    person = council.holders(task)[0]
    refused(council, Invalid, lambda: work.complete(council.engine, person, task.id, {"agreed": []}))
    assert row_of(council, exercise).closed_at is None
