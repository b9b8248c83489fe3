"""Deployments: a snapshot of policy files, checked whole, parsed once and shared by all process instances."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from engine.bpmn.decisions.decision import Decision
from engine.bpmn.facts import ElementFacts, facts_of
from engine.bpmn.forms.form import Form
from engine.bpmn.language.expressions import Language
from engine.bpmn.model import Model, attribute, decisions_of, one_line, read_model, with_called
from engine.bpmn.notices import Notice
from engine.bpmn.onward import Following, ended_by, following, taking_away
from engine.bpmn.report_files import Report, Words
from engine.bpmn.snapshots import Snapshot, digest, snapshot_of
from engine.bpmn.specs import Specs, signature, specs_of
from engine.bpmn.survey import Survey, contents_of, naming, survey_of
from engine.bpmn.vocabulary import OperationSignature, Vocabulary
from engine.domain.problems import Problem
from engine.errors import NotDeployable, NotFound

__all__ = [
    "Definition",
    "Deployment",
    "ElementFacts",
    "OperationSignature",
    "Snapshot",
    "Vocabulary",
    "check",
    "deployment_of",
    "digest",
    "forget",
    "rebuilt",
    "snapshot_of",
]

MOST_KEPT = 16
Key = tuple[str, Vocabulary | None]
Thing = TypeVar("Thing")


@dataclass(frozen=True, eq=False)
class Definition:
    """One process of a deployment. `specs` are shared by all its instances and must never be changed.

    `xml` is the diagram's file; `elements` holds the facts of every node by id, in document order.
    """

    id: str
    name: str
    xml: bytes
    elements: Mapping[str, ElementFacts]
    specs: Specs
    signature: int

    @property
    def spec(self) -> Any:
        """The SpiffWorkflow spec of the process."""
        return self.specs.spec

    @property
    def subprocess_specs(self) -> Mapping[str, Any]:
        """The SpiffWorkflow specs of its sub-processes and of the processes it calls, by id."""
        return self.specs.subprocess_specs

    @property
    def is_pristine(self) -> bool:
        """Whether the shared specs are still wired as they were built; if not, `forget` the deployment."""
        return signature(self.specs) == self.signature

    @cached_property
    def start(self) -> ElementFacts:
        """The facts of the start event: its lane says who may begin the process, its form with what."""
        return next(
            facts for facts in self.elements.values() if facts.kind == "startEvent" and facts.id in self.spec.task_specs
        )


@dataclass(frozen=True, eq=False)
class Deployment:
    """A snapshot ready to run: processes and decisions by id, forms by file name ("audit.json"), notices and reports by
    name, and the words of figures by subject.
    """

    digest: str
    processes: Mapping[str, Definition]
    decisions: Mapping[str, Decision]
    forms: Mapping[str, Form]
    notices: Mapping[str, Notice]
    reports: Mapping[str, Report]
    words: Mapping[str, Words]

    def definition(self, process: str) -> Definition:
        """Return the process with this id; NotFound."""
        return _found(self.processes, process, "process")

    def decision(self, name: str) -> Decision:
        """Return the decision with this id; NotFound."""
        return _found(self.decisions, name, "decision table")

    def form(self, name: str) -> Form:
        """Return the form in this file of forms/ ("audit.json"); NotFound."""
        return _found(self.forms, name, "form")

    def notice(self, name: str) -> Notice:
        """Return the notice of forms/notices/{name}.txt; NotFound."""
        return _found(self.notices, name, "notice")

    def report(self, name: str) -> Report:
        """Return the report of forms/reports/{name}.json; NotFound."""
        return _found(self.reports, name, "report")

    @cached_property
    def _models(self) -> Mapping[str, Model]:
        return {name: read_model(f"{name}.bpmn", one.xml) for name, one in self.processes.items()}

    def following(self, process: str, element: str) -> tuple[Following, ...]:
        """Return the tasks of people that may come next after an element; NotFound for an unknown process."""
        return following(self._models, self.definition(process).id, element)

    def taking_away(self, process: str, element: str) -> tuple[str, ...]:
        """Return the processes by which a task may be ended where it waits; NotFound for an unknown process."""
        return taking_away(self._models, self.definition(process).id, element)

    def ended_by(self, process: str, element: str, message: str) -> str | None:
        """Return the event at which a message ends a task where it waits, None for none; NotFound."""
        return ended_by(self._models, self.definition(process).id, element, message)

    def language(self, functions: Mapping[str, Callable[..., object]]) -> Language:
        """Return the owners' language with the functions of one command."""
        return Language(functions)


def check(snapshot: Mapping[str, bytes], vocabulary: Vocabulary) -> list[Problem]:
    """Return everything that must be mended before the snapshot can be deployed, sorted; empty when nothing."""
    survey = survey_of(snapshot, vocabulary)
    _, refused = _parsed(survey, _sound(survey))
    return sorted({*survey.problems, *refused})


