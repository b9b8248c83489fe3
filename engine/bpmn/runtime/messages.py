"""Which messages an instance waits for."""

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition

from engine.bpmn.runtime.workflows import ProcessWorkflow


def awaited(workflow: ProcessWorkflow) -> Iterator[Any]:
    """Yield the message definitions that something waits for: events, event-based gateways, event sub-processes."""
    for task in workflow.event_manager.tasks.values():
        yield from _messages(task.task_spec.event_definition)
    if not workflow.is_completed():
        for name in workflow.spec.start.trigger_specs:
            for start in workflow.subprocess_specs[name].bpmn_start_events:
                yield from _messages(start.event_definition)


def _messages(definition: Any) -> Iterator[Any]:
    for one in getattr(definition, "event_definitions", None) or (definition,):
        if isinstance(one, MessageEventDefinition):
            yield one
