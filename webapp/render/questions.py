"""What templates ask of a form: which lines of the error summary are whose, and how a question is laid out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from engine.service.shown import ErrorView, FormView, QuestionView, SectionView
from webapp.render.words import sentence

SHORT_LABEL, FEW = 14, 3
NEVER_ASKED = frozenset(("fact", "info", "rows"))


def lines_of(view: FormView, section: str) -> list[ErrorView]:
    """Return the lines of the error summary that belong to a section."""
    mine = {name for one in view.sections if one.id == section for name in _fields(one.questions)}
    return [line for line in view.errors if line.key in mine]


def section_by_field(view: FormView) -> Mapping[str, str]:
    """Return the section of each field."""
    return {name: section.id for section in view.sections for name in _fields(section.questions)}


def state_of(section: SectionView) -> tuple[str, str]:
    """Return how far a section is, in words, and the colour of its tag ("" for plain text)."""
    done, needed = section.progress.answered, section.progress.needed
    if not needed:
        return "Optional", ""
    if section.progress.complete:
        return "Completed", ""
    return (f"Started: {done} of {needed}", "light-blue") if done else (f"To do: 0 of {needed}", "blue")


def asked_by(question: QuestionView, siblings: Sequence[QuestionView]) -> str:
    """Return when a question that an answer brings up is to be answered, for readers without scripts."""
    if question.reveal is None:
        return ""
    parent = next((one for one in siblings if one.id == question.reveal.question), None)
    labels = [f"“{one.label}”" for one in parent.options if one.value in question.reveal.answers] if parent else []
    return f"Answer this if you chose {' or '.join(labels)}" if labels else ""


def words_of(line: ErrorView, titles: Sequence[str]) -> str:
    """Return a line of the error summary: where it is, unless that is one of `titles`, and what is wrong."""
    where = line.section
    for title in titles:
        where = where if not title or not where.startswith(title) else where[len(title) :].removeprefix(", ")
    return f"{sentence(where)}: {line.message}" if where else line.message


def label_of(question: QuestionView, siblings: Sequence[QuestionView]) -> str:
    """Return the words of a label: its number, what is asked, what it is a note to, and whether it may stay blank."""
    about = next((one for one in siblings if one.id == question.parent), None)
    if about is not None:
        return f"{question.label} for {about.number}" if about.number else f"{question.label}: {about.label}"
    words = f"{question.number} {question.label}".strip()
    blank = question.shown and not question.required and question.type not in NEVER_ASKED
    return f"{words} (optional)" if blank else words


def parent_key(question: QuestionView) -> str:
    """Return the field of the question whose answer brings this one up."""
    prefix = question.key.removesuffix(question.id)
    return f"{prefix}{question.reveal.question}" if question.reveal is not None else ""


def fits_one_line(question: QuestionView) -> bool:
    """Tell whether the answers to choose from are few and short enough to stand beside each other."""
    options = question.options
    return len(options) <= FEW and all(not one.hint and len(one.label) <= SHORT_LABEL for one in options)


def has_file(sections: Iterable[SectionView]) -> bool:
    """Tell whether a file is asked for."""
    return any(question.type == "file" for section in sections for question in section.questions)


def file_question(view: FormView) -> str:
    """Return the id of the question that asks for a file, "" where none does."""
    asked = (question for section in view.sections for question in section.questions)
    return next((question.id for question in asked if question.type == "file"), "")


def _fields(questions: Iterable[QuestionView]) -> Iterator[str]:
    for question in questions:
        yield from (question.key, f"{question.key}-day")
        for row in question.rows:
            yield from _fields(row.questions)