def deployment_of(snapshot: Mapping[str, bytes], vocabulary: Vocabulary) -> Deployment:
    """Return the deployment of a snapshot, parsed once and kept by digest. NotDeployable with all its problems."""
    checked = _kept((digest(snapshot), vocabulary), lambda: _checked(snapshot, vocabulary))
    return _kept((checked.digest, None), lambda: checked)


def rebuilt(snapshot: Mapping[str, bytes]) -> Deployment:
    """Return the deployment of a snapshot that was accepted before, whatever later rules would say of it.

    Process instances keep the deployment they began with; a release with a stricter linter must not lose them.
    NotDeployable when a file cannot be read or parsed any more.
    """
    known = digest(snapshot)
    return _SHELF.any_of(known) or _kept((known, None), lambda: _accepted(snapshot))


def forget(deployment: Deployment) -> None:
    """Drop a deployment whose specs were found changed, so that it is built anew when asked for again."""
    _SHELF.drop(deployment.digest)


def _kept(key: Key, build: Callable[[], Deployment]) -> Deployment:
    kept = _SHELF.get(key)
    if kept is None:
        with _BUILDING:
            kept = _SHELF.get(key) or _SHELF.put(key, build())
    return kept


def _checked(snapshot: Mapping[str, bytes], vocabulary: Vocabulary) -> Deployment:
    survey = survey_of(snapshot, vocabulary)
    specs, refused = _parsed(survey, _sound(survey))
    return _deployment(snapshot, survey, specs, [*survey.problems, *refused])


def _accepted(snapshot: Mapping[str, bytes]) -> Deployment:
    survey = contents_of(snapshot, naming(frozenset()))
    specs, refused = _parsed(survey, survey.models)
    return _deployment(snapshot, survey, specs, [*refused, *(survey.problems if survey.unread else ())])


def _deployment(
    snapshot: Mapping[str, bytes], survey: Survey, specs: Mapping[str, Specs], problems: list[Problem]
) -> Deployment:
    if problems:
        raise NotDeployable(tuple(sorted(set(problems))))
    return Deployment(
        digest=digest(snapshot),
        processes=MappingProxyType({name: _definition(survey.models[name], specs[name]) for name in survey.models}),
        decisions=MappingProxyType(survey.decisions),
        forms=MappingProxyType(survey.forms),
        notices=MappingProxyType(survey.notices),
        reports=MappingProxyType(survey.reports.reports),
        words=MappingProxyType(survey.reports.words),
    )


def _sound(survey: Survey) -> dict[str, Model]:
    """The diagrams that can be parsed: SpiffWorkflow's parser might hang on others.

    They have no problem, call only such diagrams, and use tables that can be read.
    """
    unsound = {problem.file for problem in survey.problems}
    sound = {
        name
        for name, model in survey.models.items()
        if model.file not in unsound and survey.decisions.keys() >= decisions_of(model)
    }
    return {
        name: model
        for name, model in survey.models.items()
        if sound.issuperset(one.process_id for one in with_called(model, survey.models))
    }


def _parsed(survey: Survey, models: Mapping[str, Model]) -> tuple[dict[str, Specs], list[Problem]]:
    specs: dict[str, Specs] = {}
    refused: list[Problem] = []
    for name, model in models.items():
        result = specs_of(model, survey.models, survey.decisions)
        if isinstance(result, Problem):
            refused.append(result)
        else:
            specs[name] = result
    return specs, refused


def _definition(model: Model, specs: Specs) -> Definition:
    return Definition(
        id=model.process_id,
        name=one_line(attribute(model.processes[0], "name")),
        xml=model.content,
        elements=MappingProxyType(dict(facts_of(model))),
        specs=specs,
        signature=signature(specs),
    )


def _found(things: Mapping[str, Thing], name: str, what: str) -> Thing:
    thing = things.get(name)
    if thing is None:
        raise NotFound(what=f"{what} called “{name}”")
    return thing


class _Shelf:
    """The deployments used last, at most MOST_KEPT of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, Deployment] = OrderedDict()

    def get(self, key: Key) -> Deployment | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def any_of(self, digest_of_it: str) -> Deployment | None:
        """Return a deployment by digest, by whatever vocabulary it was checked: what it holds is the same."""
        with self._lock:
            return next((kept for key, kept in self._kept.items() if key[0] == digest_of_it), None)

    def put(self, key: Key, deployment: Deployment) -> Deployment:
        with self._lock:
            self._kept[key] = deployment
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return deployment

    def drop(self, digest_of_it: str) -> None:
        with self._lock:
            for key in [one for one in self._kept if one[0] == digest_of_it]:
                del self._kept[key]


_SHELF = _Shelf()
_BUILDING = threading.Lock()
