"""What may stand in a form file, as marshmallow schemas. They judge shape; `form_problems` judges sense."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from engine.bpmn.forms.model import Template

SNAKE_CASE = re.compile(r"[a-z][a-z0-9_]{0,59}")
MOST_TEXT, MOST_ROWS = 50_000, 200

_SHOWN = {"number", "hint", "guidance", "documentation", "show_if"}
_ASKED = _SHOWN | {
    "id", "type", "label", "name", "required", "required_if", "variable", "significant", "example", "prefill",
}  # fmt: skip
_WRITTEN = _ASKED | {"min", "max", "width", "pattern", "pattern_message", "too_little", "too_little_message"}
_CHOSEN = _ASKED | {"options", "evidence", "not_applicable"}

KEYS_BY_TYPE: dict[str, frozenset[str]] = {
    "text": frozenset(_WRITTEN),
    "textarea": frozenset(_WRITTEN),
    "integer": frozenset(_ASKED | {"min", "max", "width"}),
    "date": frozenset(_ASKED | {"not_future", "not_past"}),
    "radios": frozenset(_CHOSEN),
    "select": frozenset(_CHOSEN),
    "checkboxes": frozenset(_ASKED | {"options", "min", "max"}),
    "rows": frozenset((_ASKED | {"questions", "min", "max"}) - {"required", "required_if", "prefill"}),
    "person": frozenset(_ASKED | {"width"}),
    "file": frozenset((_ASKED | {"accept"}) - {"prefill"}),
    "info": frozenset(_SHOWN | {"id", "type", "label"}),
    "fact": frozenset(_SHOWN | {"id", "type", "label", "name", "value", "variable"}),
}


def _refuse_braces(text: str) -> None:
    if "{" in text or "}" in text:
        raise ValidationError("Must not contain { or }: this text is shown as it stands.")


def _must_be_template(text: str) -> None:
    try:
        Template.read(text)
    except ValueError as fault:
        raise ValidationError(f"The text “{text[:60]}” {fault}.") from fault


def _key() -> validate.Regexp:
    return validate.Regexp(
        re.compile(rf"{SNAKE_CASE.pattern}\Z"),
        error="Must be a name of small letters, digits and _, starting with a letter, 60 characters at most.",
    )


def _words(most: int = 300, **options: Any) -> fields.String:
    return fields.String(validate=[validate.Length(1, most), _refuse_braces], **options)


def _template(most: int = 2_000, **options: Any) -> fields.String:
    return fields.String(validate=[validate.Length(1, most), _must_be_template], **options)


def _expression(**options: Any) -> fields.String:
    return fields.String(validate=validate.Length(1, 2_000), **options)


class OptionFile(Schema):
    """{"value": "good", "label": "Good", "hint": "..."}."""

    value = fields.String(required=True, validate=_key())
    label = _words(required=True)
    hint = _words(600)


class YesOrSentence(fields.Field[Any]):
    """true, false, or the sentence to show when the answer is missing."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> bool | str:
        if isinstance(value, bool):
            return value
        if not isinstance(value, str) or not value:
            raise ValidationError("Must be true, false, or the sentence to show when the answer is missing.")
        _refuse_braces(value)
        return value


