"""More time, and back to an earlier task: what waits afterwards is whole and goes on to its end."""

import random
from datetime import timedelta

import pytest

from engine.bpmn.runtime import interventions
from engine.domain.calendar import parse_moment
from engine.errors import NotNow
from tests.factories.constructs import CONSTRUCTS, construct
from tests.factories.diagrams import boundary, chain, end, script, start, timer, user
from tests.factories.drawings import OUR_PROCESSES, drawn, ours
from tests.factories.running import BEGIN, OPERATIONS, Played
from tests.factories.runs import OurRun
from tests.factories.walks import Walk


def errand():
    return drawn(
        "errand", start(), user("fetch", due="working_days(5)"), script("count", "rounds = 1"),
        user("carry", due="working_days(5)"),
        boundary("late", "carry", timer("working_days(5)"), interrupting=False),
        boundary("far_too_late", "carry", timer("working_days(8)")),
        boundary("soon", "carry", timer("working_days(2)"), interrupting=False),
        end("noted"), end("left"), end("told"), end(), chain("begun", "fetch", "count", "carry", "done"),
        chain("late", "noted"), chain("far_too_late", "left"), chain("soon", "told"),
    )  # fmt: skip


@pytest.fixture
def played():
    """An errand whose second task is open."""
    played = Played(errand())
    played.do("fetch", said="yes")
    return played


def extend(played, key, due):
    step, moved = interventions.extend(
        played.deployment, played.process, played.step.state, key, due, played.surroundings()
    )
    played.step = step
    return moved


def back(played, element):
    played.step = interventions.move_back(
        played.deployment, played.process, played.step.state, element, OPERATIONS, played.surroundings()
    )
    return played.step


def places(played):
    return interventions.places_back(
        played.deployment, played.process, played.step.state, OPERATIONS, played.surroundings()
    )


def test_a_task_and_the_timers_that_run_out_with_it_or_later_get_more_time(played):
    (task,) = played.step.tasks
    due = parse_moment(task.due) + timedelta(days=7)
    moved = extend(played, task.key, due)
    assert parse_moment(played.step.tasks[0].due) == due
    gained = {element: parse_moment(after) - parse_moment(before) for element, before, after in moved}
    assert gained == dict.fromkeys(("carry", "late", "far_too_late"), timedelta(days=7))
    step = played.advance(due - timedelta(seconds=1))
    assert step.passed == ("soon", "told")
    assert played.advance(due).passed == ("late", "noted")


def test_a_due_date_is_never_brought_forward(played):
    (task,) = played.step.tasks
    before = played.step
    for earlier in (parse_moment(task.due), parse_moment(task.due) - timedelta(days=1)):
        with pytest.raises(NotNow, match="only be moved to a later day"):
            extend(played, task.key, earlier)
    assert played.step is before


def test_only_an_open_task_with_a_due_date_gets_more_time(played):
    with pytest.raises(NotNow, match="not open"):
        extend(played, 10**6, BEGIN + timedelta(days=90))


def test_work_that_is_moved_back_waits_there_once_and_goes_on_with_its_data(played):
    (task,) = played.step.tasks
    assert places(played) == ("fetch",)
    step = back(played, "fetch")
    assert [one.facts.id for one in step.tasks] == ["fetch"] == list(step.tokens)
    assert step.tasks[0].key != task.key
    assert step.tasks[0].data["said"] == "yes"
    assert step.next_due is None
    played.do("fetch", said="no")
    assert played.step.tasks[0].data["said"] == "no"
    assert set(played.step.tokens) == {"carry", "late", "far_too_late", "soon"}
    assert played.do("carry").finished


def test_work_is_not_moved_ahead_nor_to_where_it_was_not(played):
    before = played.step
    for element in ("carry", "count", "done", "nothing"):
        with pytest.raises(NotNow, match="Moving this work back is not possible"):
            back(played, element)
    assert played.step is before
    fresh = Played(errand())
    assert places(fresh) == ()
    with pytest.raises(NotNow):
        back(fresh, "carry")


class BackRun(OurRun):
    """An instance that is moved back by chance after each call, and looked over."""

    moves = 0

    def __init__(self, drawing, facts, now, seed):
        super().__init__(drawing, facts, now, seed)
        self._chance = random.Random(seed)

    def by_chance(self):
        played = self._played
        possible = places(played)
        if possible and self._chance.random() < 0.4:
            wanted = self._chance.choice(possible)
            back(played, wanted)
            self.moves += 1
            assert [one.facts.id for one in played.step.tasks] == [wanted]
            assert not played.step.finished
            edge = {one.name for one in self._edge(wanted)}
            assert wanted in played.step.tokens and set(played.step.tokens) <= {wanted} | edge
            assert wanted not in places(played)

    def _edge(self, element):
        specs = self._played.deployment.definition(self._played.process).spec.task_specs
        split = specs.get(f"{element}.BoundaryEventSplit")
        return split.outputs if split is not None else ()


class BackWalk(Walk):
    """A walk of our runtime alone, in which work is moved back."""

    def __init__(self, drawing, seed):
        super().__init__(drawing, seed, serialized=False)
        facts = {**drawing.facts, **self._answers()}
        self.run = BackRun(drawing, facts, BEGIN, seed)
        self._runs = [self.run]
        self.seen = self._compare()

    def _do(self, told, act):
        super()._do(told, act)
        if not self.seen.finished:
            self.run.by_chance()
            self.seen = self._compare()


@pytest.mark.parametrize("name", [*CONSTRUCTS, *OUR_PROCESSES])
def test_whatever_is_moved_back_stays_whole_on_every_walk(name):
    drawing = construct(name) if name in CONSTRUCTS else ours(name)
    for seed in range(8):
        BackWalk(drawing, seed).go()


def test_walks_do_move_back():
    assert sum(walk.run.moves for walk in (BackWalk(ours("policy_variation"), seed).go() for seed in range(20))) > 2
