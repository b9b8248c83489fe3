"""What a value of the owners' language may be: plain JSON within bounds."""

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, Final

MOST_CHARACTERS: Final = 10_000
MOST_ITEMS: Final = 1_000
MOST_NODES: Final = 20_000
MOST_DEPTH: Final = 40
MOST_TEXT: Final = 1_000_000
INTEGER_LIMIT: Final = 2**63

_NUMBERS: Final = frozenset({int, float, bool})
RESERVED_NAME: Final = "typename"
"""SpiffWorkflow reads a record with this key as one of its own objects, and can then not load the instance."""

_KINDS: Final = {
    str: "a text",
    bool: "True or False",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a record",
    type(None): "None",
}


_FITS: Final[Mapping[type, Callable[[Any], bool]]] = {
    type(None): lambda _: True,
    bool: lambda _: True,
    int: lambda value: -INTEGER_LIMIT < value < INTEGER_LIMIT,
    float: isfinite,
    str: lambda value: len(value) <= MOST_CHARACTERS,
    list: lambda value: len(value) <= MOST_ITEMS,
    dict: lambda value: len(value) <= MOST_ITEMS,
}


class LanguageError(Exception):
    """Why a source cannot be compiled or reckoned, and what to write instead.

    `reason` is a clause, `remedy` a sentence. Neither ever holds a value from the data.
    """

    def __init__(self, reason: str, remedy: str) -> None:
        self.reason = reason
        self.remedy = remedy
        super().__init__(reason)


def kind(value: object) -> str:
    """Return what a value is in the owners' words, never the value itself."""
    return _KINDS.get(type(value), "not plain data")


def is_number(value: object) -> bool:
    """Whether the value can be reckoned with; True counts as 1, as in `sum(x.late for x in audits)`."""
    return type(value) in _NUMBERS


def admit(value: object, what: str = "a value") -> object:
    """Return `value` when it may enter the language: a JSON scalar within bounds, or a list or record of at
    most 1,000 items, whose own items are looked at when they are read. Raises LanguageError.
    """
    fits = _FITS.get(type(value))
    if fits is not None and fits(value):
        return value
    raise _not_admitted(value, what)


def text(value: str) -> str:
    """Return a text within bounds. Raises LanguageError."""
    if len(value) > MOST_CHARACTERS:
        raise LanguageError(f"a text has more than {MOST_CHARACTERS:,} characters", "Keep texts shorter.")
    return value


def number(value: object) -> object:
    """Return a number that is finite and below 2**63. Raises LanguageError."""
    if type(value) is float:
        if isfinite(value):
            return value
    elif isinstance(value, int) and -INTEGER_LIMIT < value < INTEGER_LIMIT:
        return value
    raise LanguageError("a number grows too large", "Reckon with smaller numbers.")


def plain(value: object) -> object:
    """Return a copy of `value` that JSON and every database can hold, sharing no list or record with it.

    At most 40 levels, 20,000 values and a million characters in all; a tuple becomes a list. Keys are texts
    other than "typename" (the workflow engine's own) and "__...". Raises LanguageError.
    """
    if value is None or value is True or value is False:
        return value
    return _Copy().of(value, 0)


def plain_record(values: dict[str, object]) -> dict[str, object]:
    """Return copies of all values, within what one value may hold in all. Raises LanguageError."""
    copy = _Copy()
    return {name: copy.of(value, 0) for name, value in values.items()}


def same(one: object, other: object) -> bool:
    """Whether two plain values are equal and of equal kinds; 1, 1.0 and True differ."""
    if type(one) is not type(other):
        return False
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return one == other


class _Copy:
    """One copy being made, with what is left of its allowance."""

    def __init__(self) -> None:
        self._nodes = MOST_NODES
        self._text = MOST_TEXT

    def of(self, value: object, depth: int) -> object:
        self._nodes -= 1
        if self._nodes < 0:
            raise LanguageError(f"a value has more than {MOST_NODES:,} parts", "Keep only what is needed.")
        if isinstance(value, str):
            return self._characters(value)
        if isinstance(value, list | tuple | dict):
            return self._collection(value, depth + 1)
        return admit(value)

    def _collection(self, value: list[object] | tuple[object, ...] | dict[object, object], depth: int) -> object:
        if depth > MOST_DEPTH:
            raise LanguageError(f"a value is nested more than {MOST_DEPTH} levels deep", "Keep it flatter.")
        if isinstance(value, tuple):
            value = list(value)
        admit(value)
        if isinstance(value, list):
            return [self.of(item, depth) for item in value]
        return {self._key(key): self.of(item, depth) for key, item in value.items()}

    def _characters(self, value: str) -> str:
        admit(value)
        self._text -= len(value)
        if self._text < 0:
            raise LanguageError(f"a value has more than {MOST_TEXT:,} characters", "Keep only what is needed.")
        if "\0" in value or not (value.isascii() or _is_encodable(value)):
            raise LanguageError("a text holds a character that cannot be stored", "Take the invisible character out.")
        return value

    def _key(self, key: object) -> str:
        if not isinstance(key, str):
            raise LanguageError("a record has a key that is not a text", 'Write keys in quotes, such as {"grade": 1}.')
        if key == RESERVED_NAME or key.startswith("__"):
            raise LanguageError("a record has a reserved key", 'Use no key called "typename" or beginning with "__".')
        return self._characters(key)


def _is_encodable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _not_admitted(value: object, what: str) -> LanguageError:
    if type(value) in _NUMBERS:
        return LanguageError(f"{what} is not a finite number below 2**63", "Reckon with smaller numbers.")
    if type(value) is str:
        return LanguageError(f"{what} has more than {MOST_CHARACTERS:,} characters", "Keep texts shorter.")
    if type(value) in (list, dict):
        return LanguageError(f"{what} has more than {MOST_ITEMS:,} items", "Work with a shorter list.")
    return LanguageError(
        f"{what} is not plain data", "Use texts, numbers, True, False, None, lists and records of these only."
    )
