"""The content of a form file against its grammar: every fault at once, each at the question it belongs to."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import ValidationError

from engine.bpmn.forms.grammar import FormFile, QuestionFile, SectionFile
from engine.domain.problems import Problem

_KNOWN = sorted({*FormFile().fields, *SectionFile().fields, *QuestionFile().fields})


def shape_of(file: str, content: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """(the loaded file with its answer types merged into its questions, the faults of its shape)."""
    merged = _with_answer_types(content)
    try:
        return FormFile().load(merged), []
    except ValidationError as refused:
        faults = dict(refused.messages_dict)
        if "answer_types" in faults:
            faults = {"answer_types": faults["answer_types"]}
        return {}, sorted(_problems(file, merged, faults))


def _with_answer_types(content: dict[str, Any]) -> dict[str, Any]:
    types = content.get("answer_types")
    if not isinstance(types, dict):
        return content
    merged: dict[str, Any] = {key: _merged(value, types) for key, value in content.items() if key != "answer_types"}
    return {**merged, "answer_types": types}


def _merged(value: Any, types: Mapping[str, Any]) -> Any:
    """The value with each {"type": "G4", ...} in it completed from the answer type G4; its own keys win."""
    if isinstance(value, list):
        return [_merged(item, types) for item in value]
    if not isinstance(value, dict):
        return value
    merged = {key: _merged(item, types) for key, item in value.items()}
    kind = merged.get("type")
    base = types.get(kind) if isinstance(kind, str) else None
    return {**base, **merged, "type": base.get("type")} if isinstance(base, dict) else merged


def _problems(file: str, content: Any, faults: Mapping[Any, Any], element: str = "") -> Iterator[Problem]:
    for key, found in faults.items():
        inside = _inside(content, key)
        nearest = inside.get("id") if isinstance(inside, dict) else None
        here = nearest if isinstance(nearest, str) else element
        if isinstance(found, Mapping):
            yield from _problems(file, inside, found, here or str(key))
        else:
            yield from (Problem(file, here, *_worded(str(key), str(message))) for message in found)


def _inside(content: Any, key: Any) -> Any:
    if isinstance(content, dict):
        return content.get(key)
    return content[key] if isinstance(content, list) and isinstance(key, int) and key < len(content) else None


def _worded(key: str, message: str) -> tuple[str, str]:
    if message == "Unknown field.":
        near = difflib.get_close_matches(key, _KNOWN, n=1)
        meant = f" Did you mean “{near[0]}”?" if near else " Remove it."
        return "form-unknown-key", f"“{key}” is not something a form can say here.{meant}"
    if message == "Missing data for required field.":
        return "form-missing-key", f"“{key}” is missing. Add it."
    return "form-value", f"“{key}”: {message}"
