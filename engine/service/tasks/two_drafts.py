"""Two versions of the answers to one task, by the same person in two windows: where they differ."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from engine.bpmn.forms.view import FormView, QuestionView
from engine.service.engine import Engine
from engine.service.tasks.began import mark_of
from engine.service.tasks.work import TaskPage, page_of


@dataclass(frozen=True)
class Difference:
    """A question answered in two ways, as the draft has it and as the page has it; None where it is not asked."""

    question: QuestionView
    stored: QuestionView | None
    typed: QuestionView | None


@dataclass(frozen=True)
class TwoDrafts:
    """The page of a task with the draft that is kept, and where another page of its reader answers otherwise."""

    page: TaskPage
    differences: tuple[Difference, ...]


def compare(engine: Engine, person: str, task_id: str, raw: Mapping[str, Any], asked: Collection[str]) -> TwoDrafts:
    """Return where `raw` answers the questions `asked` otherwise than the draft of `person`; NotFound."""

    def reading(question: Any) -> TwoDrafts:
        page = page_of(question, person, task_id, None, None)
        stored, typed = _asked(page.view), _asked(page_of(question, person, task_id, raw, None).view)
        differing = (
            Difference(one, stored.get(name), typed.get(name))
            for name, one in {**stored, **typed}.items()
            if name in asked and _differs(name, page.draft, raw)
        )
        return TwoDrafts(page, tuple(differing))

    return engine.ask(reading)


def _asked(view: FormView | None) -> dict[str, QuestionView]:
    sections = view.sections if view is not None else ()
    return {one.id: one for section in sections for one in section.questions}


def _differs(name: str, stored: Mapping[str, Any], typed: Mapping[str, Any]) -> bool:
    return mark_of(stored, (name,)) != mark_of(typed, (name,))
