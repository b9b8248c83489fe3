"""Leaves out what is not given: the component macros would print the word None."""

from typing import Any


def given(value: Any) -> Any:
    """Return parameters for a macro without None, at every depth."""
    if isinstance(value, dict):
        return {key: given(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [given(item) for item in value if item is not None]
    return value
