"""The functions every expression has: len sum min max any all abs round str int bool lower upper sorted.

Each takes the run's Meter first, pays for its work and refuses what it is not for by a LanguageError.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from engine.bpmn.language.meter import Meter
from engine.bpmn.language.values import LanguageError, admit, is_number, kind, number, text

MOST_DIGITS: Final = 15

_WHOLE_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,19}", re.ASCII)


def _len(meter: Meter, value: Any, /) -> int:
    meter.spend(1)
    if isinstance(value, list | dict | str):
        return len(value)
    raise _unfit("len", value, "Use len(list), len(record) or len(text).")


def _sum(meter: Meter, values: object, /) -> object:
    items = _items(meter, "sum", values)
    for value in items:
        if not is_number(value):
            raise _unfit("sum", value, "Use sum(x.days for x in list) with numbers.")
    return number(sum(items))


def _any(meter: Meter, values: object, /) -> bool:
    return any(_items(meter, "any", values))


def _all(meter: Meter, values: object, /) -> bool:
    return all(_items(meter, "all", values))


def _min(meter: Meter, first: object, /, *others: object) -> object:
    return min(_comparable(meter, "min", [first, *others] if others else first))


def _max(meter: Meter, first: object, /, *others: object) -> object:
    return max(_comparable(meter, "max", [first, *others] if others else first))


def _sorted(meter: Meter, values: object, /, *, reverse: bool = False) -> list[Any]:
    if values == []:
        return []
    return sorted(_comparable(meter, "sorted", values), reverse=bool(reverse))


def _abs(meter: Meter, value: Any, /) -> object:
    meter.spend(1)
    if is_number(value):
        return abs(value)
    raise _unfit("abs", value, "Use abs(number).")


def _round(meter: Meter, value: Any, digits: object = None, /) -> object:
    meter.spend(1)
    if not is_number(value):
        raise _unfit("round", value, "Use round(number) or round(number, digits).")
    if digits is None:
        return number(round(value))
    if not isinstance(digits, int) or not 0 <= digits <= MOST_DIGITS:
        raise LanguageError("round() has a wrong number of digits", f"Use 0 to {MOST_DIGITS} digits.")
    return number(round(value, digits))


def _str(meter: Meter, value: object, /) -> str:
    if isinstance(value, list | dict):
        raise _unfit("str", value, "Name the one item or field you need.")
    written = str(value)
    meter.spend_on_text(len(written))
    return written


def _int(meter: Meter, value: object, /) -> object:
    meter.spend(1)
    if isinstance(value, int | float):
        return number(int(value))
    if isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value.strip()):
        return number(int(value))
    raise _unfit("int", value, 'Use int(number) or int("20") with a text that holds a whole number.')


def _bool(meter: Meter, value: object, /) -> bool:
    meter.spend(1)
    return bool(value)


def _lower(meter: Meter, value: object, /) -> str:
    if not isinstance(value, str):
        raise _unfit("lower", value, "Use lower(text).")
    meter.spend_on_text(len(value))
    return text(value.lower())


def _upper(meter: Meter, value: object, /) -> str:
    if not isinstance(value, str):
        raise _unfit("upper", value, "Use upper(text).")
    meter.spend_on_text(len(value))
    return text(value.upper())


def _items(meter: Meter, name: str, values: object) -> list[Any]:
    if not isinstance(values, list):
        raise _unfit(name, values, f"Use {name}(list) or {name}(... for x in list).")
    meter.spend(1 + len(values))
    return [admit(value, "an item") for value in values]


def _comparable(meter: Meter, name: str, values: object) -> list[Any]:
    items = _items(meter, name, values)
    if not items:
        raise LanguageError(f"{name}() of an empty list", "Ask len(list) > 0 first.")
    kinds = {kind(value) if isinstance(value, str) or not is_number(value) else "a number" for value in items}
    if kinds == {"a text"}:
        meter.spend_on_text(sum(map(len, items)))
    elif kinds != {"a number"}:
        raise LanguageError(f"{name}() of mixed values", f"Use {name}() with numbers only or with texts only.")
    return items


def _unfit(name: str, value: object, remedy: str) -> LanguageError:
    return LanguageError(f"{name}() does not work on {kind(value)}", remedy)


STANDARD: Final[Mapping[str, Callable[..., Any]]] = MappingProxyType(
    {
        "len": _len,
        "sum": _sum,
        "min": _min,
        "max": _max,
        "any": _any,
        "all": _all,
        "abs": _abs,
        "round": _round,
        "str": _str,
        "int": _int,
        "bool": _bool,
        "lower": _lower,
        "upper": _upper,
        "sorted": _sorted,
    }
)
