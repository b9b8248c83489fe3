"""What people of the demonstration write where any text would do: a remark of remarks.csv, as chance deals it."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from engine.service.tasks.answering import SHORTEST
from webapp.demo import chance
from webapp.demo.tables import rows

ANYTHING = "*"


def varied(answers: Any, *about: object) -> Any:
    """Return answers in which every text that only took the place of one is a remark about its question."""
    if isinstance(answers, Mapping):
        return {name: _said(name, one, *about) for name, one in answers.items()}
    if isinstance(answers, list):
        return [varied(one, *about, place) for place, one in enumerate(answers)]
    return answers


def _said(name: str, answer: Any, *about: object) -> Any:
    return _remark(name, *about) if answer == SHORTEST else varied(answer, *about, name)


def _remark(question: str, *about: object) -> str:
    remarks = _remarks().get(question) or _remarks()[ANYTHING]
    return remarks[chance.of_hundred(*about, question) % len(remarks)]


@cache
def _remarks() -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for row in rows("remarks"):
        found.setdefault(str(row["about"]), []).append(str(row["remark"]))
    return found
