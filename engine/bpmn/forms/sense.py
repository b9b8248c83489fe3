"""Faults in a form file that its grammar cannot see and that need no language: names, keys of a type, patterns."""

from __future__ import annotations

import keyword
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from engine.bpmn.forms.grammar import KEYS_BY_TYPE, MOST_ROWS, MOST_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEANS_SOMETHING_ELSE = """
facts case process instance typename missing len sum min max any all abs round str int bool float lower upper sorted
today now working_days months working_days_after next_working_day deadline working_days_between
"""
RESERVED = frozenset(_MEANS_SOMETHING_ELSE.split())
_ESCAPES_AND_CLASSES = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]")
_UNBOUNDED = re.compile(r"[*+]|\{\d*,\}|\{\d*,\d{3,}\}|\{\d{3,}\}")
_SHORT_TEXT = 200

Fault = tuple[str, str, str]
Loaded = dict[str, Any]


def faults_of(form: Loaded) -> Iterator[Fault]:
    """(element, code, message with its remedy) of every fault in a file whose shape is right."""
    yield from _names(form)
    for question in each_question(form):
        yield from _keys(question)
        yield from _bounds(question)
        yield from _options(question)
        yield from _pattern(question)
        yield from _rows(question)
    yield from _words_needed(form)
    yield from _checks(form)


def each_question(form: Loaded) -> Iterator[Loaded]:
    """Every question of the file as written, those of rows and of graded sections among them."""
    groups = [form["graded_sections"], *(section["questions"] for section in form["sections"])]
    for question in (one for group in groups for one in group):
        yield question
        yield from question.get("questions", ())


def made_ids(form: Loaded) -> Iterator[str]:
    """Every id the form will have: sections, checks, conditions, questions, and the notes and reasons made for them."""
    yield from (section["id"] for section in form["sections"])
    yield from (check["id"] for check in form["checks"])
    yield from form["conditions"]
    for section in form["sections"]:
        added = form["graded_sections"] if section["graded"] else []
        if section["not_applicable"]:
            yield from (f"{section['id']}_applies", f"{section['id']}_reason")
        yield from (made for item in added for made in _ids(item, f"{section['id']}_"))
        yield from (made for item in section["questions"] for made in _ids(item))


def _ids(question: Loaded, prefix: str = "") -> Iterator[str]:
    yield prefix + question["id"]
    if question.get("evidence", "never") != "never":
        yield f"{prefix}{question['id']}_evidence"
    if question.get("not_applicable"):
        yield f"{prefix}{question['id']}_reason"
    for item in question.get("questions", ()):
        yield from _ids(item)


def _names(form: Loaded) -> Iterator[Fault]:
    for name, times in Counter(made_ids(form)).items():
        if times > 1:
            yield name, "form-id-twice", f"The id “{name}” is used {times} times. Give each its own."
        if name in RESERVED or keyword.iskeyword(name):
            yield name, "form-id-reserved", f"“{name}” means something else in conditions. Choose another id."
    variables = Counter(question["variable"] for question in each_question(form) if question.get("variable"))
    for name, times in variables.items():
        if times > 1:
            yield name, "form-variable", f"The variable “{name}” is set by {times} questions. Keep one."
        if name in RESERVED or keyword.iskeyword(name):
            yield name, "form-variable", f"The variable “{name}” is reserved. Choose another name."


def _keys(question: Loaded) -> Iterator[Fault]:
    for key in sorted(question.keys() - KEYS_BY_TYPE[question["type"]]):
        fit = ", ".join(kind for kind, keys in KEYS_BY_TYPE.items() if key in keys)
        message = f"“{key}” does not belong to the type {question['type']}, only to: {fit}. Remove it."
        yield question["id"], "form-key-of-type", message


def _bounds(question: Loaded) -> Iterator[Fault]:
    least, most = question.get("min"), question.get("max")
    if least is not None and most is not None and least > most:
        yield question["id"], "form-bounds", "“min” is more than “max”. Exchange them."
        return
    limit = {"text": MOST_TEXT, "textarea": MOST_TEXT, "rows": MOST_ROWS}.get(question["type"])
    if limit and not 0 <= (least or 0) <= (limit if most is None else most) <= limit:
        yield question["id"], "form-bounds", f"“min” and “max” must be from 0 to {limit:,}."


