"""Diagrams as SpiffWorkflow runs them: parsed within bounds, restored from their dict, and never changed by a run."""

import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson
import SpiffWorkflow
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.spiff.parser.task_spec import SpiffTaskParser
from SpiffWorkflow.spiff.serializer import DEFAULT_CONFIG
from SpiffWorkflow.spiff.serializer.task_spec import SpiffBpmnTaskConverter
from SpiffWorkflow.spiff.specs.spiff_task import SpiffBpmnTask

from engine.bpmn.decisions.decision import BusinessRule, Decision
from engine.bpmn.model import Model, with_called
from engine.domain.problems import Problem

if SpiffWorkflow.__version__ != "3.2.0":
    raise ImportError("The linter knows what SpiffWorkflow 3.2.0 gets wrong, and no other version.")

MOST_CALLS = 2_000_000
"""How many function calls parsing one diagram may take; 300 nodes take about 200,000."""

for _name in ("spiff", "spiff.task", "spiff.workflow", "spiff.data", "spiff.dmn"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class DecisionTask(SpiffBpmnTask):  # type: ignore[misc]
    """A business rule task answered by our own reading of the decision table; its answers become variables."""

    rule: BusinessRule

    def __init__(self, wf_spec: Any, name: str, decision_id: str, **attributes: Any) -> None:
        self.decision_id = decision_id
        super().__init__(wf_spec, name, **attributes)

    def _run_hook(self, my_task: Any) -> bool:
        # SpiffWorkflow's own task merges: a list would keep the surplus entries of an earlier, longer answer.
        my_task.data.update(self.rule.result(my_task))
        return True


class _DecisionTaskParser(SpiffTaskParser):  # type: ignore[misc]
    def create_task(self) -> DecisionTask:
        extensions = self.parse_extensions()
        return DecisionTask(
            self.spec,
            self.bpmn_id,
            decision_id=self.get_decision_ref(self.node),
            prescript=extensions.get("preScript"),
            postscript=extensions.get("postScript"),
            **self.bpmn_attributes,
        )

    @staticmethod
    def get_decision_ref(node: Any) -> str:
        return str(SpiffTaskParser._parse_extensions(node).get("calledDecisionId"))


class _DecisionTaskConverter(SpiffBpmnTaskConverter):  # type: ignore[misc]
    def to_dict(self, spec: DecisionTask) -> dict[str, Any]:
        return {**super().to_dict(spec), "decision_id": spec.decision_id}


class _Parser(SpiffBpmnParser):  # type: ignore[misc]
    OVERRIDE_PARSER_CLASSES = {  # noqa: RUF012 - SpiffWorkflow's parser looks here
        **SpiffBpmnParser.OVERRIDE_PARSER_CLASSES,
        full_tag("businessRuleTask"): (_DecisionTaskParser, DecisionTask),
    }


_REGISTRY = BpmnWorkflowSerializer.configure({**DEFAULT_CONFIG, DecisionTask: _DecisionTaskConverter})


@dataclass(frozen=True)
class Specs:
    """A process as SpiffWorkflow runs it: its spec, and those of its sub-processes and called processes by id."""

    spec: Any
    subprocess_specs: Mapping[str, Any]

    @property
    def every(self) -> tuple[Any, ...]:
        """The spec and every sub-spec."""
        return (self.spec, *self.subprocess_specs.values())


class EndlessParse(BaseException):
    """Parsing was given up; no `except Exception` of the library may keep it going."""


def specs_of(model: Model, models: Mapping[str, Model], decisions: Mapping[str, Decision]) -> Specs | Problem:
    """Return a process as SpiffWorkflow runs it, or the problem why it cannot.

    `models` are all diagrams by process id, of which those it calls are parsed with it. The specs are restored
    from their dict and pre-wired: fresh ones never finish multi-instance activities that were saved on the way,
    and triggering an event sub-process would rewire them for all other instances.
    """
    try:
        with at_most(MOST_CALLS):
            return _specs(model, models, decisions)
    except EndlessParse:
        return model.problem(None, "parser", "SpiffWorkflow comes to no end with this diagram. Simplify it.")
    except RecursionError:
        return model.problem(None, "parser", "The diagram is too long or deep for SpiffWorkflow. Split it.")
    except ValidationException as error:
        return Problem(model.file, str(error.id), "parser", f"SpiffWorkflow refuses it: {error}. Correct it.")
    except Exception as error:
        return model.problem(None, "parser", f"SpiffWorkflow cannot read this diagram: {error!r}. Correct it.")


def _specs(model: Model, models: Mapping[str, Model], decisions: Mapping[str, Decision]) -> Specs:
    parser = _Parser()
    for one in with_called(model, models):
        parser.add_bpmn_xml(one.root, one.file)
    process = model.process_id
    specs = Specs(
        _restored(parser.get_spec(process)),
        {name: _restored(spec) for name, spec in parser.get_subprocess_specs(process).items()},
    )
    for spec in specs.every:
        _prewire(spec)
        for task_spec in spec.task_specs.values():
            if isinstance(task_spec, DecisionTask):
                task_spec.rule = BusinessRule(decisions[task_spec.decision_id])
    return specs


def _restored(spec: Any) -> Any:
    return _REGISTRY.restore(orjson.loads(orjson.dumps(_REGISTRY.convert(spec))))


def _prewire(spec: Any) -> None:
    """Connect event sub-processes as their first trigger would."""
    for name in spec.start.trigger_specs:
        task_spec = spec.task_specs[name]
        if spec.start.name not in task_spec._inputs:
            task_spec._inputs.append(spec.start.name)
        if spec.end.name not in task_spec._outputs:
            task_spec._outputs.append(spec.end.name)
            spec.end._inputs.append(name)


def signature(specs: Specs) -> int:
    """Return a number that changes when a run has rewired the shared specs; then they must be built anew."""
    return hash(
        tuple(
            (name, tuple(task_spec._inputs), tuple(task_spec._outputs))
            for spec in specs.every
            for name, task_spec in spec.task_specs.items()
        )
    )


@contextmanager
def at_most(calls: int) -> Iterator[None]:
    """Stop this thread's work with EndlessParse after a number of function calls.

    SpiffWorkflow's parser can loop without end, a thread cannot be stopped from outside, and a count, unlike a
    clock, gives the same answer everywhere.
    """
    left = calls

    def count(_frame: Any, _event: str, _argument: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise EndlessParse

    outer = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(outer)
