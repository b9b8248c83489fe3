"""The marshmallow schema of a form: built once, it judges any number of answers.

What is required or hidden is worked out before loading (`form_answers.lay_out`): a required blank is absent, so
that marshmallow reports it; anything that may be blank is None. Facts reach the validators by marshmallow's Context.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load
from marshmallow.experimental.context import Context

from engine.bpmn.forms.dates import fault_of, iso_of

if TYPE_CHECKING:
    from engine.bpmn.forms.model import Question

Facts: TypeAlias = Mapping[str, Any]
Validator: TypeAlias = Callable[[Any], None]

LARGEST_NUMBER = 999_999_999
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UPLOAD = re.compile(r"[A-Za-z0-9_-]{1,100}")
_NOT_WORDS = re.compile(r"[\W_]+")


class AnswerSchema(Schema):
    """Answers to one form, or to one row. What may be blank and is blank is left out of the result."""

    class Meta:
        """Nothing unknown gets in."""

        unknown = EXCLUDE

    error_messages = {"type": "These answers are not a list of questions and answers."}  # noqa: RUF012 marshmallow's own shape

    @post_load
    def leave_out_blanks(self, answers: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Only what was answered."""
        return {key: value for key, value in answers.items() if value is not None}


class DateAnswer(fields.Field[str]):
    """A date as an ISO string. What is not one yet is what somebody typed in the three boxes."""

    def __init__(self, subject: str, **options: Any) -> None:
        super().__init__(**options)
        self._subject = subject

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        iso = iso_of(value)
        if iso is None:
            raise ValidationError(f"{self._subject} {fault_of(value)}.")
        return iso


def schema_of(questions: tuple[Question, ...]) -> AnswerSchema:
    """The schema for these questions. Errors are keyed by question id; a rows question's by row index, then id."""
    asked = {question.id: field_of(question) for question in questions if question.type != "info"}
    made = AnswerSchema.from_dict(dict(asked), name="Answers")
    return made()  # type: ignore[return-value]  # from_dict is typed as returning any Schema


def load(schema: AnswerSchema, values: Mapping[str, object], facts: Facts) -> tuple[dict[str, Any], dict[str, Any]]:
    """(the answers, no errors) or (no answers, the errors)."""
    with Context(facts):
        try:
            return schema.load(values), {}
        except ValidationError as refused:
            return {}, dict(refused.messages_dict)


def field_of(question: Question) -> fields.Field[Any]:
    """The marshmallow field of one question."""
    return _FIELDS.get(question.type, _text)(question)


def subject_of(question: Question) -> str:
    """The question's name as the first word of a sentence."""
    return question.name[:1].upper() + question.name[1:]


def required_message(question: Question) -> str:
    """The file's own sentence, or one made from the question's name."""
    return question.required_message or f"{_VERBS.get(question.type, 'Enter')} {question.name}."


_VERBS = {
    "radios": "Select", "checkboxes": "Select", "select": "Select", "person": "Select",
    "file": "Upload", "rows": "Add at least one",
}  # fmt: skip


def _settings(question: Question, invalid: str, *validators: Validator) -> dict[str, Any]:
    needed = required_message(question)
    return {
        "required": True,
        "allow_none": True,
        "validate": list(validators),
        "error_messages": {"required": needed, "null": needed, "invalid": invalid},
    }


def _text(question: Question) -> fields.Field[Any]:
    subject = subject_of(question)
    rules = [_without_control_characters(subject), _length(question)]
    if question.pattern:
        rules.append(_pattern(question, question.pattern))
    if question.too_little:
        rules.append(_enough(question))
    return fields.String(**_settings(question, f"{subject} must be text.", *rules))


def _integer(question: Question) -> fields.Field[Any]:
    invalid = f"{subject_of(question)} must be a whole number."
    return fields.Integer(strict=True, **_settings(question, invalid, _between(question)))


def _date(question: Question) -> fields.Field[Any]:
    subject = subject_of(question)
    rules = [_not_future(subject)] if question.not_future else []
    rules += [_not_past(subject)] if question.not_past else []
    return DateAnswer(subject, **_settings(question, f"{subject} must be a real date.", *rules))


def _choice(question: Question) -> fields.Field[Any]:
    chosen = f"Select one of the answers listed for {question.name}."
    return fields.String(**_settings(question, chosen, _one_of(question, chosen)))


def _choices(question: Question) -> fields.Field[Any]:
    chosen = f"Select from the answers listed for {question.name}."
    item = fields.String(validate=_one_of(question, chosen), error_messages={"invalid": chosen, "null": chosen})
    return ListOfChoices(item, **_settings(question, chosen, _count(question)))


