"""Random walks: the same people, messages and days over one drawing, on stock SpiffWorkflow and on our runtime."""

import random
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

from lxml import etree

from engine.bpmn.model import BPMN
from tests.factories.running import BEGIN, Drawing
from tests.factories.runs import MovedRun, OurRun, Seen, StockRun

MOST_STEPS = 20
Run = OurRun | StockRun


class Walk:
    """One walk over a drawing, the same for the same seed, side by side on all runs.

    Any AssertionError tells the steps so far.
    """

    def __init__(self, drawing: Drawing, seed: int, *, serialized: bool = True, moved: bool = False) -> None:
        self._drawing = drawing
        self._chance = random.Random(seed)
        self._now = BEGIN
        facts = {**drawing.facts, **self._answers()}
        self.told = [f"seed {seed}: {drawing.name} {facts}"]
        self._ours = OurRun(drawing, facts, BEGIN, seed)
        self._runs: list[Run] = [StockRun(drawing, facts, BEGIN, seed, serialized=False), self._ours]
        if moved:
            self._runs.append(MovedRun(drawing, facts, BEGIN, seed))
        if serialized:
            self._runs.append(StockRun(drawing, facts, BEGIN, seed, serialized=True))
        self.seen = self._compare()

    def go(self) -> "Walk":
        """Walk to the end, or MOST_STEPS far."""
        while not self.seen.finished and len(self.told) <= MOST_STEPS:
            kind = self._chance.choice(("complete", "complete", "complete", "receive", "wait"))
            if kind == "wait":
                self._wait()
            elif kind == "receive":
                self._receive()
            elif self.seen.tasks:
                self._complete()
        return self

    def _complete(self) -> None:
        place = self._chance.randrange(len(self.seen.tasks))
        element = self.seen.tasks[place][0]
        answers = self._answers(element) | {"said": f"word {self._chance.randrange(3)}", "notes": _notes(self._chance)}
        self._do(f"{element} {answers}", lambda run: run.complete(place, answers))

    def _answers(self, element: str = "") -> dict[str, Any]:
        asked = {**self._drawing.answers, **self._drawing.answers_at.get(element, {})}
        return {name: self._chance.choice(choices) for name, choices in asked.items()}

    def _receive(self) -> None:
        name = self._chance.choice([*_messages_in(self._drawing.sources[0]), "nothing that anybody waits for"])
        payload = {
            "start": f"2026-12-{self._chance.randrange(10, 29)}",
            "remedial_actions": self._chance.randrange(3),
        }
        self._do(f"message {name} {payload}", lambda run: run.receive(name, payload))

    def _wait(self) -> None:
        steps = [timedelta(hours=1), timedelta(days=1), timedelta(days=7), timedelta(days=30)]
        later = [self._now + step for step in steps]
        if self.seen.next_due is not None:
            later += [self.seen.next_due - timedelta(seconds=1), self.seen.next_due]
        self._now = max(self._now, self._chance.choice(later))
        self._do(f"wait until {self._now}", lambda run: run.advance(self._now))

    def _do(self, told: str, act: Callable[[Run], bool]) -> None:
        self.told.append(told)
        done = {act(run) for run in self._runs}
        assert len(done) == 1, self.story
        self.seen = self._compare()

    def _compare(self) -> Seen:
        first, *others = [(run.seen(), run.operations.calls) for run in self._runs]
        for run, other in zip(self._runs[1:], others, strict=True):
            assert other == first, f"{run.name} is not like {self._runs[0].name}\n{self.story}"
        return first[0]

    @property
    def passed(self) -> set[str]:
        """The ids of the elements that were run."""
        return self._ours.passed

    @property
    def moves(self) -> int:
        """How many times the instance that moves has moved."""
        return sum(run.moves for run in self._runs if isinstance(run, MovedRun))

    @property
    def story(self) -> str:
        return "\n".join(self.told)


@cache
def _messages_in(xml: bytes) -> list[str]:
    return [str(one.get("name")) for one in etree.fromstring(xml).iter(f"{BPMN}message")]


def _notes(chance: random.Random) -> dict[str, Any]:
    return {
        "list": [chance.randrange(3) for _ in range(chance.randrange(3))],
        "deep": {"first": {"count": chance.randrange(3)}, "flag": chance.choice((True, 2, None))},
    }
