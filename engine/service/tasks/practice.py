"""Practising: a form of the policy in force with an invented case, judged by its own rules. Nothing is kept (R-48).

The invented facts are the examples that each form file gives for what it is told.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.bpmn.forms.filler import example_facts
from engine.bpmn.forms.form import Form, SectionEnd
from engine.bpmn.forms.parse import Posted
from engine.bpmn.forms.view import FormView
from engine.errors import NotFound
from engine.service.command import Question
from engine.service.engine import Engine

SUFFIX = ".json"
# What stands for a file that was looked at and not kept.
AN_UPLOAD: Final = "looked-at"


@dataclass(frozen=True)
class Exercise:
    """A form that can be practised, by its name: what it is called, the process that asks it, and whether that
    process is urgent, so that nobody must take the form for the real one.
    """

    name: str
    title: str
    process: str
    urgent: bool


@dataclass(frozen=True)
class PracticePage:
    """A form to practise as typed so far, with what was wrong with it."""

    exercise: Exercise
    view: FormView


def offered(engine: Engine) -> tuple[Exercise, ...]:
    """Return the forms that can be practised, by process and title."""
    return engine.ask(lambda question: tuple(sorted(_exercises(question), key=lambda one: (one.process, one.title))))


def typed(engine: Engine, name: str, posted: Posted, asked: Collection[str]) -> dict[str, Any]:
    """Return the raw answers of a posted page on which the questions `asked` stood. NotFound."""

    def work(question: Question) -> dict[str, Any]:
        form = question.policy.form(_exercise(question, name).name + SUFFIX)
        return {field: value for field, value in form.parse(posted).items() if field in asked}

    return engine.ask(work)


def open_form(
    engine: Engine, name: str, raw: Mapping[str, Any] | None = None, errors: Mapping[str, Any] | None = None
) -> PracticePage:
    """Return a form to practise with its invented case. NotFound."""

    def work(question: Question) -> PracticePage:
        exercise = _exercise(question, name)
        form = question.policy.form(exercise.name + SUFFIX)
        return PracticePage(exercise, form.view(raw or {}, errors or {}, _facts(question, form), question.language))

    return engine.ask(work)


def judge(engine: Engine, name: str, raw: Mapping[str, Any]) -> None:
    """Refuse what the form would refuse: NotFound, and Invalid field by field. Nothing is kept either way."""

    def work(question: Question) -> None:
        form = question.policy.form(_exercise(question, name).name + SUFFIX)
        form.validate(raw, _facts(question, form), question.language)

    engine.ask(work)


def end_of(engine: Engine, name: str, section: str, raw: Mapping[str, Any]) -> SectionEnd:
    """Return how a section stands with these answers, and which is next. NotFound."""

    def work(question: Question) -> SectionEnd:
        form = question.policy.form(_exercise(question, name).name + SUFFIX)
        return form.end_of(section, raw, _facts(question, form), question.language)

    return engine.ask(work)


def _exercise(question: Question, name: str) -> Exercise:
    found = next((one for one in _exercises(question) if one.name == name), None)
    if found is None:
        raise NotFound(what=f"form {name} that can be practised")
    return found


def _exercises(question: Question) -> Iterator[Exercise]:
    """Yield the forms that diagrams ask, each once."""
    seen: set[str] = set()
    for process in question.policy.processes.values():
        for element in process.elements.values():
            if element.form is None or element.form in seen:
                continue
            seen.add(element.form)
            title = question.policy.form(element.form).title
            yield Exercise(element.form.removesuffix(SUFFIX), title, process.name, process.start.urgent)


def _facts(question: Question, form: Form) -> dict[str, Any]:
    """Return the invented facts of a form, on the day it is, with those who may be chosen as they are."""
    facts = {**example_facts(form), "today": question.today.isoformat()}
    if "people" in facts:
        facts["people"] = {one.username: one.name for one in question.directory.people.values() if one.active}
    return facts
