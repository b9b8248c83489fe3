"""What a form is made of: sections, questions, checks. Immutable, read from one file of `forms/`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.errors import ExpressionRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.bpmn.language.expressions import Language

_EXPRESSION = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """Text with {expression} parts, as owners write it in messages, hints and values taken from facts.

    `literals` has one item more than `expressions`; the two alternate.
    """

    literals: tuple[str, ...] = ("",)
    expressions: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> Template:
        """Split a text at its {expression} parts. Raises ValueError for a brace without its partner."""
        pieces = _EXPRESSION.split(text)
        if any("{" in literal or "}" in literal for literal in pieces[::2]):
            raise ValueError("has a { or } without its partner")
        return cls(tuple(pieces[::2]), tuple(piece.strip() for piece in pieces[1::2]))

    def __bool__(self) -> bool:
        return bool(self.expressions) or any(self.literals)

    def fill(self, language: Language, names: Mapping[str, object]) -> str:
        """The text with every expression worked out; one that cannot be (a fact not told) leaves its place empty."""
        if not self.expressions:
            return self.literals[0]
        parts = [self.literals[0]]
        for source, literal in zip(self.expressions, self.literals[1:], strict=True):
            parts += [in_words(_known(source, language, names)), literal]
        return "".join(parts)


def _known(source: str, language: Language, names: Mapping[str, object]) -> object:
    try:
        return language.evaluate(source, names)
    except ExpressionRefused:
        return None


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be chosen."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Reveal:
    """The choice that brings a question up: one of `answers` given to the question `question`."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `show_if` holds expressions which must all be true; `required_if` makes it required.

    `minimum` and `maximum` bound the number of characters of a text, the value of an integer, the number of
    boxes ticked or the number of rows. `parent` is the question whose note or reason this one asks for.
    """

    id: str
    type: str
    label: str
    name: str
    number: str = ""
    hint: Template = field(default_factory=Template)
    guidance: Template = field(default_factory=Template)
    documentation: str = ""
    required: bool = True
    required_message: str = ""
    required_if: str = ""
    show_if: tuple[str, ...] = ()
    reveal: Reveal | None = None
    options: tuple[Option, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    pattern: re.Pattern[str] | None = None
    pattern_message: str = ""
    too_little: frozenset[str] = frozenset()
    too_little_message: str = ""
    not_future: bool = False
    not_past: bool = False
    width: int | None = None
    prefill: Template = field(default_factory=Template)
    value: Template = field(default_factory=Template)
    variable: str = ""
    significant: bool = False
    example: object = None
    accept: tuple[str, ...] = ()
    parent: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its questions. A `significant` section holds a criterion used to measure reliability."""

    id: str
    title: str
    number: str
    guidance: Template
    documentation: str
    show_if: tuple[str, ...]
    significant: bool
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A gate over all answers and facts: refuse when `refuse_if` is true, or when the text answer `question`
    does not name each of the references that `must_mention` lists."""

    id: str
    message: Template
    question: str
    refuse_if: str
    must_mention: str
    documentation: str

    @property
    def condition(self) -> str:
        """The expression the check works out."""
        return self.refuse_if or self.must_mention


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the form is told about its case: what it means, what it is when nobody knows, an example."""

    name: str
    meaning: str
    default: object
    example: object


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole form as its file describes it, with answer types, notes and reasons already spelled out."""

    title: str
    guidance: Template
    documentation: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    checks: tuple[Check, ...]

    def questions(self) -> Iterator[Question]:
        """Every question in order, each rows question followed by the questions of its rows."""
        for section in self.sections:
            yield from each_question(section.questions)


def each_question(questions: tuple[Question, ...]) -> Iterator[Question]:
    """Questions in order, each rows question followed by the questions of its rows."""
    for question in questions:
        yield question
        yield from each_question(question.questions)


def holds(conditions: tuple[str, ...], language: Language, names: Mapping[str, object]) -> bool:
    """Whether every condition is true. One that cannot be worked out yet (a blank compared) is not."""
    try:
        return all(language.evaluate(condition, names) for condition in conditions)
    except ExpressionRefused:
        return False


def in_words(value: object) -> str:
    """A plain JSON value as it reads in a sentence: nothing for None, "a, b and c" for a list."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        words = [in_words(item) for item in value]
        return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
    return str(value)
