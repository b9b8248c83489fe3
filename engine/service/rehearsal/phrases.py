"""The public language of stories: phrases with blanks, found by their text alone.

A phrase is written as `{person} signs off remedial action {number} of {case}[ on {when}]`: blanks in braces,
optional parts in square brackets. Every blank has a kind, which says what may stand there and what it means.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from typing import Any

from engine.domain.calendar import LONDON

_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}"
_NAME = r"[A-Z][\w'-]*"
KINDS: Mapping[str, str] = {
    "person": _NAME,
    "people": rf"{_NAME}(?:(?:, | and ){_NAME})*",
    "case": r"[A-Z]{2,4}-\d+",
    "day": _DAY,
    "when": rf"{_DAY}(?:(?: at)? \d{{1,2}}:\d{{2}})?",
    "number": r"\d+",
    "percent": r"\d+(?:\.\d+)?%",
    "decimal": r"-?\d+(?:\.\d+)?",
    "quoted": r'"[^"]*"',
    "words": r"[^\"]+?",
    "word": r"[a-z]+",
    "month": r"(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}",
}
_BLANK = re.compile(r"\{(\w+?)(\d?)\}")


class StoryError(Exception):
    """A story says something that cannot be: the sentence says what and why."""


class UnmetError(Exception):
    """A story's expectation does not hold: the sentence says what was found instead."""


@dataclass(frozen=True)
class Moment:
    """A day of a story, with a time of day when it gives one."""

    day: date
    at: time | None

    def moment(self, default: time) -> datetime:
        """Return the instant in UTC, at `default` Europe/London when no time is given."""
        return datetime.combine(self.day, self.at or default, LONDON).astimezone(UTC)


@dataclass(frozen=True)
class Phrase:
    """One phrase: its text with blanks, what it does, and the pattern that finds it."""

    text: str
    act: Callable[..., None]
    pattern: re.Pattern[str]
    blanks: tuple[str, ...]


class Phrasebook:
    """All phrases. `say` is used as a decorator; a text that two phrases understand is a programming error."""

    def __init__(self) -> None:
        self.phrases: list[Phrase] = []

    def say(self, *texts: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
        """Let `act(stage, *values)` be what each of `texts` means; a left-out optional blank is None."""

        def added(act: Callable[..., None]) -> Callable[..., None]:
            self.phrases.extend(_phrase(text, act) for text in texts)
            return act

        return added

    def find(self, text: str) -> tuple[Phrase, list[Any]]:
        """Return the phrase for `text` and the values of its blanks.

        StoryError for an unknown text, with the nearest phrases, and for a date that is not on its weekday.
        """
        for phrase in self.phrases:
            found = phrase.pattern.fullmatch(text)
            if found is not None:
                return phrase, [_value(kind, raw) for kind, raw in zip(phrase.blanks, found.groups(), strict=True)]
        raise StoryError(f"No phrase says “{text}”. {self._nearest(text)}")

    def _nearest(self, text: str) -> str:
        plain = {_plain(phrase.text): phrase.text for phrase in self.phrases}
        near = get_close_matches(_plain_story(text), list(plain), n=3, cutoff=0.3)
        if not near:
            return "casefile describe steps lists all phrases."
        return "The nearest are: " + "; ".join(f"“{plain[one]}”" for one in near) + "."


def _phrase(text: str, act: Callable[..., None]) -> Phrase:
    pattern, blanks, end = "", [], 0
    for blank in _BLANK.finditer(text):
        pattern += _literal(text[end : blank.start()]) + f"({KINDS[blank[1]]})"
        blanks.append(blank[1])
        end = blank.end()
    return Phrase(text, act, re.compile(pattern + _literal(text[end:])), tuple(blanks))


def _literal(text: str) -> str:
    return re.escape(text).replace(r"\[", "(?:").replace(r"\]", ")?")


def _plain(phrase: str) -> str:
    return _BLANK.sub("", phrase).replace("[", "").replace("]", "").lower()


def _plain_story(text: str) -> str:
    for kind in ("when", "quoted", "case", "number"):
        text = re.sub(KINDS[kind], "", text)
    return text.lower()


def _value(kind: str, raw: str | None) -> Any:
    if raw is None:
        return None
    return _READ[kind](raw) if kind in _READ else raw


def read_day(raw: str) -> date:
    """Read "Thu 10 Dec 2026"; StoryError for no date and for the wrong weekday."""
    try:
        day = datetime.strptime(raw.split(" ", 1)[1], "%d %b %Y").date()  # noqa: DTZ007 - a day has no offset
    except ValueError as error:
        raise StoryError(f"{raw} is not a date.") from error
    if f"{day:%a}" != raw[:3]:
        raise StoryError(f"{day.day} {day:%b %Y} is a {day:%A}, and the story says {raw[:3]}.")
    return day


def first_of(month: str) -> date:
    """Return the first day of "October 2026"."""
    return datetime.strptime(month, "%B %Y").date()  # noqa: DTZ007 - a month has no offset


def _read_when(raw: str) -> Moment:
    found = re.fullmatch(rf"({_DAY})(?:(?: at)? (\d{{1,2}}):(\d{{2}}))?", raw)
    if found is None:
        raise StoryError(f"{raw} is not a date and time.")
    try:
        at = time(int(found[2]), int(found[3])) if found[2] is not None else None
    except ValueError as error:
        raise StoryError(f"{raw} has no real time of day.") from error
    return Moment(read_day(found[1]), at)


def days_in(text: str) -> list[date]:
    """Return every date written in a text, and the first day of every month it names; wrong weekdays are left out."""
    found = [first_of(raw) for raw in re.findall(KINDS["month"], text)]
    for raw in re.findall(_DAY, text):
        try:
            found.append(read_day(raw))
        except StoryError:
            continue
    return found


_READ: Mapping[str, Callable[[str], Any]] = {
    "people": lambda raw: tuple(re.split(r", | and ", raw)),
    "day": read_day,
    "when": _read_when,
    "number": int,
    "percent": lambda raw: float(raw[:-1]),
    "decimal": float,
    "quoted": lambda raw: raw[1:-1],
}

Table = Sequence[Sequence[str]]
