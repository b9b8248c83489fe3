"""Forms: a JSON file of questions becomes a page, a schema and a set of gates.

`read_form` builds a form once; it then judges any number of answers. What owners may write in the file is listed
in `forms/README.md`, and `form_problems.problems_of_form` says everything that is wrong with one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from engine.bpmn.forms.answers import Sheet, lay_out, measure
from engine.bpmn.forms.file import content_of, digest_of
from engine.bpmn.forms.gates import refusals
from engine.bpmn.forms.outline import outline_of
from engine.bpmn.forms.parse import Posted, parse
from engine.bpmn.forms.schema import AnswerSchema, load, schema_of
from engine.bpmn.forms.sense import faults_of
from engine.bpmn.forms.shape import shape_of
from engine.bpmn.forms.summary import summary_of
from engine.bpmn.forms.view import FormView, open_sections, view_of
from engine.domain.problems import Problem
from engine.errors import Invalid, Unreadable

if TYPE_CHECKING:
    from engine.bpmn.forms.model import Outline, Question, Section
    from engine.bpmn.language.expressions import Language

Answers = Mapping[str, object]
_MOST_LINES = 10


@dataclass(frozen=True)
class SectionEnd:
    """Where somebody stands at the end of a section: whether its answers are right, and the id of the next section that
    is shown, "" after the last.
    """

    right: bool
    following: str


@dataclass(frozen=True)
class Form:
    """A form of the policy in force. `digest` is the sha256 of its content; layout and key order do not change it."""

    name: str
    digest: str
    outline: Outline

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.outline.title

    @property
    def sections(self) -> tuple[Section, ...]:
        """Sections with their questions, notes and reasons spelled out."""
        return self.outline.sections

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by id, the questions of rows among them."""
        return {question.id: question for question in self.outline.questions()}

    @cached_property
    def schema(self) -> AnswerSchema:
        """The marshmallow schema of the answers."""
        return schema_of(tuple(question for section in self.sections for question in section.questions))

    def validate(self, raw: Answers, facts: Answers, language: Language) -> dict[str, Any]:
        """The answers as plain JSON: only known, shown and answered questions; dates are ISO strings.

        Raises Invalid with errors keyed by question id (rows: {index: {id: [sentence]}}), a failed check's by its
        question or its own id; TooLarge; ExpressionRefused when a check cannot be worked out from these facts.
        `facts["today"]` (ISO) is needed by dates which may not be in the future or past; `facts["people"]`, if given
        (a list of usernames, or names by username), says who may be chosen.
        """
        answers, errors = self._judged(self._laid_out(raw, facts, language), facts, language)
        if errors:
            raise Invalid(errors, self._summary(errors))
        return answers

    def faults(self, raw: Answers, facts: Answers, language: Language) -> dict[str, Any]:
        """The errors that `validate` would raise, {} for none."""
        return self._judged(self._laid_out(raw, facts, language), facts, language)[1]

    def end_of(self, section: str, raw: Answers, facts: Answers, language: Language) -> SectionEnd:
        """How one of the sections that `view` shows stands; of any other section all is right, and nothing follows."""
        sheet = self._laid_out(raw, facts, language)
        order = open_sections(self.outline, raw, sheet, facts, language)
        if section not in order:
            return SectionEnd(right=True, following="")
        asked = {question.id for one in self.sections if one.id == section for question in one.questions}
        following = [*order[order.index(section) + 1 :], ""][0]
        return SectionEnd(asked.isdisjoint(self._judged(sheet, facts, language)[1]), following)

    def _laid_out(self, raw: Answers, facts: Answers, language: Language) -> Sheet:
        measure(raw)
        return lay_out(self.outline, raw, facts, language)

    def _judged(self, sheet: Sheet, facts: Answers, language: Language) -> tuple[dict[str, Any], dict[str, Any]]:
        answers, errors = load(self.schema, sheet.values, facts)
        errors.update(refusals(self.outline.checks, sheet.names, frozenset(errors), language))
        return answers, errors

    def view(self, raw: Answers, errors: Answers, facts: Answers, language: Language) -> FormView:
        """What a page or an API shows: raw answers of a draft, or validated ones. Raises TooLarge."""
        measure(raw)
        return view_of(self.name, self.outline, raw, errors, facts, language)

    def parse(self, posted: Posted, section: str = "") -> dict[str, object]:
        """The raw answers in a posted page, of one section or of all; update a draft with them."""
        asked = [one for one in self.sections if section in ("", one.id)]
        return parse((question for one in asked for question in one.questions), posted)

    def variables(self, answers: Answers) -> dict[str, object]:
        """What the process is told: the answer of each question with a `variable`, None where there is none."""
        named = (question for section in self.sections for question in section.questions if question.variable)
        return {question.variable: answers.get(question.id) for question in named}

    def _summary(self, errors: Mapping[str, object]) -> str:
        lines = summary_of(self.outline, errors)
        shown = [f"{line.section}: {line.message}" if line.section else line.message for line in lines[:_MOST_LINES]]
        more = len(lines) - len(shown)
        return " ".join([*shown, f"There are {more} more."] if more else shown)


def read_form(name: str, text: str) -> Form:
    """The form in a file of `forms/`. Raises Unreadable with the first thing that is wrong with the file.

    Its expressions are checked by `problems_of_form`, not here: reading needs no language.
    """
    content = content_of(name, text)
    loaded, problems = shape_of(name, content)
    problems = problems or [Problem(name, *fault) for fault in faults_of(loaded)]
    if problems:
        where = f"{problems[0].element}: " if problems[0].element else ""
        raise Unreadable(file=name, reason=where + problems[0].message)
    return Form(name, digest_of(content), outline_of(loaded))
