"""One running instance behind the same few verbs: on stock SpiffWorkflow, and on our runtime."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from typing import Any

import SpiffWorkflow.bpmn.specs.event_definitions.timer as timer_module
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.spiff.serializer import DEFAULT_CONFIG
from SpiffWorkflow.spiff.specs.event_definitions import MessageEventDefinition

from engine.bpmn.runtime.moment import Moment
from engine.bpmn.runtime.stepper import OpenTask
from engine.bpmn.runtime.surroundings import ScriptEngine, Surroundings
from engine.errors import NotNow
from tests.factories.running import Drawing, Operations, Played
from tests.factories.stock import stock_library

SERIALIZER = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(DEFAULT_CONFIG))
_JUST_AFTER = timedelta(microseconds=1)


@dataclass(frozen=True)
class Seen:
    """What can be seen of an instance at rest. Open tasks are (element, data, due), timers (element, moment)."""

    tasks: tuple[tuple[str, str, str | None], ...]
    timers: tuple[tuple[str, datetime], ...]
    next_due: datetime | None
    finished: bool
    data: str


class OurRun:
    """An instance on our runtime: nothing stays in memory from one call to the next but bytes."""

    name = "our runtime"

    def __init__(self, drawing: Drawing, facts: Mapping[str, Any], now: datetime, seed: int) -> None:
        self.operations = Operations(drawing, seed)
        self.passed: set[str] = set()
        self._played = Played(drawing, now, self.operations.bound, **facts)

    def complete(self, place: int, answers: Mapping[str, Any]) -> bool:
        """Complete the open task at a place of `seen`."""
        self._played.complete(self._sorted()[place].key, **answers)
        return True

    def receive(self, message: str, payload: Mapping[str, Any]) -> bool:
        """Tell whether a message was taken."""
        try:
            self._played.receive(message, **payload)
        except NotNow:
            return False
        return True

    def advance(self, now: datetime) -> bool:
        self._played.advance(now)
        return True

    def seen(self) -> Seen:
        step, workflow = self._played.step, self._played.loaded()
        self.passed.update(step.passed)
        tasks = [(task.facts.id, _text(task.data), task.due) for task in self._sorted()]
        data = _text(workflow.data) if step.finished else ""
        return Seen(tuple(tasks), _timers(workflow), step.next_due, step.finished, data)

    def _sorted(self) -> list[OpenTask]:
        return sorted(self._played.step.tasks, key=lambda task: (task.facts.id, _text(task.data), task.key))


class MovedRun(OurRun):
    """An instance on our runtime that moves to a deployment just like its own after each call."""

    name = "our runtime, moved"
    moves = 0

    def complete(self, place: int, answers: Mapping[str, Any]) -> bool:
        return super().complete(place, answers) and self._moved()

    def receive(self, message: str, payload: Mapping[str, Any]) -> bool:
        return super().receive(message, payload) and self._moved()

    def advance(self, now: datetime) -> bool:
        return super().advance(now) and self._moved()

    def _moved(self) -> bool:
        with suppress(NotNow):
            self._played.migrate(self._played.deployment)
            self.moves += 1
        return True


class StockRun:
    """An instance on SpiffWorkflow as it comes, kept in memory or written and read again after each call."""

    def __init__(
        self, drawing: Drawing, facts: Mapping[str, Any], now: datetime, seed: int, *, serialized: bool
    ) -> None:
        self.name = "stock, written and read" if serialized else "stock in memory"
        self.drawing, self.moment, self.serialized = drawing, Moment(now), serialized
        self.operations = Operations(drawing, seed)
        self._dues: dict[Any, str | None] = {}
        around = Surroundings(self.moment, drawing.functions(self.moment), self.operations.bound(self.moment))
        self.engine = ScriptEngine(around, drawing.deployment.language(around.functions))
        with _stock_at(self.moment):
            spec, subprocess_specs = _parsed(drawing)
            self.workflow = BpmnWorkflow(spec, subprocess_specs, script_engine=self.engine)
            self.workflow.task_tree.data.update(json.loads(json.dumps(dict(facts))))
            self._rest()

    def complete(self, place: int, answers: Mapping[str, Any]) -> bool:
        """Complete the open task at a place of `seen`."""
        with _stock_at(self.moment):
            task = self._sorted()[place]
            task.data.update(json.loads(json.dumps(dict(answers))))
            task.run()
            self._rest()
        return True

    def receive(self, message: str, payload: Mapping[str, Any]) -> bool:
        """Tell whether a message was taken."""
        with _stock_at(self.moment):
            try:
                self.workflow.send_event(BpmnEvent(MessageEventDefinition(message), payload=dict(payload)))
            except WorkflowException:
                return False
            self._rest()
        return True

    def advance(self, now: datetime) -> bool:
        """Let time pass as if somebody looked at the timers at each moment at which one is due."""
        with _stock_at(self.moment):
            while (due := self._next_due()) is not None and due <= now:
                self.moment.now = due + _JUST_AFTER
                self.workflow.refresh_timers()
                self.moment.now = due
                self._rest()
            self.moment.now = now
        return True

    def seen(self) -> Seen:
        with _stock_at(self.moment):
            tasks = [(task.task_spec.bpmn_id, _text(task.data), self._dues[task.id]) for task in self._sorted()]
            finished = self.workflow.is_completed()
            data = _text(self.workflow.data) if finished else ""
            return Seen(tuple(tasks), _timers(self.workflow), self._next_due(), finished, data)

    def _rest(self) -> None:
        self.workflow.do_engine_steps()
        while self.workflow.get_tasks(state=TaskState.READY, manual=False):
            self.workflow.do_engine_steps()
        for task in self._open():
            if task.id not in self._dues:
                expression = self._facts(task).due
                self._dues[task.id] = expression and str(self.engine.evaluate(task, expression))
        assert not [event for event in self.workflow.get_events() if event.event_definition.name is not None]
        if self.serialized:
            self.workflow = SERIALIZER.deserialize_json(SERIALIZER.serialize_json(self.workflow))
            self.workflow.script_engine = self.engine

    def _facts(self, task: Any) -> Any:
        every = {**self.drawing.deployment.processes, "": self.drawing.deployment.definition(self.drawing.process)}
        return next(
            one.elements[task.task_spec.bpmn_id] for one in every.values() if task.task_spec.bpmn_id in one.elements
        )

    def _open(self) -> list[Any]:
        return [task for task in _every_task(self.workflow) if task.state == TaskState.READY and task.task_spec.manual]

    def _sorted(self) -> list[Any]:
        order = {task.id: place for place, task in enumerate(_every_task(self.workflow))}
        return sorted(self._open(), key=lambda task: (task.task_spec.bpmn_id, _text(task.data), order[task.id]))

    def _next_due(self) -> datetime | None:
        return min((moment for _, moment in _timers(self.workflow)), default=None)


@contextmanager
def _stock_at(moment: Moment) -> Iterator[None]:
    """Stock SpiffWorkflow, with a clock that stands at `moment`."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return moment.now.astimezone(tz)

    with stock_library():
        timer_module.datetime = Clock
        yield


def _parsed(drawing: Drawing) -> tuple[Any, Any]:
    found = _parsed_once(drawing.process, drawing.sources, drawing.tables)
    # Stock rewires the specs themselves when an event sub-process is triggered.
    return deepcopy(found) if found[0].start.trigger_specs else found


@cache
def _parsed_once(process: str, sources: tuple[bytes, ...], tables: tuple[bytes, ...]) -> tuple[Any, Any]:
    parser = SpiffBpmnParser()
    for table in tables:
        parser.add_dmn_str(table)
    for source in sources:
        parser.add_bpmn_str(source)
    return parser.get_spec(process), parser.get_subprocess_specs(process)


def _every_task(workflow: Any) -> list[Any]:
    return [task for part in (workflow, *workflow.subprocesses.values()) for task in part.tasks.values()]


def _timers(workflow: Any) -> tuple[tuple[str, datetime], ...]:
    waiting = (task for task in workflow.event_manager.tasks.values() if task.state == TaskState.WAITING)
    values = ((task.task_spec.bpmn_id, task.internal_data.get("event_value")) for task in waiting)
    return tuple(sorted((name, datetime.fromisoformat(value).astimezone(UTC)) for name, value in values if value))


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, sort_keys=True)
