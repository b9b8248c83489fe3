"""One step of a waiting audit: load, complete, run to rest and save, on our runtime and on stock SpiffWorkflow."""

from collections.abc import Callable
from functools import partial
from typing import Any

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow

from engine.bpmn.runtime import stepper
from engine.bpmn.runtime.moment import Moment
from engine.bpmn.runtime.surroundings import ScriptEngine, Surroundings
from tests.benchmarks.measuring import Figure, Work, seconds
from tests.factories.drawings import ours
from tests.factories.running import BEGIN, OPERATIONS, Drawing, Played
from tests.factories.runs import SERIALIZER, StockRun
from tests.factories.stock import stock_library

ROUNDS, RUNS = 30, 20
TASK = "audit_case_record"
ANSWERS = {"overall_grade": "Good"}
RESULTS = {"record_audit": {"remedial_actions": 0, "grade": "Good"}, "drawn_for_quality_assurance": False}


def steps() -> list[Figure]:
    """Compare the fastest of many steps, taken in turn: some of ours, then some on the stock library."""
    drawing = ours("case_audit")
    played = Played(drawing, operations=_operations)
    our_step = _our_step(played)
    stock_step = _stock_step(drawing, StockRun(drawing, drawing.facts, BEGIN, seed=0, serialized=False))
    mine, theirs = [], []
    for _ in range(ROUNDS):
        mine.append(_fastest(our_step))
        with stock_library():
            theirs.append(_fastest(stock_step))
    played.receive("Deferment granted", start="2026-12-21")
    played.receive("Deferment granted", start="2027-02-01")
    return [
        Figure("a step of a waiting audit: ours / stock round trip", min(mine) / min(theirs), "times", 1 / 8),
        Figure("… on our runtime", min(mine) * 1_000, "ms"),
        Figure("… on stock SpiffWorkflow", min(theirs) * 1_000, "ms"),
        Figure("state of a waiting audit, deferred twice", len(played.step.state), "bytes", 2_048),
    ]


def _fastest(step: Work) -> float:
    return min(seconds(step) for _ in range(RUNS))


def _our_step(played: Played) -> Work:
    state, key, around = played.step.state, played.key(TASK), played.surroundings()
    return lambda: stepper.complete(played.deployment, played.process, state, key, ANSWERS, around)


def _stock_step(drawing: Drawing, stock: StockRun) -> Work:
    """The same with the stock serializer, on the stock library, with the same functions and operations."""
    text, moment = SERIALIZER.serialize_json(stock.workflow), Moment(BEGIN)
    around = Surroundings(moment, drawing.functions(moment), _operations(moment))
    engine = ScriptEngine(around, drawing.deployment.language(around.functions))

    def step() -> None:
        workflow = SERIALIZER.deserialize_json(text)
        workflow.script_engine = engine
        _complete(workflow)
        SERIALIZER.serialize_json(workflow)

    return step


def _complete(workflow: BpmnWorkflow) -> None:
    (task,) = workflow.get_tasks(state=TaskState.READY, spec_name=TASK)
    task.data.update(ANSWERS)
    task.run()
    workflow.do_engine_steps()
    assert workflow.get_tasks(state=TaskState.READY, spec_name="acknowledge_audit")


def _operations(_moment: Moment) -> dict[str, Callable[..., Any]]:
    """Service operations that do nothing, and answer what the way to the acknowledgement needs."""
    return {name: partial(_answer, name) for name in OPERATIONS}


def _answer(name: str, _data: Any, **_parameters: object) -> object:
    return RESULTS.get(name)
