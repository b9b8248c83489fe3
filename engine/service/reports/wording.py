"""Figures as they are read, and sentences with their places filled."""

import re
from collections.abc import Mapping
from typing import Final

PLACE: Final = re.compile(r"\{([a-z]+)\}")


def figure_in_words(kind: str, value: float) -> str:
    """Return a figure as it is read: 53.6%, +3.1 points, −2.25, or 1,204."""
    return _written(kind, value).replace("-", "−")


def _written(kind: str, value: float) -> str:
    if kind == "share":
        return f"{100 * value:.1f}%"
    if kind == "difference":
        return f"{100 * value:+.1f} points"
    if kind == "width":
        return f"{100 * value:.1f} points"
    if kind == "count":
        return f"{value:,.0f}"
    return f"{value:.2f}"


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Return a sentence with what is known in its places, and nothing in the others."""
    return PLACE.sub(lambda place: facts.get(place[1], ""), text)


def capital(words: str) -> str:
    """Return words with a capital at the beginning."""
    return words[:1].upper() + words[1:]
