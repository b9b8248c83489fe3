"""From each sentence of the manual to what carries it: diagrams, tables, forms, reports, stories and the program.

Pure queries over a snapshot: nothing is kept, so what is told is what the files say now.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.bpmn.citations import ELEMENT, FORM, KINDS, REPORT, STORY, TABLE, Citation, citations_of
from engine.bpmn.references import Reference, references_of
from engine.bpmn.requirements import Requirement, manual_of, plain, requirements_of

Record = dict[str, Any]
_HEADING = re.compile(r"\d+(\.\d+)?\.? [A-Z]")


@dataclass(frozen=True)
class Traced:
    """A requirement and the places of the policy that carry it, in the order of their files."""

    requirement: Requirement
    places: tuple[Citation, ...]

    def of_kind(self, *kinds: str) -> list[Citation]:
        """Return the places of these kinds."""
        return [one for one in self.places if one.kind in kinds]

    @property
    def is_carried(self) -> bool:
        """Whether something of the policy, or the program itself, does what is asked."""
        return bool(self.of_kind(ELEMENT, TABLE, FORM, REPORT) or self.requirement.engine)

    @property
    def is_proved(self) -> bool:
        """Whether a story or a test of the program proves it."""
        return bool(self.of_kind(STORY) or self.requirement.engine)

    @property
    def missing(self) -> str:
        """What the owners say is still missing, "" once the requirement is carried and proved."""
        return "" if self.is_carried and self.is_proved else self.requirement.not_yet


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the manual, and what its sentences ask for. A heading is numbered and not indented."""

    text: str
    is_heading: bool
    traced: tuple[Traced, ...]


def trace(snapshot: Mapping[str, bytes]) -> list[Traced]:
    """Return every requirement of the policy with what carries it, in the order of the list. Unreadable."""
    citations = list(citations_of(snapshot))
    return [Traced(one, tuple(_carrying(one, citations))) for one in requirements_of(snapshot)]


def _carrying(requirement: Requirement, citations: Iterable[Citation]) -> Iterable[Citation]:
    for one in citations:
        if requirement.id in one.requirements or (one.kind == STORY and one.place in requirement.stories):
            yield one


def records(snapshot: Mapping[str, bytes]) -> list[Record]:
    """Return what `casefile describe manual` prints. Unreadable."""
    return [_record(one) for one in trace(snapshot)]


def _record(traced: Traced) -> Record:
    asked = traced.requirement
    return {
        "id": asked.id,
        "section": asked.section,
        "sentence": asked.sentence or asked.rule,
        "rule": asked.rule,
        **{kind: [one.address for one in traced.of_kind(kind)] for kind in KINDS},
        "engine": list(asked.engine),
        "not_yet": traced.missing,
    }


def annotated(snapshot: Mapping[str, bytes], traced: Sequence[Traced]) -> list[Paragraph]:
    """Return the manual paragraph by paragraph, each with the requirements whose sentence stands in it.

    A sentence that stands in the manual more than once is shown at the last of its places.
    """
    lines = manual_of(snapshot)
    places = {one.requirement.id: _place(one.requirement, [plain(line) for line in lines]) for one in traced}
    return [
        Paragraph(
            plain(line),
            bool(_HEADING.match(line)),
            tuple(one for one in traced if places[one.requirement.id] == number),
        )
        for number, line in enumerate(lines)
    ]


def implied(traced: Sequence[Traced]) -> list[Traced]:
    """Return the requirements that no sentence of the manual says."""
    return [one for one in traced if not one.requirement.sentence]


def references(snapshot: Mapping[str, bytes]) -> Sequence[Reference]:
    """Return what the policy refers to, each with the day it was last checked (R-11). Unreadable."""
    return references_of(snapshot)


def _place(requirement: Requirement, paragraphs: Sequence[str]) -> int | None:
    quoted = plain(requirement.sentence)
    if not quoted:
        return None
    return max((number for number, text in enumerate(paragraphs) if quoted in text), default=None)
