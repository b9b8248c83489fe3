"""What follows a step of a process: the next steps that people take, read off the diagrams.

The way leads through gateways, services and scripts, into the processes that a step begins, and on in those that wait
for a message it sends. It ends at the tasks of people, and where a diagram waits or ends.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.bpmn.documents import Element
from engine.bpmn.model import GATEWAYS, HUMAN_TASKS, Model, attribute, identity, is_interrupting, kind, title
from engine.bpmn.phrases import literal_texts
from engine.bpmn.ties import caught, parameter

_WAITING = frozenset(("intermediateCatchEvent", "receiveTask", "eventBasedGateway"))

Place = tuple[str, str]
Found = dict[Place, tuple[str, ...]]


@dataclass(frozen=True)
class Following:
    """A task of people that may come next: what it is called, whose lane it stands in, and when it comes ("Drawn for
    quality assurance? Drawn"); () for always.
    """

    process: str
    name: str
    lane: str | None
    when: tuple[str, ...]


def following(models: Mapping[str, Model], process: str, element: str) -> tuple[Following, ...]:
    """Return the tasks that may come next after an element of a process; () when nothing does."""
    node = models[process].nodes.get(element)
    walk = _Walk(models)
    found = walk.after(models[process], node) if node is not None else {}
    # What only might be waiting elsewhere counts when nothing is sure to follow.
    return tuple(_told(models[place[0]], place, when) for place, when in (found or walk.awaited()).items())


def taking_away(models: Mapping[str, Model], process: str, element: str) -> tuple[str, ...]:
    """Return the processes that send a message which ends a task where it waits, by id; () when none does."""
    awaited = set(_ending(models[process], element).values())
    return tuple(sorted(name for name, model in models.items() if not awaited.isdisjoint(_sent(model))))


def ended_by(models: Mapping[str, Model], process: str, element: str, message: str) -> str | None:
    """Return the event at the edge of a task at which a message ends it, by id; None when it does not."""
    ending = _ending(models[process], element)
    return next((event for event, heard in ending.items() if heard == message), None)


def _ending(model: Model, element: str) -> dict[str, str]:
    node = model.nodes.get(element)
    events = [] if node is None else [one for one in model.boundaries(node) if is_interrupting(one)]
    return {identity(event): heard for event, heard in caught(model) if event in events}


def _sent(model: Model) -> set[str]:
    return {text for node in model.nodes.values() for text in literal_texts(parameter(node, "message"))}


def _told(model: Model, place: Place, when: tuple[str, ...]) -> Following:
    node = model.nodes[place[1]]
    return Following(place[0], title(node), model.lane(node), when)


class _Walk:
    def __init__(self, models: Mapping[str, Model]) -> None:
        self._models = models
        self._known: dict[Place, Found] = {}
        self._broadcasts: list[tuple[str, str]] = []

    def after(self, model: Model, node: Element) -> Found:
        """Return what follows a node, one way out after the other."""
        ways = [
            (attribute(flow, "name"), self._at(model, target))
            for flow in model.outgoing(node)
            if (target := model.target(flow)) is not None
        ]
        if kind(node) in GATEWAYS and len(ways) > 1:
            return _decided(title(node), ways)
        return _together(found for _, found in ways)

    def awaited(self) -> Found:
        """Return what follows where a process may wait for a message that was sent to all of its kind."""
        return _together(self._heard(message, [process]) for process, message in self._broadcasts)

    def _at(self, model: Model, node: Element) -> Found:
        place = (model.process_id, identity(node))
        if place not in self._known:
            self._known[place] = {}
            self._known[place] = self._passing(model, node, place)
        return self._known[place]

    def _passing(self, model: Model, node: Element, place: Place) -> Found:
        if kind(node) in HUMAN_TASKS:
            return {place: ()}
        if kind(node) in _WAITING:
            return {}
        return _together((self._elsewhere(node), self.after(model, node)))

    def _elsewhere(self, node: Element) -> Found:
        processes, messages = (literal_texts(parameter(node, name)) for name in ("process", "message"))
        if messages and processes:
            self._broadcasts += [(process, message) for process in processes for message in messages]
            return {}
        if messages:
            return _together(self._heard(message, self._models) for message in messages)
        return _together(self._begun(process) for process in processes)

    def _begun(self, process: str) -> Found:
        model = self._models.get(process)
        starts = [] if model is None else [one for one in model.of_kind("startEvent") if model.outgoing(one)]
        return _together(self._at(self._models[process], one) for one in starts)

    def _heard(self, message: str, processes: Iterable[str]) -> Found:
        models = [self._models[process] for process in processes if process in self._models]
        return _together(
            self.after(model, event) for model in models for event, heard in caught(model) if heard == message
        )


def _together(ways: Iterable[Found]) -> Found:
    found: Found = {}
    for way in ways:
        for place, when in way.items():
            found[place] = when if place not in found or found[place] == when else ()
    return found


def _decided(question: str, ways: list[tuple[str, Found]]) -> Found:
    """Return what follows a decision: a step that not every way leads to comes only when one of its ways is taken."""
    found = _together(way for _, way in ways)
    for place, when in found.items():
        leading = [name for name, way in ways if place in way]
        if len(leading) < len(ways):
            found[place] = (f"{question} {' or '.join(leading)}", *when)
    return found
