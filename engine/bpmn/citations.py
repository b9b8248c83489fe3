"""Where the policy says which requirement it carries: in documentation, descriptions and tags of its own files."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, Final

from engine.bpmn.documents import parse_xml
from engine.bpmn.model import identity, read_model, text, title
from engine.errors import Unreadable

ELEMENT, TABLE, FORM, REPORT, STORY = "elements", "tables", "forms", "reports", "stories"
KINDS: Final = (ELEMENT, TABLE, FORM, REPORT, STORY)

_CITED = re.compile(r"\b([RI])-(\d{1,3})\b(?:\s*(?:to|–)\s*\1-(\d{1,3})\b)?")
_DESCRIPTION = "{https://www.omg.org/spec/DMN/20191111/MODEL/}description"
_HEADING = re.compile(r"(Feature|Background|Rule|Scenario Outline|Scenario Template|Scenario|Example|Examples):\s*(.*)")
_LONGEST_RANGE = 200


@dataclass(frozen=True, slots=True)
class Citation:
    """One place of the policy and the requirements it names.

    `kind` is one of KINDS; `file` the path in the snapshot; `place` the id of the element, table row or question, or
    the title of the scenario, "" for the file as a whole; `title` how it is called.
    """

    kind: str
    file: str
    place: str
    title: str
    requirements: frozenset[str]

    @property
    def address(self) -> str:
        """The place in words that owners find again: "case_audit.bpmn#audit_case_record", "audit.json"."""
        name = PurePosixPath(self.file).name
        return f"{name}#{self.place}" if self.place else name


def cited(words: str) -> frozenset[str]:
    """Return the requirements a text names: "R-82 to R-84, I-01" is R-82, R-83, R-84 and I-01."""
    found: set[str] = set()
    for series, first, last in _CITED.findall(words):
        begin, end = int(first), int(last or first)
        found |= {f"{series}-{number:02d}" for number in range(begin, min(end, begin + _LONGEST_RANGE) + 1)}
    return frozenset(found)


def citations_of(snapshot: Mapping[str, bytes]) -> Iterator[Citation]:
    """Yield every place that can name requirements and does, file by file, and every scenario.

    Files that cannot be read are passed over; the checks of a snapshot tell of them.
    """
    for file in sorted(snapshot):
        for matches, read in _READERS:
            if PurePosixPath(file).match(matches):
                yield from _readable(file, snapshot[file], read)
                break


@lru_cache(maxsize=512)
def _readable(file: str, content: bytes, read: "Reader") -> tuple[Citation, ...]:
    try:
        return tuple(one for one in read(file, content) if one.requirements or one.kind == STORY)
    except (Unreadable, ValueError, RecursionError):
        return ()


def _diagram(file: str, content: bytes) -> Iterator[Citation]:
    for written in read_model(file, content).of_kind("documentation"):
        about = written.getparent()
        yield Citation(ELEMENT, file, identity(about), title(about), cited(text(written)))


def _table(file: str, content: bytes) -> Iterator[Citation]:
    called = ""
    for written in parse_xml(file, content).iter(_DESCRIPTION):
        about = written.getparent()
        called = about.get("name") or called
        row = "" if about.get("name") else identity(about)
        yield Citation(TABLE, file, row, called, cited(text(written)))


def _form(file: str, content: bytes) -> Iterator[Citation]:
    yield from _documented(FORM, file, json.loads(content))


def _report(file: str, content: bytes) -> Iterator[Citation]:
    yield from _documented(REPORT, file, json.loads(content))


def _documented(kind: str, file: str, thing: Any, called: str = "", place: str = "") -> Iterator[Citation]:
    if isinstance(thing, dict):
        called = next(
            (str(thing[key]) for key in ("label", "title", "name") if isinstance(thing.get(key), str)), called
        )
        place = str(thing.get("id", place))
        if isinstance(thing.get("documentation"), str):
            yield Citation(kind, file, place, called, cited(thing["documentation"]))
    inner = thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ()
    for one in inner:
        yield from _documented(kind, file, one, called, place)


def _story(file: str, content: bytes) -> Iterator[Citation]:
    tags, of_feature, telling = frozenset[str](), frozenset[str](), False
    for line in map(str.strip, content.decode().splitlines()):
        heading = _HEADING.match(line)
        if line.startswith("@"):
            tags |= cited(line)
        elif heading is None:
            of_feature |= cited(line) if telling else frozenset()
        else:
            telling = heading[1] == "Feature"
            if telling:
                of_feature = tags
            elif heading[1].startswith("Scenario") or heading[1] == "Example":
                yield Citation(STORY, file, heading[2], heading[2], of_feature | tags)
            tags = frozenset()


Reader = Callable[[str, bytes], Iterator[Citation]]
_READERS: tuple[tuple[str, Reader], ...] = (
    ("processes/*.bpmn", _diagram),
    ("processes/*.dmn", _table),
    ("forms/*.json", _form),
    ("forms/reports/*.json", _report),
    ("forms/figures/*.json", _report),
    ("processes/stories/*.feature", _story),
)
