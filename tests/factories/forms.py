"""Small forms made for one test, and the forms of this release."""

import json
from functools import cache
from pathlib import Path

from engine.bpmn.forms.form import Form, read_form
from engine.bpmn.forms.problems import problems_of_form
from engine.bpmn.language.expressions import Language
from engine.errors import Invalid

TODAY = "2026-12-10"
FORMS = Path(__file__).parents[2] / "forms"
LANGUAGE = Language({"today": lambda: TODAY})
UNRELATED = {"id": "unrelated", "type": "text", "label": "Unrelated", "required": False}


def file_of(*questions, **parts):
    """The content of a form file with one section that holds these questions, and one nobody needs to answer."""
    section = {"id": "only", "title": "Only section", "questions": [*questions, UNRELATED]}
    return {"title": "Trial", "documentation": "Manual section 7.", "sections": [section]} | parts


def form_of(*questions, **parts):
    return read_form("trial.json", json.dumps(file_of(*questions, **parts)))


def problems_in(content):
    text = content if isinstance(content, str) else json.dumps(content)
    return problems_of_form("forms/trial.json", text, LANGUAGE)


def codes_in(content):
    return {(problem.element, problem.code) for problem in problems_in(content)}


@cache
def shipped(name):
    return read_form(f"{name}.json", (FORMS / f"{name}.json").read_text("utf-8"))


def answers_to(form: Form, raw, **facts):
    return form.validate(raw, {"today": TODAY} | facts, LANGUAGE)


def errors_in(form: Form, raw, **facts):
    """The errors of raw answers; none when they are valid."""
    try:
        answers_to(form, raw, **facts)
    except Invalid as refused:
        return dict(refused.errors)
    return {}


def view_of(form: Form, raw, errors=None, **facts):
    return form.view(raw, errors or {}, {"today": TODAY} | facts, LANGUAGE)


def asked(view):
    """The questions of a view by their field names, those in rows among them."""
    found = {}
    waiting = [question for section in view.sections for question in section.questions]
    while waiting:
        question = waiting.pop()
        found[question.key] = question
        waiting += [item for row in question.rows for item in row.questions]
    return found
