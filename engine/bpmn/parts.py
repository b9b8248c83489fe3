"""The parts of the policy that somebody owns: every process, decision table and form of a snapshot (R-18)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

PROCESS, TABLE, FORM = "process", "table", "form"
KINDS: Final = (PROCESS, TABLE, FORM)
_PATTERNS: Final = {"processes/*.bpmn": PROCESS, "processes/*.dmn": TABLE, "forms/*.json": FORM}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the policy: its kind (one of KINDS), and the name of its file without its ending."""

    kind: str
    name: str


def parts_of(paths: Iterable[str]) -> Mapping[str, Part]:
    """Return the parts of the policy among the paths of a snapshot, by path in order."""
    found = {}
    for path in sorted(paths):
        pure = PurePosixPath(path)
        kind = next((kind for pattern, kind in _PATTERNS.items() if pure.match(pattern)), None)
        if kind is not None:
            found[path] = Part(kind, pure.stem)
    return found
