"""The text of an expression, script or table cell, made ready for parsing: bounded, tidied, without surprises."""

import re
from typing import Final, Literal

from engine.bpmn.language.values import LanguageError

Kind = Literal["expression", "script", "cell"]

MOST_SOURCE: Final = 2_000
INPUT: Final = "_the_input"
"""What stands for `?` in a table cell once it is tidied. Owners cannot write it."""

_MOST_TOLD: Final = 30
_KNOWN_ESCAPE: Final = re.compile(r"""\\[\\'"nt]""")
_TOKEN: Final = re.compile(
    r"""
      (?P<quoted>"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+')
    | (?P<comment>\#[^\n]*)
    | (?P<line_end>\s*\n\s*)
    | (?P<input>\?)
    | (?P<number>(?<![\w.])[0-9][\w.]*)
    | (?P<long_name>[^\W0-9]\w{80,})
    """,
    re.VERBOSE,
)
_NUMBER: Final = re.compile(r"[0-9][0-9_]*(\.[0-9]*)?([eE][0-9]*)?")
_RANGE: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)\.\.([0-9]*(?:\.[0-9]+)?)")
_LEADING_COMPARISON: Final = re.compile(r"==|!=|<=|>=|<|>|in\b|not\s+in\b|is\b")


def tidy(source: str, kind: Kind) -> str:
    """Return the source without comments; on one line unless it is a script; a cell completed to a comparison
    with its input. Raises LanguageError for what is empty, too long or written with odd characters.
    """
    _refuse_characters(source, kind)
    text = _TOKEN.sub(lambda token: _tidied(token, kind), source).strip()
    if not text:
        raise LanguageError("nothing is written there", _EXAMPLES[kind])
    if kind == "cell" and _LEADING_COMPARISON.match(text):
        return f"{INPUT} {text}"
    return text


def without_quoted(source: str) -> str:
    """Return the source with each quoted text replaced by an empty one."""
    return _TOKEN.sub(lambda token: "''" if token["quoted"] else token[0], source)


def foreign_characters(text: str) -> int:
    """Return how many characters of a text are not ASCII."""
    return 0 if text.isascii() else sum(character > "\x7f" for character in text)


_EXAMPLES: Final = {
    "expression": "Write an expression such as score > 2 and not closed.",
    "script": 'Write lines such as grade = "Good".',
    "cell": 'Write a value such as "Good", a comparison such as >= 3, or - for anything.',
}


def _refuse_characters(source: str, kind: Kind) -> None:
    if len(source) > MOST_SOURCE:
        raise LanguageError(f"it has more than {MOST_SOURCE:,} characters", "Split it, or use a decision table.")
    if any(character < " " and character not in "\n\t\r" for character in source):
        raise LanguageError("it holds a control character", "Take the invisible character out.")
    if '"""' in source or "'''" in source:
        raise LanguageError("it holds a text in three quotes", 'Write text in one pair of quotes: "Good".')
    if "\\" in _KNOWN_ESCAPE.sub("", source):
        raise LanguageError("it holds a stray backslash", r"Write the character itself; only \n \t \" \' \\ are known.")
    if kind == "cell" and INPUT in source:
        raise LanguageError(f"it holds the name {INPUT}", "Write ? for the input.")


def _tidied(token: re.Match[str], kind: Kind) -> str:
    match token.lastgroup:
        case "comment":
            return ""
        case "line_end" if kind != "script":
            return " "
        case "input" if kind == "cell":
            return f" {INPUT} "
        case "number" if not _NUMBER.fullmatch(token[0]):
            raise _odd_number(token[0], "?" if kind == "cell" else "x")
        case "long_name":
            raise LanguageError("a name has more than 80 characters", "Use shorter names.")
    return token[0]


def _odd_number(written: str, asked: str) -> LanguageError:
    if len(written) > _MOST_TOLD:
        return LanguageError("a number is not written as one", "Write numbers such as 20 or 0.5.")
    if between := _RANGE.match(written):
        first, last = between[1], between[2] or "..."
        return LanguageError(f"a range is written as {written}", f"Write {first} <= {asked} <= {last}.")
    return LanguageError(f"{written} is no number", "Write numbers such as 20 or 0.5, with a space after them.")
