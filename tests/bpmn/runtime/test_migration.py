"""Work that is under way moves to a newer policy only where nothing of it is lost (I-02)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.bpmn.definitions import Deployment
from engine.errors import NotNow
from tests.factories.constructs import CONSTRUCTS, construct
from tests.factories.diagrams import MESSAGE, boundary, chain, end, message, script, start, user
from tests.factories.drawings import OUR_PROCESSES, drawn, ours
from tests.factories.running import BEGIN, Played
from tests.factories.walks import Walk

CALLED_OFF = (boundary("called_off", "fetch", message()), end("left"), chain("called_off", "left"))


def errand(*parts: str, top: str = ""):
    return drawn("an errand", start(), *parts, end(), top=top)


BEFORE = errand(user("fetch", due="working_days(5)"), user("carry"), chain("begun", "fetch", "carry", "done"))


def moved(after: Deployment, steps: tuple[str, ...] = ()) -> Played:
    played = Played(BEFORE)
    for element in steps:
        played.do(element)
    played.migrate(after)
    return played


@pytest.mark.parametrize("name", [*CONSTRUCTS, *OUR_PROCESSES])
def test_moving_to_the_same_policy_changes_nothing_of_any_walk(name) -> None:
    drawing = construct(name) if name in CONSTRUCTS else ours(name)
    walks = [Walk(drawing, seed, serialized=False, moved=True).go() for seed in range(6)]
    walked = [walk for walk in walks if len(walk.told) > 1]
    assert name in CONSTRUCTS or not walked or any(walk.moves for walk in walked)


def test_a_step_that_is_added_ahead_is_come_to() -> None:
    after = errand(
        user("fetch", due="working_days(5)"),
        script("note", "noted = True"),
        user("carry"),
        user("thank"),
        chain("begun", "fetch", "note", "carry", "thank", "done"),
    )
    played = moved(after.deployment)
    assert played.open == ["fetch"]
    played.do("fetch")
    assert played.loaded().get_tasks(spec_name="note")
    played.do("carry")
    assert played.open == ["thank"]
    assert played.do("thank").finished


def test_a_step_that_is_removed_ahead_is_not_come_to() -> None:
    after = errand(user("fetch", due="working_days(5)"), chain("begun", "fetch", "done"))
    played = moved(after.deployment)
    assert played.do("fetch").finished


def test_a_task_keeps_its_key_and_its_due_moment() -> None:
    after = errand(user("fetch", due="working_days(3)"), user("carry"), chain("begun", "fetch", "carry", "done"))
    before = Played(BEFORE).step.tasks[0]
    played = moved(after.deployment)
    assert [(task.key, task.due) for task in played.step.tasks] == [(before.key, before.due)]
    assert played.moved == []


def test_a_due_moment_that_the_new_policy_sets_later_moves_from_where_it_began() -> None:
    after = errand(user("fetch", due="working_days(8)"), user("carry"), chain("begun", "fetch", "carry", "done"))
    fresh = Played(after).step.tasks[0].due
    played = Played(BEFORE, BEGIN)
    played.now = BEGIN + timedelta(days=2)
    before = played.step.tasks[0].due
    played.migrate(after.deployment)
    assert played.step.tasks[0].due == fresh
    assert played.moved == [("fetch", before, fresh)]


@pytest.mark.parametrize(
    ("after", "steps", "reason"),
    [
        (errand(user("carry"), chain("begun", "carry", "done")), (), "“Fetch”, which it waits at, is gone"),
        (errand(user("carry"), chain("begun", "carry", "done")), ("fetch",), "“Fetch”, which it passed, is gone"),
        (
            errand(script("fetch", "said = 1"), user("carry"), chain("begun", "fetch", "carry", "done")),
            (),
            "“Fetch”, which it waits at, is gone or is something else",
        ),
        (
            errand(user("fetch"), user("carry"), chain("begun", "fetch", "carry", "done"), *CALLED_OFF, top=MESSAGE),
            (),
            "is gone|the edge of “Fetch” is not the same|something else",
        ),
    ],
    ids=["waits", "passed", "other kind", "edge"],
)
def test_work_stays_where_something_of_it_would_be_lost(after, steps, reason) -> None:
    played = Played(BEFORE)
    for element in steps:
        played.do(element)
    before = played.step
    with pytest.raises(NotNow, match=reason):
        played.migrate(after.deployment)
    assert played.step is before


def test_work_stays_when_its_process_is_gone() -> None:
    played = Played(BEFORE)
    after = replace(played.deployment, processes={})
    with pytest.raises(NotNow, match="there is no process “errand” any more"):
        played.migrate(after)
