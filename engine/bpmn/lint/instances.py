"""Multi-instance activities have one source, and collect their results instead of overwriting each other's."""

from collections.abc import Iterator

from engine.bpmn.documents import Element
from engine.bpmn.model import BPMN, Model, identity, text, title
from engine.domain.problems import Problem


def instances(model: Model) -> Iterator[Problem]:
    """Report multi-instance activities without exactly one source, or without a place for each result."""
    for loop in model.of_kind("multiInstanceLoopCharacteristics"):
        yield from _source(model, loop)
        yield from _results(model, loop)


def _source(model: Model, loop: Element) -> Iterator[Problem]:
    task = loop.getparent()
    sources = [text(loop.find(f"{BPMN}{tag}")) for tag in ("loopCardinality", "loopDataInputRef")]
    if sum(bool(one) for one in sources) != 1:
        yield model.problem(
            task,
            "instances-source",
            f"“{title(task)}” is repeated, but not by exactly one of a number (loopCardinality) and a list "
            "(loopDataInputRef). Give it one.",
        )
    item = loop.find(f"{BPMN}inputDataItem")
    if sources[1] and (item is None or not identity(item)):
        yield model.problem(
            task,
            "instances-source",
            f"“{title(task)}” is repeated for each entry of {sources[1]}, but no inputDataItem names the entry. "
            "Add one.",
        )


def _results(model: Model, loop: Element) -> Iterator[Problem]:
    task = loop.getparent()
    collected = text(loop.find(f"{BPMN}loopDataOutputRef"))
    item = loop.find(f"{BPMN}outputDataItem")
    if not collected or item is None or not identity(item):
        yield model.problem(
            task,
            "instances-result",
            f"“{title(task)}” is repeated without a list for its results: the last one would overwrite the others. "
            "Add loopDataOutputRef and outputDataItem.",
        )
