"""Everything foreign that one command hands to the runtime: the moment, functions and service operations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine

from engine.bpmn.language.expressions import Language, ScriptEnvironment
from engine.bpmn.runtime.moment import Moment
from engine.bpmn.runtime.passing_over import PassingOver
from engine.bpmn.runtime.state import plain
from engine.errors import ExpressionRefused, StepFailed

Operation = Callable[..., object]


@dataclass(frozen=True)
class Surroundings:
    """What diagrams may reach while a command runs.

    `functions` answer questions and change nothing. `operations` are called by service tasks as
    operation(data, **parameters), where `data` is the process data (read only) and the answer is plain JSON;
    they are bound to the open transaction. What stands in `passing_over` is not called.
    """

    moment: Moment
    functions: Mapping[str, Callable[..., object]]
    operations: Mapping[str, Operation]
    passing_over: PassingOver | None = None


class ScriptEngine(PythonScriptEngine):  # type: ignore[misc]
    """SpiffWorkflow's door to owner text: the small language, and operations by name.

    What an operation refuses passes unwrapped; owner text that fails is StepFailed and names its element.
    """

    def __init__(self, surroundings: Surroundings, language: Language) -> None:
        self.language = language
        self._operations = surroundings.operations
        super().__init__(environment=ScriptEnvironment(language))

    def evaluate(self, task: Any, expression: str, external_context: dict[str, Any] | None = None) -> object:
        """Return the value of `expression` over the task's data; StepFailed."""
        try:
            return self.environment.evaluate(expression, task.data, external_context)
        except ExpressionRefused as refusal:
            raise failed(task, refusal.sentence) from refusal

    def execute(self, task: Any, script: str, external_context: dict[str, Any] | None = None) -> bool:
        """Run `script` on the task's data, all of it or nothing; StepFailed."""
        try:
            return bool(self.environment.execute(script, task.data, external_context or {}))
        except ExpressionRefused as refusal:
            raise failed(task, refusal.sentence) from refusal

    def call_service(self, task: Any, operation_name: str, operation_params: Mapping[str, Any]) -> bytes:
        """Call the service operation of a service task; its refusals pass, an unknown name is StepFailed."""
        operation = self._operations.get(operation_name)
        if operation is None:
            raise failed(task, f"there is no service operation called {operation_name}")
        values = {name: parameter["value"] for name, parameter in operation_params.items()}
        try:
            return orjson.dumps(plain(operation(task.data, **values)))
        except StepFailed as failure:
            raise failed(task, str(failure.details["reason"])) from failure


def failed(task: Any, reason: str) -> StepFailed:
    """Return the failure of a task, with the element that it stands for."""
    spec = task.task_spec
    return StepFailed(process=task.workflow.spec.name, element=spec.bpmn_id or spec.name, reason=reason)
