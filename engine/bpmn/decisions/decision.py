"""Decisions of policy: tables that processes and services ask alike."""

from typing import TYPE_CHECKING, Any

from engine.bpmn.decisions.file import read_decision
from engine.bpmn.decisions.problems import problems_of_decision
from engine.bpmn.decisions.table import Decision, Input, Output, Rule

if TYPE_CHECKING:
    from engine.bpmn.language.expressions import Language

__all__ = ["BusinessRule", "Decision", "Input", "Output", "Rule", "problems_of_decision", "read_decision"]


class BusinessRule:
    """Answers a SpiffWorkflow business rule task in place of SpiffWorkflow's own DMNEngine."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision

    def result(self, task: Any) -> dict[str, object]:
        """Return the variables the task's data gets; ExpressionRefused. The language is that of the script engine's
        environment, a ScriptEnvironment.
        """
        language: Language = task.workflow.script_engine.environment.language
        return self.decision.variables(task.data, language)
