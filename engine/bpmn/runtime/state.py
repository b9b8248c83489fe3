"""The state of a process instance as bytes: a row for each task, data as the difference from its parent's.

The diagram is never part of the state. A waiting audit takes about 1 KiB. The rows stand in creation order, and
must be read in it, because each task's data builds on its parent's.
"""

import threading
from math import isfinite
from typing import Any

import orjson
import zstandard
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.task import Task

from engine.bpmn.runtime.library import FINISHED, WAITING
from engine.bpmn.runtime.moment import Moment
from engine.bpmn.runtime.workflows import ProcessWorkflow, SubWorkflow

_LEVEL = 3
_NESTED = (dict, list)
NONE, ALL = 0, 1


class _Codec(threading.local):
    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=_LEVEL, write_content_size=True)
        self.decompressor = zstandard.ZstdDecompressor()


_CODEC = _Codec()


def encode(workflow: ProcessWorkflow, moment: Moment) -> bytes:
    """Return the state of `workflow`; TypeError when its data is not plain JSON."""
    whole = _part(workflow)
    whole["n"] = moment.count
    whole["sub"] = [(key, sub.spec.name, _part(sub)) for key, sub in workflow.subprocesses.items()]
    return _CODEC.compressor.compress(orjson.dumps(whole))


def decode(state: bytes, spec: Any, subprocess_specs: Any, script_engine: Any, moment: Moment) -> ProcessWorkflow:
    """Return the workflow of `state` on the shared specs, which are only read. ValueError when it is damaged.

    The count goes on in `moment` where the state left it.
    """
    try:
        whole = orjson.loads(_CODEC.decompressor.decompress(state))
    except zstandard.ZstdError as error:
        raise ValueError("its state cannot be read") from error
    workflow = ProcessWorkflow(spec, subprocess_specs, script_engine, deserializing=True)
    moment.count = whole["n"]
    _fill(workflow, whole, workflow.event_manager.tasks)
    if whole["sub"]:
        _fill_subprocesses(workflow, workflow, {key: (name, part) for key, name, part in whole["sub"]})
    return workflow


def plain(value: Any) -> Any:
    """Return a copy of plain JSON that shares nothing with `value`; ValueError when it could not be kept as it is.

    JSON has no word for what is no finite number, and would keep None instead.
    """
    if value is None or isinstance(value, str | int) or (isinstance(value, float) and isfinite(value)):
        return value
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {key: plain(one) for key, one in value.items()}
    raise ValueError(f"a value of the kind {type(value).__name__} cannot be kept in a process")


def _part(workflow: Any) -> dict[str, Any]:
    last = workflow.last_task
    return {
        "t": [_row(task, workflow.tasks) for task in workflow.tasks.values()],
        "r": workflow.task_tree.id,
        "l": None if last is None else last.id,
        "d": workflow.data or None,
        "s": workflow.success,
        "c": workflow.completed,
        "k": workflow.correlations or None,
    }


def _row(task: Any, tasks: dict[int, Any]) -> list[Any]:
    parent = tasks.get(task._parent)
    changed, removed = (task.data, NONE) if parent is None else _difference(parent.data, task.data)
    # What a finished task kept for itself, such as the event that ended a gateway, is never looked at again.
    internal = None if task._state & FINISHED else task.internal_data
    return [
        task.id,
        task._parent,
        task._children,
        task.last_state_change,
        task._state,
        task.task_spec.name,
        task.triggered,
        internal or None,
        changed or None,
        removed,
    ]


def _difference(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], list[str] | int]:
    """Return what was set, and the names that are gone: NONE of them, ALL for a task still to come, or these."""
    if before is after:
        return {}, NONE
    if not after:
        return {}, ALL if before else NONE
    changed = {key: value for key, value in after.items() if key not in before or not _same(before[key], value)}
    return changed, [key for key in before if key not in after] or NONE


def _same(one: Any, other: Any) -> bool:
    """Whether two values are written alike; 1, 1.0 and True are not."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    return orjson.dumps(one) == orjson.dumps(other) if type(one) in _NESTED else bool(one == other)


def _fill(workflow: Any, part: dict[str, Any], waiting: dict[int, Any]) -> None:
    tasks = workflow.tasks
    specs = workflow.spec.task_specs
    for number, parent, children, changed_at, state, spec_name, triggered, internal, changed, removed in part["t"]:
        task = Task.__new__(Task)
        spec = specs[spec_name]
        task.id, task.workflow, task._parent, task._children = number, workflow, parent, children
        task._state, task.triggered, task.task_spec, task.thread_id = state, triggered, spec, 0
        task.last_state_change = changed_at
        task.internal_data = internal or {}
        task.data = _data(tasks.get(parent), state, changed, removed)
        tasks[number] = task
        if state == WAITING and isinstance(spec, CatchingEvent):
            waiting[number] = task
    workflow.task_tree = tasks[part["r"]]
    workflow.last_task = tasks.get(part["l"])
    workflow.data = part["d"] or {}
    workflow.success, workflow.completed = part["s"], part["c"]
    workflow.correlations = part["k"] or {}


def _data(parent: Any, state: int, changed: dict[str, Any] | None, removed: list[str] | int) -> dict[str, Any]:
    if parent is None or removed == ALL:
        return changed or {}
    before: dict[str, Any] = parent.data
    if state & FINISHED:
        # Nothing is merged into a finished task any more, so that it may share what it has with its parent.
        if changed is None and removed == NONE:
            return before
        data = before.copy()
    else:
        data = {key: value.copy() if type(value) in _NESTED else value for key, value in before.items()}
    data.update(changed or {})
    for key in removed or ():  # type: ignore[union-attr]  # NONE is falsy, ALL was dealt with
        data.pop(key, None)
    return data


def _fill_subprocesses(top: ProcessWorkflow, workflow: Any, parts: dict[int, tuple[str, Any]]) -> None:
    for task in list(workflow.tasks.values()):
        found = parts.pop(task.id, None)
        if found is None:
            continue
        name, part = found
        child = SubWorkflow(top.subprocess_specs[name], parent_task_id=task.id, top_workflow=top, deserializing=True)
        top.subprocesses[task.id] = child
        _fill(child, part, top.event_manager.tasks)
        child.completed_event.connect(task.task_spec._on_subworkflow_completed, task)
        _fill_subprocesses(top, child, parts)
