"""Valid answers to any form, made from the form itself."""

from engine.bpmn.forms.filler import example_facts, fill
from engine.bpmn.forms.form import Form
from tests.factories.forms import LANGUAGE, TODAY


def facts_for(form: Form, **facts):
    """The facts a form declares, by their examples, unless told otherwise."""
    return example_facts(form) | {"today": TODAY} | facts


def filled(form: Form, facts=None, **changes):
    """Raw answers that the form accepts, with these changes; what depends on a change is answered as well."""
    return fill(form, facts_for(form, **(facts or {})), LANGUAGE, changes)


def valid_audit_answers(form: Form, remedial_actions=0, facts=None, **changes):
    """Raw answers to the audit form which it accepts, with so many remedial actions."""
    required = {"remedial_action_required": "yes" if remedial_actions else "no"}
    rows = {"remedial_actions": [{"what": f"Do the thing {n}"} for n in range(1, remedial_actions + 1)]}
    return filled(form, facts, **(required | rows | changes))


def without(form: Form, raw, title):
    """The raw answers with every question of one section left blank."""
    section = next(section for section in form.sections if section.title == title)
    blank = {question.id for question in section.questions}
    return {key: value for key, value in raw.items() if key not in blank}
