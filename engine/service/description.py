"""What owners may write and what stands in a policy: gathered from the code and the policy files themselves.

Pure queries. Every answer is a list of plain records, which `casefile describe` prints.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from engine.bpmn.decisions.decision import Decision
from engine.bpmn.definitions import Definition, deployment_of
from engine.bpmn.forms.form import Form
from engine.service import functions, registry
from engine.service.policy import traceability
from engine.service.rehearsal.book import BOOK
from engine.service.rehearsal.phrases import Phrase
from engine.service.rehearsal.run import ROOMS
from engine.service.vocabulary import vocabulary

Record = dict[str, Any]

STANDARD: Final[Mapping[str, str]] = {
    "len(list)": "how many items a list, text or record has",
    "sum(list)": "the sum of a list of numbers",
    "min(list)": "the smallest item of a list",
    "max(list)": "the largest item of a list",
    "any(list)": "True when at least one item is true",
    "all(list)": "True when every item is true",
    "abs(number)": "the number without its sign",
    "round(number, digits)": "the number rounded, to whole numbers when no digits are given",
    "str(value)": "the value as a text",
    "int(value)": "the value as a whole number",
    "bool(value)": "True or False",
    "lower(text)": "the text in small letters",
    "upper(text)": "the text in capital letters",
    "sorted(list)": "the list in order",
}
BLANKS: Final[Mapping[str, str]] = {
    "person": "Mo",
    "people": "Mo, Nia and Kim",
    "case": "CF-20931",
    "day": "Thu 10 Dec 2026",
    "when": "Thu 10 Dec 2026 09:30",
    "number": "3",
    "percent": "12.5%",
    "decimal": "0.75",
    "quoted": '"words in quotes"',
    "words": "words without quotes",
    "word": "one word",
    "month": "December 2026",
}


def steps() -> list[Record]:
    """Return the phrases that stories may use, room by room, each with what it means."""
    return [
        {
            "room": _told(inspect.getdoc(room)),
            "steps": [_step(phrase) for phrase in BOOK.phrases if phrase.act.__module__ == room.__name__],
        }
        for room in ROOMS
    ]


def _step(phrase: Phrase) -> Record:
    return {"phrase": phrase.text, "meaning": _told(inspect.getdoc(phrase.act)), "blanks": list(phrase.blanks)}


def function_list() -> list[Record]:
    """Return the functions that diagrams, tables and forms may call, those of the calendar first."""
    calendar = [_function(name, told) for name, told in functions.described().items()]
    return calendar + [
        {"name": call.partition("(")[0], "call": call, "meaning": meaning} for call, meaning in STANDARD.items()
    ]


def _function(name: str, told: str) -> Record:
    call, _, meaning = told.partition(" – ")
    return {"name": name, "call": call, "meaning": meaning}


def operations() -> list[Record]:
    """Return the service operations that diagrams may call, with their parameters."""
    vocabulary()
    return [_operation(name, function) for name, function in sorted(registry.all_operations().items())]


def _operation(name: str, function: Callable[..., object]) -> Record:
    parameters = list(inspect.signature(function).parameters.values())[1:]
    return {
        "name": name,
        "call": f"{name}({', '.join(map(_parameter, parameters))})",
        "meaning": _told(inspect.getdoc(function)),
    }


def _parameter(one: inspect.Parameter) -> str:
    if one.kind is inspect.Parameter.VAR_KEYWORD:
        return "…"
    return one.name if one.default is inspect.Parameter.empty else f"[{one.name}]"


def forms(snapshot: Mapping[str, bytes]) -> list[Record]:
    """Return the forms of a policy with their questions. NotDeployable with all its problems."""
    return [_form(form) for _, form in sorted(deployment_of(snapshot, vocabulary()).forms.items())]


def _form(form: Form) -> Record:
    asked = [
        {
            "id": question.id,
            "section": section.title,
            "question": question.label,
            "type": question.type,
            "required": question.required,
            "variable": question.variable,
        }
        for section in form.sections
        for question in section.questions
    ]
    return {"file": form.name, "title": form.title, "meaning": form.outline.documentation, "questions": asked}


def processes(snapshot: Mapping[str, bytes]) -> list[Record]:
    """Return the processes of a policy with their steps in document order. NotDeployable with all its problems."""
    return [_process(one) for _, one in sorted(deployment_of(snapshot, vocabulary()).processes.items())]


def _process(process: Definition) -> Record:
    start = process.start
    elements = [
        {
            "id": one.id,
            "kind": one.kind,
            "name": one.name,
            "post": one.lane,
            "form": one.form,
            "due": one.due,
            "meaning": one.documentation,
        }
        for one in process.elements.values()
    ]
    return {
        "id": process.id,
        "name": process.name,
        "begun_by": start.lane if start.form else None,
        "meaning": start.documentation,
        "elements": elements,
    }


def tables(snapshot: Mapping[str, bytes]) -> list[Record]:
    """Return the decision tables of a policy with their rows. NotDeployable with all its problems."""
    return [_table(one) for _, one in sorted(deployment_of(snapshot, vocabulary()).decisions.items())]


def _table(table: Decision) -> Record:
    return {
        "id": table.id,
        "title": table.title,
        "hit_policy": table.hit_policy,
        "asks": [one.expression for one in table.inputs],
        "answers": [one.name for one in table.outputs],
        "rows": [
            {"id": rule.id, "asks": list(rule.inputs), "answers": list(rule.outputs), "meaning": rule.description}
            for rule in table.rules
        ],
    }


SUBJECTS: Final[Mapping[str, str]] = {
    "steps": "the phrases that stories may use",
    "functions": "the functions that diagrams, tables and forms may call",
    "operations": "the service operations that diagrams may call",
    "forms": "the forms of the policy",
    "processes": "the processes of the policy",
    "tables": "the decision tables of the policy",
    "manual": "what the manual asks for, and what carries it",
}
OF_POLICY: Final[Mapping[str, Callable[[Mapping[str, bytes]], Sequence[Record]]]] = {
    "forms": forms,
    "processes": processes,
    "tables": tables,
    "manual": traceability.records,
}
OF_CODE: Final[Mapping[str, Callable[[], Sequence[Record]]]] = {
    "steps": steps,
    "functions": function_list,
    "operations": operations,
}


def _told(text: str | None) -> str:
    return " ".join((text or "").split())
