"""What a compiled expression may do while it runs: every operation whose cost or result is not bounded by itself.

The compiler replaces such operations by calls to GUARDS, each with the run's Meter as its first argument.
"""

import operator
from collections.abc import Callable, Mapping
from inspect import Parameter, signature
from types import MappingProxyType
from typing import Any, Final

from engine.bpmn.language.functions import STANDARD
from engine.bpmn.language.meter import Meter
from engine.bpmn.language.values import LanguageError, admit, is_number, kind, number, plain, text
from engine.errors import ExpressionRefused

HOST_STEPS: Final = 10
"""What one call of a function of the host costs besides its arguments."""

_RECKONING: Final[Mapping[str, Callable[[Any, Any], object]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}


def reckon(meter: Meter, symbol: str, left: object, right: object) -> object:
    """Return `left symbol right` for two numbers; + also joins two texts or two lists. LanguageError."""
    meter.spend(1)
    if is_number(left) and is_number(right):
        return number(_RECKONING[symbol](left, right))
    if symbol == "+" and isinstance(left, str) and isinstance(right, str):
        meter.spend_on_text(len(left) + len(right))
        return text(left + right)
    if symbol == "+" and isinstance(left, list) and isinstance(right, list):
        meter.spend(len(left) + len(right))
        return admit(left + right)
    remedy = "Write str(...) around the number." if symbol == "+" else f"Use {symbol} with numbers only."
    raise LanguageError(f"'{symbol}' cannot work on {kind(left)} and {kind(right)}", remedy)


def negate(meter: Meter, value: object) -> object:
    """Return `-value` for a number. LanguageError."""
    return reckon(meter, "-", 0, value)


def weigh(meter: Meter, value: object) -> object:
    """Return `value`, having paid for comparing all its parts. LanguageError."""
    meter.spend_on(value)
    return value


def searchable(meter: Meter, value: object) -> object:
    """Return the right side of `in`, paid for: a record costs one step, a list or text all its parts."""
    if isinstance(value, dict):
        meter.spend(1)
    elif isinstance(value, list | str):
        meter.spend_on(value)
    else:
        raise LanguageError(f"'in' looks into {kind(value)}", "Put a list, a record or a text on its right.")
    return value


def field(meter: Meter, record: object, name: str) -> object:
    """Return `record.name`. LanguageError when it is no record or has no such field."""
    meter.spend(1)
    if not isinstance(record, dict):
        raise LanguageError(f"'.{name}' is asked of {kind(record)}", "A dot works on records only.")
    if name not in record:
        raise LanguageError(f"the record has no field '{name}'", f'Ask "{name}" in the record first.')
    return admit(record[name], f"'.{name}'")


def item(meter: Meter, container: object, key: object) -> object:
    """Return `container[key]`: a list or text by whole number, a record by key. LanguageError."""
    meter.spend(1)
    if isinstance(container, list | str) and type(key) is int:
        if -len(container) <= key < len(container):
            return admit(container[key])
        raise LanguageError(f"{kind(container)} has no item at that place", "Ask its len(...) first.")
    if isinstance(container, dict) and not isinstance(key, list | dict):
        if key in container:
            return admit(container[key])
        raise LanguageError("the record has no such key", "Ask whether the key is `in` the record first.")
    raise LanguageError(
        f"{kind(container)} cannot be read at {kind(key)}", "Use list[number], text[number] or record[key]."
    )


def part(meter: Meter, container: object, start: object, end: object) -> object:
    """Return `container[start:end]` of a list or text. LanguageError."""
    bounds: list[int | None] = [bound for bound in (start, end) if isinstance(bound, int | None)]
    if isinstance(container, list | str) and len(bounds) == 2:
        meter.spend_on_text(len(container))
        return container[bounds[0] : bounds[1]]
    raise LanguageError(f"no part can be taken from {kind(container)}", "Use text[first:last] or list[first:last].")


def each(meter: Meter, value: object) -> list[object]:
    """Return the items of a list, or the keys of a record, for `... for x in value`. LanguageError."""
    if not isinstance(value, list | dict):
        raise LanguageError(f"'for' goes through {kind(value)}", "Put a list or a record after `in`.")
    meter.spend(1 + len(value))
    return [admit(one, "an item") for one in value]


def words(meter: Meter, *parts: object) -> str:
    """Return the text of f"...": texts as they are, other scalars as str() gives them. LanguageError."""
    joined = "".join(STANDARD["str"](meter, one) for one in parts)
    return text(joined)


def put(meter: Meter, container: object, keys: list[object], value: object) -> object:
    """Return a copy of `container` in which `container[key][key]... = value`; the original stays. LanguageError."""
    if not keys:
        return value
    key = keys[0]
    inner = item(meter, container, key) if len(keys) > 1 else None
    if isinstance(container, dict) and isinstance(key, str):
        meter.spend(1 + len(container))
        return admit({**container, key: put(meter, inner, keys[1:], value)})
    if isinstance(container, list) and type(key) is int:
        item(meter, container, key)
        meter.spend(1 + len(container))
        changed = list(container)
        changed[key] = put(meter, inner, keys[1:], value)
        return changed
    raise LanguageError(
        f"{kind(container)} cannot be changed at {kind(key)}", 'Write record["key"] = ... or list[number] = ...'
    )


def call(meter: Meter, name: str, /, *args: object, **named: object) -> object:
    """Return what a function answers. One of the host gets copies and gives plain JSON. LanguageError, or the
    ExpressionRefused with which the function itself explains a refusal.
    """
    meter.spend(1)
    try:
        if name not in meter.functions:
            return STANDARD[name](meter, *args, **named)
        return _call_host(meter, meter.functions[name], args, named)
    except (LanguageError, ExpressionRefused):
        raise
    except Exception:
        raise LanguageError(
            f"{name}(...) cannot work with what stands in its brackets", f"Write it as {_usage(meter, name)}."
        ) from None


def _call_host(
    meter: Meter, function: Callable[..., object], args: tuple[object, ...], named: Mapping[str, object]
) -> object:
    meter.spend(HOST_STEPS)
    for value in (*args, *named.values()):
        meter.spend_on(value)
    return plain(function(*map(plain, args), **{key: plain(value) for key, value in named.items()}))


def _usage(meter: Meter, name: str) -> str:
    function = meter.functions.get(name, STANDARD.get(name))
    try:
        parameters = signature(function).parameters.values() if function else ()
    except (TypeError, ValueError):
        return f"{name}(...)"
    written = [str(one.replace(annotation=Parameter.empty)) for one in parameters]
    return f"{name}({', '.join(one for one in written if one != 'meter')})"


GUARDS: Final[Mapping[str, Callable[..., object]]] = MappingProxyType(
    {
        "_reckon": reckon,
        "_negate": negate,
        "_weigh": weigh,
        "_searchable": searchable,
        "_field": field,
        "_item": item,
        "_part": part,
        "_each": each,
        "_words": words,
        "_put": put,
        "_call": call,
    }
)
