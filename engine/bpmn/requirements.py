"""The manual and the list of what it asks for: processes/manual/manual.txt and processes/manual/requirements.json."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from marshmallow import Schema, ValidationError, fields, validate

from engine.bpmn.citations import Citation, citations_of
from engine.domain.problems import Problem
from engine.errors import Unreadable

FOLDER: Final = "processes/manual/"
MANUAL: Final = f"{FOLDER}manual.txt"
REQUIREMENTS: Final = f"{FOLDER}requirements.json"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing the manual asks for.

    `sentence` are the manual's own words, "" for what they merely imply; `rule` is what is done, in one sentence.
    `stories` are titles of scenarios that prove it without a tag, `engine` the test modules that prove it where the
    program itself carries it, and `not_yet` says what is missing while nothing carries it.
    """

    id: str
    section: str
    sentence: str
    rule: str
    stories: tuple[str, ...]
    engine: tuple[str, ...]
    not_yet: str


class _Line(Schema):
    id = fields.String(required=True, validate=validate.Regexp(r"[RI]-\d{2,3}\Z", error="write it such as R-54"))
    section = fields.String(required=True, validate=validate.Length(1, 40))
    sentence = fields.String(load_default="", validate=validate.Length(0, 2_000))
    rule = fields.String(required=True, validate=validate.Length(1, 500))
    stories = fields.List(fields.String(validate=validate.Length(1, 300)), load_default=list)
    engine = fields.List(
        fields.String(
            validate=validate.Regexp(
                r"tests/[\w/]+/test_\w+\.py\Z", error="write a test module such as tests/domain/test_sampling.py"
            )
        ),
        load_default=list,
    )
    not_yet = fields.String(load_default="", validate=validate.Length(0, 300))


class _List(Schema):
    requirements = fields.List(fields.Nested(_Line), required=True, validate=validate.Length(1, 500))


def read_requirements(file: str, content: bytes) -> tuple[Requirement, ...]:
    """Return the requirements of a file in their order. Unreadable, naming the line and what is wrong with it."""
    try:
        loaded = _List().load(json.loads(content))
    except ValidationError as error:
        raise Unreadable(file=file, reason=_first(error.messages)) from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(file=file, reason=f"it is not JSON ({error})") from error
    return tuple(
        Requirement(**{**line, "stories": tuple(line["stories"]), "engine": tuple(line["engine"])})
        for line in loaded["requirements"]
    )


def _first(messages: Any, path: str = "") -> str:
    if isinstance(messages, dict):
        key, inner = next(iter(messages.items()))
        return _first(inner, f"{path}, line {key + 1}" if isinstance(key, int) else f"{path}, {key}")
    return f"{path.removeprefix(', requirements').removeprefix(', ') or 'the file'}: {messages[0]}"


def requirements_of(snapshot: Mapping[str, bytes]) -> tuple[Requirement, ...]:
    """Return the requirements of a snapshot, none when it has no list of them. Unreadable."""
    content = snapshot.get(REQUIREMENTS)
    return () if content is None else read_requirements(REQUIREMENTS, content)


def manual_of(snapshot: Mapping[str, bytes]) -> list[str]:
    """Return the manual's paragraphs and headings as they stand, one a line of its file; blank lines are left out."""
    return [line for line in snapshot.get(MANUAL, b"").decode("utf-8", "replace").splitlines() if line.strip()]


def plain(words: str) -> str:
    """Return words with single spaces, as sentences are compared."""
    return " ".join(words.split())


def problems_of_requirements(snapshot: Mapping[str, bytes]) -> Iterator[Problem]:
    """Report lines that repeat an id or quote what the manual does not say, and citations of what is not in the list.

    Unreadable lists are left to whoever reads them.
    """
    try:
        listed = requirements_of(snapshot)
    except Unreadable:
        return
    if not listed:
        return
    yield from _repeated(listed)
    yield from _misquoted(listed, [plain(line) for line in manual_of(snapshot)])
    yield from _unlisted({one.id for one in listed}, citations_of(snapshot))


def _repeated(listed: tuple[Requirement, ...]) -> Iterator[Problem]:
    seen: set[str] = set()
    for one in listed:
        if one.id in seen:
            yield Problem(REQUIREMENTS, one.id, "repeated-id", f"{one.id} stands in the list twice. Keep one of them.")
        seen.add(one.id)


def _misquoted(listed: tuple[Requirement, ...], manual: list[str]) -> Iterator[Problem]:
    for one in listed:
        if one.sentence and not any(plain(one.sentence) in paragraph for paragraph in manual):
            message = f"The manual does not say “{one.sentence[:80]}”. Quote {MANUAL} word for word."
            yield Problem(REQUIREMENTS, one.id, "misquoted", message)


def _unlisted(listed: set[str], citations: Iterator[Citation]) -> Iterator[Problem]:
    for citation in citations:
        for name in sorted(citation.requirements - listed):
            message = f"{name} is not in {REQUIREMENTS}. Correct the number, or add the requirement there."
            yield Problem(citation.file, citation.place, "unknown-requirement", message)
