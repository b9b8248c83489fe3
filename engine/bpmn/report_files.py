"""Reports as owners write them: which parts a report has, and what readers are told about each figure.

`forms/reports/NAME.json` is a report, `forms/figures/SUBJECT.json` the words for the figures of one subject. Which
subjects and figures there are, and how they are reckoned, is fixed by the service; everything read is written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

from marshmallow import Schema, ValidationError, fields, validate

from engine.bpmn.forms.file import content_of
from engine.domain.problems import Problem
from engine.errors import Unreadable

PLACES: Final[Mapping[str, str]] = {
    "value": "the figure itself, such as 53.6%",
    "low": "the lower end of its interval",
    "high": "the upper end of its interval",
    "level": "how sure the interval is, such as 95%",
    "n": "how many audits, actions or pairs it was reckoned from",
    "of": "out of how many",
    "cases": "how many cases it stands for",
    "group": "what the figure is about: a service area, a person, a nature of actions",
    "period": "the period, such as November 2026",
    "before": "the period it is compared with",
    "missing": "how many audits are missing",
    "worst": "the figure if all missing audits turned out badly",
    "best": "the figure if all missing audits turned out well",
    "full": "the width that the interval would have if no audit were missing",
    "edition": "provisional or final",
    "more": "a further word, as the file explains",
}
_PLACE = re.compile(r"\{([^{}]*)\}")
_NAME = validate.Regexp(r"\A[a-z][a-z0-9_]*\Z", error="Write it in small letters, digits and “_”.")
_TEXT = validate.Length(min=1, max=400, error="Write between 1 and 400 characters.")


@dataclass(frozen=True)
class Wording:
    """What readers are told about one figure: what it estimates, of which cases, and the finding in sentences."""

    title: str
    what: str
    population: str
    says: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """The words of one subject: those of its figures, of the columns of its tables (table.column), and single ones."""

    figures: Mapping[str, Wording]
    tables: Mapping[str, str]
    words: Mapping[str, str]

    @property
    def names(self) -> frozenset[str]:
        """Every name that the file gives words to."""
        words = {f"words.{name}" for name in self.words}
        return frozenset({*self.figures, *self.tables, *words})


@dataclass(frozen=True)
class Part:
    """A part of a report: a subject, and which of its figures and tables are shown (None: all)."""

    subject: str
    title: str
    guidance: str
    shows: tuple[str, ...] | None


@dataclass(frozen=True)
class Report:
    """A report: its title, what readers should know, its marking ("" for none), and its parts in order.

    `asks` says whom or what it is made about besides a period: "person", "team" or "" for neither. A `dashboard` is
    read as charts first, each with its finding, and stands before the other reports.
    """

    name: str
    title: str
    guidance: str
    marking: str
    asks: str
    parts: tuple[Part, ...]
    dashboard: bool = False


class _Wording(Schema):
    title = fields.String(required=True, validate=_TEXT)
    what = fields.String(required=True, validate=_TEXT)
    population = fields.String(required=True, validate=_TEXT)
    says = fields.List(fields.String(validate=_TEXT), required=True, validate=validate.Length(min=1))


class _Table(Schema):
    title = fields.String(required=True, validate=_TEXT)
    columns = fields.Dict(fields.String(validate=_NAME), fields.String(validate=_TEXT), required=True)


class _Words(Schema):
    documentation = fields.String(required=True)
    figures = fields.Dict(fields.String(validate=_NAME), fields.Nested(_Wording), load_default=dict)
    tables = fields.Dict(fields.String(validate=_NAME), fields.Nested(_Table), load_default=dict)
    words = fields.Dict(fields.String(validate=_NAME), fields.String(validate=_TEXT), load_default=dict)


class _Part(Schema):
    subject = fields.String(required=True, validate=_NAME)
    title = fields.String(required=True, validate=_TEXT)
    guidance = fields.String(load_default="")
    shows = fields.List(fields.String(validate=_NAME), load_default=None, allow_none=True)


class _Report(Schema):
    title = fields.String(required=True, validate=_TEXT)
    documentation = fields.String(required=True)
    guidance = fields.String(load_default="")
    marking = fields.String(load_default="")
    asks = fields.String(load_default="", validate=validate.OneOf(("", "person", "team")))
    dashboard = fields.Boolean(load_default=False)
    parts = fields.List(fields.Nested(_Part), required=True, validate=validate.Length(min=1))


@dataclass
class Shelf:
    """The reports and words of a snapshot, with the file that each was read from."""

    reports: dict[str, Report] = field(default_factory=dict)
    words: dict[str, Words] = field(default_factory=dict)


def read_report(file: str, text: str) -> Report:
    """Return the report in a file. Unreadable with the first fault."""
    loaded = _loaded(file, text, _Report())
    parts = tuple(
        Part(one["subject"], one["title"], one["guidance"], None if one["shows"] is None else tuple(one["shows"]))
        for one in loaded["parts"]
    )
    name = PurePosixPath(file).stem
    return Report(
        name, loaded["title"], loaded["guidance"], loaded["marking"], loaded["asks"], parts, loaded["dashboard"]
    )


def read_words(file: str, text: str) -> Words:
    """Return the words of a subject. Unreadable with the first fault, an unknown {place} among them."""
    loaded = _loaded(file, text, _Words())
    figures = {
        name: Wording(one["title"], one["what"], one["population"], tuple(one["says"]))
        for name, one in loaded["figures"].items()
    }
    tables = {name: one["title"] for name, one in loaded["tables"].items()}
    columns = {
        f"{name}.{key}": label for name, one in loaded["tables"].items() for key, label in one["columns"].items()
    }
    for sentence in _sentences(figures, loaded["words"]):
        _check_places(file, sentence)
    return Words(figures, {**tables, **columns}, loaded["words"])


def problems_of_reports(shelf: Shelf, subjects: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    """Report words that nothing is said with, figures without words, and parts that there are not.

    `subjects` are the names of figures, tables, columns and words that the service gives, by subject.
    """
    for subject, words in shelf.words.items():
        yield from _against(f"forms/figures/{subject}.json", subject, words.names, subjects)
    for report in shelf.reports.values():
        for part in report.parts:
            yield from _of_part(report, part, shelf, subjects)


def _against(
    file: str, subject: str, names: frozenset[str], subjects: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    if subject not in subjects:
        there = ", ".join(sorted(subjects)) or "none"
        yield Problem(file, "", "unknown-subject", f"There are no figures called “{subject}”. There are: {there}.")
        return
    for name in sorted(names - subjects[subject]):
        yield Problem(file, name, "unknown-figure", f"“{name}” is no figure, table or word of “{subject}”. Remove it.")
    for name in sorted(subjects[subject] - names):
        yield Problem(file, name, "missing-words", f"“{name}” of “{subject}” has no words. Add them.")


def _of_part(report: Report, part: Part, shelf: Shelf, subjects: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    file = f"forms/reports/{report.name}.json"
    if part.subject not in subjects or part.subject not in shelf.words:
        message = f"The part “{part.title}” shows “{part.subject}”, which has no file in forms/figures. Correct it."
        yield Problem(file, part.subject, "unknown-subject", message)
        return
    for name in part.shows or ():
        if name not in subjects[part.subject]:
            message = f"The part “{part.title}” shows “{name}”, which is no figure or table of “{part.subject}”."
            yield Problem(file, name, "unknown-figure", message)


def _loaded(file: str, text: str, schema: Schema) -> dict[str, Any]:
    content = content_of(file, text)
    try:
        return dict(schema.load(content))
    except ValidationError as refused:
        raise Unreadable(file=file, reason="; ".join(_faults(refused.messages_dict))) from None


def _faults(messages: Mapping[Any, Any], place: str = "") -> Iterator[str]:
    for key, found in messages.items():
        here = f"{place}.{key}".lstrip(".")
        if isinstance(found, Mapping):
            yield from _faults(found, here)
        else:
            yield from (f"“{here}”: {str(message).rstrip('.')}" for message in found)


def _sentences(figures: Mapping[str, Wording], words: Mapping[str, str]) -> Iterator[str]:
    for one in figures.values():
        yield from (one.title, one.what, one.population, *one.says)
    yield from words.values()


def _check_places(file: str, sentence: str) -> None:
    for name in _PLACE.findall(sentence):
        if name not in PLACES:
            raise Unreadable(file=file, reason=f"{{{name}}} is unknown; a sentence may say {', '.join(PLACES)}")
    if re.search(r"[{}]", _PLACE.sub("", sentence)):
        raise Unreadable(file=file, reason=f"“{sentence}” has a {{ or }} without its partner")