class ListOfChoices(fields.List[Any]):
    """Boxes ticked: each once, in the order given; a wrong one is reported for the question, not by index."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> list[Any]:
        try:
            return list(dict.fromkeys(super()._deserialize(value, attr, data, **options)))
        except ValidationError as refused:
            raise self.make_error("invalid") from refused


def _rows(question: Question) -> fields.Field[Any]:
    nested = fields.Nested(schema_of(question.questions))
    invalid = f"{subject_of(question)} must be a list."
    return fields.List(nested, **_settings(question, invalid, _row_count(question)))


def _person(question: Question) -> fields.Field[Any]:
    subject = subject_of(question)
    rules = (_without_control_characters(subject), _length(question), _known_person(question))
    return fields.String(**_settings(question, f"{subject} must be a username.", *rules))


def _fact(question: Question) -> fields.Field[Any]:
    return fields.String(**_settings(question, f"{subject_of(question)} must be text."))


def _file(question: Question) -> fields.Field[Any]:
    again = f"Upload {question.name} again."
    return fields.String(**_settings(question, again, _matching(_UPLOAD, again)))


_FIELDS: dict[str, Callable[[Question], fields.Field[Any]]] = {
    "integer": _integer, "date": _date, "radios": _choice, "select": _choice, "checkboxes": _choices,
    "rows": _rows, "person": _person, "file": _file, "fact": _fact,
}  # fmt: skip


def _refuse_unless(accepted: Callable[[Any], bool], message: str) -> Validator:
    def validator(value: Any) -> None:
        if not accepted(value):
            raise ValidationError(message)

    return validator


def _without_control_characters(subject: str) -> Validator:
    message = f"{subject} must not contain control characters. Paste it as plain text, or type it."
    return _refuse_unless(lambda text: not _CONTROL.search(text), message)


def _length(question: Question) -> Validator:
    least, most = question.minimum or 0, question.maximum or 0
    subject = subject_of(question)

    def validator(text: str) -> None:
        if len(text) > most:
            raise ValidationError(f"{subject} must be {most:,} characters or fewer.")
        if len(text) < least:
            raise ValidationError(f"{subject} must be {least:,} characters or more.")

    return validator


def _pattern(question: Question, pattern: re.Pattern[str]) -> Validator:
    message = question.pattern_message or f"{subject_of(question)} is not in the right format."
    most = question.maximum or 0
    return _refuse_unless(lambda text: len(text) > most or bool(pattern.fullmatch(text)), message)


def _matching(pattern: re.Pattern[str], message: str) -> Validator:
    return _refuse_unless(lambda text: bool(pattern.fullmatch(text)), message)


def _enough(question: Question) -> Validator:
    message = question.too_little_message or required_message(question)
    return _refuse_unless(lambda text: bare_words(text) not in question.too_little, message)


def bare_words(text: str) -> str:
    """A text in lower case without punctuation: "N/A." is "na"."""
    return _NOT_WORDS.sub("", text.casefold()) if len(text) < 100 else text


def _between(question: Question) -> Validator:
    low = question.minimum if question.minimum is not None else -LARGEST_NUMBER
    high = question.maximum if question.maximum is not None else LARGEST_NUMBER
    if question.maximum is None:
        bounds = f"{low:,} or more"
    elif question.minimum is None:
        bounds = f"{high:,} or less"
    else:
        bounds = f"between {low:,} and {high:,}"
    return _refuse_unless(lambda number: low <= number <= high, f"{subject_of(question)} must be {bounds}.")


def _one_of(question: Question, message: str) -> Validator:
    known = {option.value for option in question.options}
    return _refuse_unless(lambda value: value in known, message)


def _count(question: Question) -> Validator:
    least, most = question.minimum or 0, question.maximum or len(question.options)
    if least == len(question.options):
        message = question.required_message or f"Select every box of {question.name}."
    else:
        message = f"Select between {least} and {most} of {question.name}."
    return _refuse_unless(lambda boxes: least <= len(boxes) <= most, message)


def _row_count(question: Question) -> Validator:
    least, most = question.minimum or 0, question.maximum or 0

    def validator(rows: list[Any]) -> None:
        if len(rows) > most:
            raise ValidationError(f"{subject_of(question)}: list {most} or fewer.")
        if len(rows) < least:
            raise ValidationError(required_message(question))

    return validator


def _not_future(subject: str) -> Validator:
    message = f"{subject} must be today or in the past."
    return _refuse_unless(lambda iso: bool(iso <= _facts()["today"]), message)


def _not_past(subject: str) -> Validator:
    message = f"{subject} must be today or in the future."
    return _refuse_unless(lambda iso: bool(iso >= _facts()["today"]), message)


def _known_person(question: Question) -> Validator:
    message = f"Select {question.name} from the list."

    def accepted(username: Any) -> bool:
        people = _facts().get("people")
        return people is None or username in people

    return _refuse_unless(accepted, message)


def _facts() -> Facts:
    facts: Facts = Context.get()
    return facts
