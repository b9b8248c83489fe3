"""The text of a form file: JSON without surprises, its digest, and its one layout."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from engine.errors import Unreadable

LARGEST_FILE = 1_000_000
LONGEST_NUMBER = 100
_LINE = 110


def content_of(name: str, text: str) -> dict[str, Any]:
    """The JSON object in a form file. Raises Unreadable: the line, and what is wrong there."""
    if len(text) > LARGEST_FILE:
        raise Unreadable(file=name, reason=f"it is longer than {LARGEST_FILE:,} characters")
    try:
        content = json.loads(
            text, object_pairs_hook=_without_repeats, parse_constant=_refuse_constant, parse_int=_integer
        )
    except json.JSONDecodeError as fault:
        reason = f"line {fault.lineno}, column {fault.colno}: {fault.msg.lower()}"
        raise Unreadable(file=name, reason=reason) from fault
    except RecursionError as fault:
        raise Unreadable(file=name, reason="its brackets are nested too deeply") from fault
    except ValueError as fault:
        raise Unreadable(file=name, reason=str(fault)) from fault
    if not isinstance(content, dict):
        raise Unreadable(file=name, reason="it must be one JSON object, { ... }")
    return content


def digest_of(content: dict[str, Any]) -> str:
    """The sha256 (64 hex digits) of the content, whatever its layout and the order of its keys."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def laid_out(content: object, indent: str = "") -> str:
    """The content as JSON that reads well and changes little: what fits in a line of 110 stays on it."""
    short = json.dumps(content, ensure_ascii=False)
    if not isinstance(content, dict | list) or not content or (len(indent) + len(short) <= _LINE and indent):
        return short
    deeper = indent + "  "
    if isinstance(content, list):
        items = [deeper + laid_out(item, deeper) for item in content]
    else:
        items = [f"{deeper}{json.dumps(key)}: {laid_out(item, deeper)}" for key, item in content.items()]
    first, last = ("[", "]") if isinstance(content, list) else ("{", "}")
    return "\n".join([first, ",\n".join(items), indent + last])


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"“{repeated}” stands twice in one place; keep one of them")
    return found


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError(f"a number in it has more than {LONGEST_NUMBER} digits; write a shorter one")
    return int(digits)


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not a number a form can use")
