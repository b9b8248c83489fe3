"""How a story's people act: filling in forms as somebody would who knows what to say, and sending them."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from engine.bpmn.forms.filler import fill
from engine.service import instances
from engine.service.command import Question
from engine.service.rehearsal.phrases import Moment, StoryError, Table, UnmetError
from engine.service.rehearsal.stage import Stage
from engine.service.rights import About
from engine.service.tasks import beginning, work
from engine.service.tasks.facts import facts_for


def complete(stage: Stage, person: str, task: Any, given: Mapping[str, object]) -> None:
    """Complete a task as `person`, filling in whatever `given` (answers by question) leaves open."""
    raw = stage.ask(lambda question: _filled(question, task, given))
    work.complete(stage.engine, person, task.id, raw)


def _filled(question: Question, task: Any, given: Mapping[str, object]) -> Mapping[str, Any]:
    if task.form is None:
        return {}
    deployment = question.deployment(instances.get_row(question, task.instance).deployment)
    form = deployment.form(task.form)
    language = deployment.language(question.functions(deployment))
    return fill(form, facts_for(question, task, form), language, given)


def filled_without(question: Question, task: Any, section: str) -> Mapping[str, Any]:
    """Return answers to everything but the section with this title; StoryError for an unknown section."""
    form = question.policy.form(task.form)
    found = next((one for one in form.sections if one.title == section), None)
    if found is None:
        raise StoryError(f"The form has no section “{section}”.")
    left_out = {one.id for one in found.questions}
    return {name: value for name, value in _filled(question, task, {}).items() if name not in left_out}


def filled_without_part(
    question: Question, task: Any, rows: str, label: str, given: Mapping[str, object]
) -> tuple[Mapping[str, Any], str]:
    """Return answers to everything but the question with this label in the first of `rows`, and that question's id;
    StoryError for an unknown label.
    """
    asked = question.policy.form(task.form).questions[rows].questions
    blank = next((one.id for one in asked if one.label == label), None)
    if blank is None:
        raise StoryError(f"The form has no question “{label}” there.")
    answers = dict(_filled(question, task, given))
    first, *others = answers[rows]
    answers[rows] = [{name: value for name, value in first.items() if name != blank}, *others]
    return answers, blank


def complete_titled(
    stage: Stage, name: str, title: str, case: str | None, when: Moment | None, given: Mapping[str, object]
) -> None:
    """Let somebody complete the open task with a title; UnmetError when it is not on their list."""
    stage.move_to(when)
    person = stage.person(name)
    complete(stage, person, stage.task(title, case, person), given)


def try_to_complete(stage: Stage, name: str, title: str, case: str | None, given: Mapping[str, object]) -> None:
    """Let somebody try to complete a task that may not be theirs; raises what the council refuses."""
    complete(stage, stage.person(name), stage.task(title, case), given)


def start(stage: Stage, name: str, process: str, facts: Mapping[str, object], given: Mapping[str, object]) -> str:
    """Let somebody begin a process by hand with its start form; return the instance."""
    person = stage.person(name)

    def filled(question: Question) -> Mapping[str, Any]:
        form = question.policy.form(str(question.policy.definition(process).start.form))
        about = About(case_ref=_text(facts.get("case")), audit=_text(facts.get("audit")))
        return fill(form, facts_for(question, about, form), question.language, given)

    return beginning.begin(stage.engine, person, process, stage.ask(filled), facts)


def answers(table: Table | None) -> dict[str, object]:
    """Return the answers in a two-column table of question and answer."""
    rows = table or ()
    if any(len(row) != 2 for row in rows):
        raise StoryError("A table of answers has two columns: the question and the answer.")
    return {question: int(answer) if answer.isdigit() else answer for question, answer in rows}


def columns(table: Table | None, *names: str) -> list[SimpleNamespace]:
    """Return the rows of a table that has these columns, by column name; StoryError when one is missing."""
    if not table:
        raise StoryError(f"This phrase needs a table with the columns {', '.join(names)}.")
    head: Sequence[str] = table[0]
    missing = [name for name in names if name not in head]
    if missing:
        raise StoryError(f"The table has no column “{missing[0]}”.")
    return [SimpleNamespace(**{name.replace(" ", "_"): row[head.index(name)] for name in names}) for row in table[1:]]


def expect_same(found: object, wanted: object, what: str) -> None:
    """UnmetError unless what was found is what was wanted."""
    if found != wanted:
        raise UnmetError(f"{what} is {found}, and the story says {wanted}.")


def _text(value: object) -> str | None:
    return None if value is None else str(value)
