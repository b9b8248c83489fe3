"""What a diagram under test runs in: functions at a moment, and operations with scripted answers."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from engine.bpmn.definitions import Deployment
from engine.bpmn.runtime import stepper
from engine.bpmn.runtime.moment import Moment
from engine.bpmn.runtime.state import decode
from engine.bpmn.runtime.stepper import Step
from engine.bpmn.runtime.surroundings import Surroundings
from engine.bpmn.runtime.workflows import ProcessWorkflow
from engine.domain.calendar import WorkingCalendar
from engine.service.functions import Reckoning, functions_of
from engine.service.vocabulary import vocabulary

BEGIN = datetime(2026, 12, 1, 9, tzinfo=UTC)
CALENDAR = WorkingCalendar()
DAYS = {"audit": 20, "remediation": 25, "call": 3}
OPERATIONS = sorted(vocabulary().operations)
Choices = Mapping[str, tuple[Any, ...]]
Bound = Callable[[Moment], Mapping[str, Callable[..., object]]]
Scripted = Callable[[random.Random, Moment], object]


@dataclass(frozen=True)
class Drawing:
    """A process to run: its deployment, the files of it and of what it calls, the facts it begins with, what people
    may answer (choices by variable, everywhere and at one element), what operations answer by name (None for the
    others), and the elements that nobody can come to.
    """

    name: str
    process: str
    deployment: Deployment
    sources: tuple[bytes, ...]
    tables: tuple[bytes, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    answers: Choices = field(default_factory=dict)
    answers_at: Mapping[str, Choices] = field(default_factory=dict)
    operations: Mapping[str, Scripted] = field(default_factory=dict)
    has_own_deadlines: bool = False
    out_of_reach: frozenset[str] = frozenset()

    def functions(self, moment: Moment) -> Mapping[str, Callable[..., object]]:
        """The functions that its expressions may call, at a moment."""
        if self.has_own_deadlines:
            return functions_of(moment, CALENDAR, self.deployment)
        reckoning = Reckoning(moment, CALENDAR, None)
        return {
            "today": reckoning.today,
            "now": reckoning.now,
            "working_days": reckoning.working_days,
            "months": reckoning.months,
            "deadline": lambda activity, start=None: reckoning.working_days(DAYS[activity], start),
        }


class Operations:
    """Service operations that answer at random, the same for the same seed, and remember how they were called."""

    def __init__(self, drawing: Drawing, seed: int) -> None:
        self._drawing = drawing
        self._seed = seed
        self.calls: list[tuple[str, dict[str, object]]] = []

    def bound(self, moment: Moment) -> Mapping[str, Callable[..., object]]:
        """The operations by name, at a moment."""
        return {name: partial(self._answer, moment, name) for name in OPERATIONS}

    def _answer(self, moment: Moment, name: str, _data: Mapping[str, Any], **parameters: object) -> object:
        self.calls.append((name, parameters))
        scripted = self._drawing.operations.get(name)
        chance = random.Random(f"{self._seed} {name} {len(self.calls)}")
        return None if scripted is None else scripted(chance, moment)


def nothing_happens(_moment: Moment) -> Mapping[str, Callable[..., object]]:
    """Operations that do nothing and answer None."""
    return dict.fromkeys(OPERATIONS, lambda _data, **_parameters: None)


class Played:
    """An instance on our runtime, moved by hand. `step` is what the last call left; a call that fails leaves it."""

    def __init__(
        self, drawing: Drawing, now: datetime = BEGIN, operations: Bound = nothing_happens, **facts: Any
    ) -> None:
        self.drawing, self.now, self.operations = drawing, now, operations
        self.deployment, self.process = drawing.deployment, drawing.process
        self.step = stepper.begin(self.deployment, self.process, {**drawing.facts, **facts}, self.surroundings())

    def surroundings(self) -> Surroundings:
        """What one command hands in."""
        moment = Moment(self.now)
        return Surroundings(moment, self.drawing.functions(moment), self.operations(moment))

    def key(self, element: str) -> int:
        """The key of the first open task of an element."""
        return next(task.key for task in self.step.tasks if task.facts.id == element)

    def do(self, element: str, **answers: Any) -> Step:
        return self.complete(self.key(element), **answers)

    def complete(self, key: int, **answers: Any) -> Step:
        state, around = self.step.state, self.surroundings()
        self.step = stepper.complete(self.deployment, self.process, state, key, answers, around)
        return self.step

    def receive(self, message: str, **payload: Any) -> Step:
        state, around = self.step.state, self.surroundings()
        self.step = stepper.receive(self.deployment, self.process, state, message, payload, around)
        return self.step

    def advance(self, now: datetime) -> Step:
        self.now = now
        self.step = stepper.advance(self.deployment, self.process, self.step.state, now, self.surroundings())
        return self.step

    def migrate(self, after: Deployment) -> Step:
        state, around = self.step.state, self.surroundings()
        self.step, self.moved = stepper.migrate(self.deployment, after, self.process, state, around)
        self.deployment = after
        return self.step

    def loaded(self) -> ProcessWorkflow:
        """The instance as the runtime has it in memory."""
        definition, moment = self.deployment.definition(self.process), Moment(self.now)
        return decode(self.step.state, definition.spec, definition.subprocess_specs, None, moment)

    @property
    def open(self) -> list[str]:
        """The elements of the open tasks, sorted."""
        return sorted(task.facts.id for task in self.step.tasks)
