"""Moving a process instance to another deployment: by the names of elements, and only where nothing is lost (I-02).

An instance may move when every element that it passed or waits at is still there and of the same kind, when what
listens at the edge of where it waits is the same, and when its open tasks keep their forms (R-15). What lies ahead of
it is drawn afresh from the new diagram.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
import zstandard
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask

from engine.bpmn.definitions import Deployment
from engine.bpmn.runtime.library import FINISHED, MAYBE, READY, STARTED, UNFINISHED, WAITING

_STATE, _SPEC, _NUMBER, _CHILDREN = 4, 5, 0, 2
_LIVE = READY | WAITING | STARTED
_EDGE = ".BoundaryEventSplit"


def obstacles(old: Deployment, new: Deployment, process: str, state: bytes) -> tuple[str, ...]:
    """Return why an instance of `process` cannot move from one deployment to the other; nothing when it can.

    NotFound when the old deployment has no such process.
    """
    before, after = old.definition(process), new.processes.get(process)
    if after is None:
        return (f"there is no process “{process}” any more",)
    whole = _read(state)
    found: list[str] = ["it is inside a sub-process"] if whole["sub"] else []
    for name, part in _parts(before.spec.name, whole):
        specs = _specs(before, name), _specs(after, name)
        if specs[1] is None:
            found.append(f"there is no “{name}” any more")
        else:
            found += _of_part(part, *specs)
    found += _of_forms(old, new, process, whole)
    return tuple(dict.fromkeys(found))


def past_of(state: bytes) -> bytes:
    """Return the state without what was expected to come, for the new diagram to expect again."""
    whole = _read(state)
    for part in (whole, *(part for _, _, part in whole["sub"])):
        kept = [row for row in part["t"] if row[_STATE] & (FINISHED | _LIVE)]
        numbers = {row[_NUMBER] for row in kept}
        for row in kept:
            row[_CHILDREN] = [child for child in row[_CHILDREN] if child in numbers]
        part["t"] = kept
    return zstandard.ZstdCompressor(level=3, write_content_size=True).compress(orjson.dumps(whole))


def expect_again(workflow: Any) -> None:
    """Let everything that waits in `workflow` expect what lies ahead of it on the diagram that it now follows."""
    for part in (workflow, *workflow.subprocesses.values()):
        for task in list(part.tasks.values()):
            if task._state & _LIVE and not task._children:
                _expect(task)


def _expect(task: Any) -> None:
    if isinstance(task.task_spec, BoundaryEvent):
        # What follows from an event at an edge may never come, and joins must not wait for it.
        task._sync_children(task.task_spec.outputs, MAYBE)
    else:
        task.task_spec._predict(task, mask=UNFINISHED)


def _read(state: bytes) -> dict[str, Any]:
    whole: dict[str, Any] = orjson.loads(zstandard.ZstdDecompressor().decompress(state))
    return whole


def _parts(process: str, whole: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield process, whole
    for _, name, part in whole["sub"]:
        yield name, part


def _specs(definition: Any, name: str) -> Mapping[str, Any] | None:
    if name == definition.spec.name:
        return dict(definition.spec.task_specs)
    found = definition.subprocess_specs.get(name)
    return None if found is None else dict(found.task_specs)


def _of_part(
    part: Mapping[str, Any], before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> Iterator[str]:
    for row in part["t"]:
        name, state = row[_SPEC], row[_STATE]
        if not state & (FINISHED | _LIVE) or before is None or after is None:
            continue
        old, new = before[name], after.get(name)
        if new is None or type(old) is not type(new):
            where = "waits at" if state & _LIVE else "passed"
            yield f"“{_title(old)}”, which it {where}, is gone or is something else"
        elif state & _LIVE and _edge(before, name) != _edge(after, name):
            yield f"what listens at the edge of “{_title(old)}” is not the same"
        elif state & _LIVE and isinstance(old, LoopTask):
            yield f"“{_title(old)}” is done several times, and not all of them are done"


def _edge(specs: Mapping[str, Any], name: str) -> set[str]:
    split = specs.get(f"{name}{_EDGE}")
    return set() if split is None else {spec.name for spec in split.outputs}


def _of_forms(old: Deployment, new: Deployment, process: str, whole: Mapping[str, Any]) -> Iterator[str]:
    for name, part in _parts(process, whole):
        elements = (
            old.processes.get(name, old.processes[process]).elements,
            new.processes.get(name, new.processes[process]).elements,
        )
        for row in part["t"]:
            before, after = (facts.get(row[_SPEC]) for facts in elements)
            if not row[_STATE] & READY or before is None or after is None or before.form is None:
                continue
            if after.form != before.form or new.form(before.form).digest != old.form(before.form).digest:
                yield f"“{before.name}” is open with another version of its form"


def _title(spec: Any) -> str:
    return str(getattr(spec, "bpmn_name", None) or spec.name)