def _options(question: Loaded) -> Iterator[Fault]:
    if question["type"] not in ("radios", "select", "checkboxes"):
        return
    values = [option["value"] for option in question.get("options", ())]
    if not values:
        yield question["id"], "form-options", "There is nothing to choose from. Add “options”."
    if len(set(values)) < len(values):
        yield question["id"], "form-options", "Two options have the same value. Give each its own."
    evidence = question.get("evidence", "never")
    known = [*values, "not_applicable"] if question.get("not_applicable") else values
    for answer in evidence if isinstance(evidence, list) else ():
        if answer not in known:
            yield question["id"], "form-evidence", f"“evidence” names “{answer}”, which is no option. Correct it."


def _pattern(question: Loaded) -> Iterator[Fault]:
    pattern = question.get("pattern")
    if pattern is None:
        return
    fault = pattern_fault(pattern, question.get("max", MOST_TEXT))
    if fault:
        yield question["id"], "form-pattern", f"“pattern” {fault}"
    elif not re.fullmatch(pattern, str(question.get("example", ""))):
        yield question["id"], "form-pattern", "Add an “example” that fits the “pattern”."


def pattern_fault(pattern: str, longest: int) -> str:
    """What is wrong with a pattern for texts of up to `longest` characters; empty when it always answers quickly."""
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as fault:
        return f"is not a regular expression: {fault}."
    plain = _ESCAPES_AND_CLASSES.sub("x", pattern)
    if re.search(r"\)[*+{]", plain):
        return "repeats a group, which can take for ever. Repeat a single character or class instead."
    if re.search(r"\\[1-9]|\(\?P=", pattern):
        return "refers back to a group, which can take for ever. Write the part out."
    allowed = 3 if longest <= _SHORT_TEXT else 1
    if len(_UNBOUNDED.findall(plain)) > allowed:
        return f"has more than {allowed} unlimited repeats (* + {{n,}}). Limit them, or set “max” to {_SHORT_TEXT}."
    return ""


def _rows(question: Loaded) -> Iterator[Fault]:
    if question["type"] == "rows" and not question.get("questions"):
        yield question["id"], "form-rows", "A rows question asks nothing. Add its “questions”."
    for item in question.get("questions", ()):
        if item["type"] == "rows" or item.get("variable"):
            yield item["id"], "form-rows", "Rows hold neither further rows nor variables. Move it out of the rows."


def _words_needed(form: Loaded) -> Iterator[Fault]:
    for question in each_question(form):
        if question.get("evidence", "never") != "never" and "evidence_note" not in form:
            yield question["id"], "form-words", "Evidence is asked for. Add the words for it as “evidence_note”."
        if question.get("not_applicable") and "not_applicable" not in form:
            yield question["id"], "form-words", "Add the words for “not applicable” as the form's “not_applicable”."
    for section in form["sections"]:
        if section["not_applicable"] and "section" not in form.get("not_applicable", {}):
            yield section["id"], "form-words", "Add the question “section” to the form's “not_applicable”."
        if section["graded"] and not form["graded_sections"]:
            yield section["id"], "form-words", "The section is graded. Add the form's “graded_sections”."


def _checks(form: Loaded) -> Iterator[Fault]:
    types = {question["id"]: question["type"] for question in each_question(form)}
    known = set(made_ids(form))
    for check in form["checks"]:
        if ("refuse_if" in check) == ("must_mention" in check):
            yield check["id"], "form-check", "A check needs either “refuse_if” or “must_mention”. Keep one."
        if check["question"] and check["question"] not in known:
            yield check["id"], "form-check", f"“{check['question']}” is no question of this form. Correct it."
        if "must_mention" in check and types.get(check["question"]) not in ("text", "textarea"):
            yield check["id"], "form-check", "“must_mention” needs a text “question” in which to look. Add it."
