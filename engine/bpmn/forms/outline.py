"""From a form file to its outline: notes, reasons and graded questions spelled out as questions of their own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.bpmn.forms.conditions import reveal_of, spelled_out
from engine.bpmn.forms.model import Check, Fact, Option, Outline, Question, Section, Template
from engine.bpmn.forms.schema import bare_words

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_TEXT, MOST_ROWS, LONGEST_NAME = 10_000, 50, 100
NOT_APPLICABLE = "not_applicable"
_FILL = {"text": LONGEST_TEXT, "textarea": LONGEST_TEXT, "rows": MOST_ROWS, "person": LONGEST_NAME}

Loaded = dict[str, Any]


def outline_of(form: Loaded) -> Outline:
    """The outline of a loaded file in which neither grammar nor sense found a fault."""
    return Outline(
        title=form["title"],
        guidance=_template(form, "guidance"),
        documentation=form["documentation"],
        facts=tuple(Fact(name, **fact) for name, fact in form["facts"].items()),
        sections=tuple(_section(form, section) for section in form["sections"]),
        checks=tuple(_check(form, check) for check in form["checks"]),
    )


def _section(form: Loaded, section: Loaded) -> Section:
    questions = [made for item in section["questions"] for made in _questions(form, item)]
    if section["graded"]:
        questions += _graded(form, section)
    if section[NOT_APPLICABLE]:
        applies = list(_applicability(form, section))
        condition = f"{applies[0].id} == 'yes'"
        questions = applies + [_under(question, condition) for question in questions]
    return Section(
        id=section["id"],
        title=section["title"],
        number=section["number"],
        guidance=_template(section, "guidance"),
        documentation=section["documentation"],
        show_if=_conditions(form, section),
        significant=section["significant"],
        questions=tuple(questions),
    )


def _graded(form: Loaded, section: Loaded) -> list[Question]:
    questions: list[Question] = []
    for item in form["graded_sections"]:
        grade = item["type"] == "radios" and section["significant"]
        named = {**item, "id": f"{section['id']}_{item['id']}", "significant": grade}
        questions += _questions(form, named)
    return questions


def _applicability(form: Loaded, section: Loaded) -> Iterator[Question]:
    words = form[NOT_APPLICABLE]
    options = [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}]
    asked = {"type": "radios", "options": options, **words["section"], "id": f"{section['id']}_applies"}
    yield from _questions(form, asked)
    yield _note(form, words["reason"], asked["id"], f"{section['id']}_reason", f"{asked['id']} == 'no'")


def _questions(form: Loaded, item: Loaded) -> Iterator[Question]:
    """The question and whatever has to be asked with it."""
    if item.get(NOT_APPLICABLE):
        option = {"value": NOT_APPLICABLE, "label": form[NOT_APPLICABLE]["option"]}
        item = {**item, "options": [*item["options"], option]}
    yield _question(form, item)
    evidence = item.get("evidence", "never")
    if evidence != "never":
        condition = f"{item['id']} is not None" if evidence == "always" else f"{item['id']} in {evidence}"
        yield _note(form, form["evidence_note"], item["id"], f"{item['id']}_evidence", condition)
    if item.get(NOT_APPLICABLE):
        condition = f"{item['id']} == '{NOT_APPLICABLE}'"
        yield _note(form, form[NOT_APPLICABLE]["reason"], item["id"], f"{item['id']}_reason", condition)


def _note(form: Loaded, words: Loaded, parent: str, name: str, condition: str) -> Question:
    """A note on the answer to `parent`. One that every answer needs stands beside the question from the start."""
    always = condition.endswith("is not None")
    asked = {"required_if": condition} if always else {"show_if": condition}
    return _question(form, {"type": "textarea", "label": words.get("label", ""), **words, **asked, "id": name}, parent)


def _question(form: Loaded, item: Loaded, parent: str = "") -> Question:
    required = item.get("required", item["type"] != "rows")
    show_if = _conditions(form, item)
    pattern = item.get("pattern")
    return Question(
        required=bool(required),
        required_message=required if isinstance(required, str) else "",
        required_if=_spelled(form, item.get("required_if", "")),
        show_if=show_if,
        reveal=reveal_of(show_if[0]) if show_if else None,
        name=item.get("name") or name_from(item["label"]),
        options=tuple(Option(**option) for option in item.get("options", ())),
        minimum=item.get("min"),
        maximum=item.get("max", _FILL.get(item["type"])),
        pattern=re.compile(pattern) if pattern else None,
        too_little=frozenset(bare_words(words) for words in item.get("too_little", ())),
        accept=tuple(item.get("accept", ())),
        parent=parent,
        questions=tuple(made for one in item.get("questions", ()) for made in _questions(form, one)),
        hint=_template(item, "hint"),
        guidance=_template(item, "guidance"),
        prefill=_template(item, "prefill"),
        value=_template(item, "value"),
        **{key: item[key] for key in _AS_WRITTEN if key in item},
    )


_AS_WRITTEN = (
    "id", "type", "label", "number", "documentation", "pattern_message", "too_little_message", "not_future",
    "not_past", "width", "variable", "significant", "example",
)  # fmt: skip


def _under(question: Question, condition: str) -> Question:
    """The question, asked only while its section applies."""
    return replace(question, show_if=(condition, *question.show_if))


def name_from(label: str) -> str:
    """What messages call a question: "the case reference" is "case reference", a real question is quoted."""
    if label.endswith("?"):
        return f"an answer to “{label}”"
    first = label.split(" ", 1)[0]
    return label if first.isupper() and len(first) > 1 else label[:1].lower() + label[1:]


def _check(form: Loaded, check: Loaded) -> Check:
    return Check(
        id=check["id"],
        message=Template.read(_spelled_in_template(form, check["message"])),
        question=check["question"],
        refuse_if=_spelled(form, check.get("refuse_if", "")),
        must_mention=_spelled(form, check.get("must_mention", "")),
        documentation=check["documentation"],
    )


def _conditions(form: Loaded, item: Loaded) -> tuple[str, ...]:
    return (_spelled(form, item["show_if"]),) if "show_if" in item else ()


def _spelled(form: Loaded, expression: str) -> str:
    return spelled_out(expression, form["conditions"])


def _spelled_in_template(form: Loaded, text: str) -> str:
    return re.sub(r"\{[^{}]+\}", lambda part: "{" + _spelled(form, part[0][1:-1]) + "}", text)


def _template(item: Loaded, key: str) -> Template:
    return Template.read(item.get(key, ""))