class WhenToAskEvidence(fields.Field[Any]):
    """ "always", "never", or the answers that need a note."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str | list[str]:
        if value in ("always", "never"):
            return str(value)
        if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            return value
        raise ValidationError('Must be "always", "never", or a list of the answers that need a note.')


class Wording(Schema):
    """What every question may have, except its id: also the shape of answer types and of notes."""

    type = fields.String(validate=validate.OneOf(sorted(KEYS_BY_TYPE)))
    label = _words()
    name = _words(200)
    number = _words(10)
    hint = _template()
    guidance = _template()
    documentation = fields.String()
    required = YesOrSentence()
    required_if = _expression()
    show_if = _expression()
    variable = fields.String(validate=_key())
    significant = fields.Boolean(truthy={True}, falsy={False})
    example = fields.Raw()
    prefill = _template()
    options = fields.List(fields.Nested(lambda: OptionFile()), validate=validate.Length(1, 100))
    evidence = WhenToAskEvidence()
    not_applicable = fields.Boolean(truthy={True}, falsy={False})
    min = fields.Integer(strict=True)
    max = fields.Integer(strict=True)
    width = fields.Integer(strict=True, validate=validate.Range(1, 100))
    pattern = fields.String(validate=validate.Length(1, 200))
    pattern_message = _words()
    too_little = fields.List(fields.String(validate=validate.Length(1, 50)), validate=validate.Length(1, 50))
    too_little_message = _words()
    not_future = fields.Boolean(truthy={True}, falsy={False})
    not_past = fields.Boolean(truthy={True}, falsy={False})
    accept = fields.List(_words(20), validate=validate.Length(1, 20))
    value = _template()
    questions = fields.List(fields.Nested(lambda: QuestionFile()), validate=validate.Length(1, 50))


class QuestionFile(Wording):
    """One question."""

    id = fields.String(required=True, validate=_key())
    type = fields.String(required=True, validate=validate.OneOf(sorted(KEYS_BY_TYPE)))
    label = _words(required=True)


class NoteFile(Wording):
    """The words of a note: everything but its id and condition, which come from the answer it is about."""

    label = _words(required=True)


class SectionFile(Schema):
    """One section. `graded` adds the file's `graded_sections` questions; `not_applicable` lets it be passed over."""

    id = fields.String(required=True, validate=_key())
    title = fields.String(load_default="", validate=[validate.Length(0, 200), _refuse_braces])
    number = fields.String(load_default="", validate=validate.Length(0, 10))
    guidance = _template()
    documentation = fields.String(load_default="")
    show_if = _expression()
    significant = fields.Boolean(truthy={True}, falsy={False}, load_default=False)
    graded = fields.Boolean(truthy={True}, falsy={False}, load_default=False)
    not_applicable = fields.Boolean(truthy={True}, falsy={False}, load_default=False)
    questions = fields.List(fields.Nested(QuestionFile), required=True, validate=validate.Length(1, 100))


class CheckFile(Schema):
    """One gate: `refuse_if`, or `must_mention` with the text question that must name the references."""

    id = fields.String(required=True, validate=_key())
    refuse_if = _expression()
    must_mention = _expression()
    message = _template(required=True)
    question = fields.String(load_default="")
    documentation = fields.String(load_default="")


class FactFile(Schema):
    """What the form is told from outside: its meaning, its value when unknown, and an example for trials."""

    meaning = fields.String(required=True, validate=validate.Length(1))
    default = fields.Raw(load_default=None, allow_none=True)
    example = fields.Raw(required=True, allow_none=True)


class NotApplicableFile(Schema):
    """The words for "not applicable": the option, the reason, and the question put to a whole section."""

    option = _words(required=True)
    reason = fields.Nested(NoteFile, required=True)
    section = fields.Nested(NoteFile)


class FormFile(Schema):
    """A whole file."""

    title = _words(required=True)
    guidance = _template()
    documentation = fields.String(required=True, validate=validate.Length(1))
    facts = fields.Dict(keys=fields.String(validate=_key()), values=fields.Nested(FactFile), load_default=dict)
    answer_types = fields.Dict(keys=fields.String(), values=fields.Nested(Wording), load_default=dict)
    graded_sections = fields.List(fields.Nested(QuestionFile), load_default=list)
    evidence_note = fields.Nested(NoteFile)
    not_applicable = fields.Nested(NotApplicableFile)
    conditions = fields.Dict(keys=fields.String(validate=_key()), values=_expression(), load_default=dict)
    sections = fields.List(fields.Nested(SectionFile), required=True, validate=validate.Length(1, 60))
    checks = fields.List(fields.Nested(CheckFile), load_default=list)
