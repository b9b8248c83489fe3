"""What a check of policy files finds."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that must be mended before policy files can be deployed.

    `file` is the path inside the snapshot ("processes/case_audit.bpmn"), `element` the id of the diagram
    element, table rule, question or line concerned (empty for the file as a whole), `code` a short stable
    name for the kind of problem, and `message` a sentence with its remedy.
    """

    file: str
    element: str
    code: str
    message: str


def meant(wanted: str, known: Iterable[str]) -> str:
    """Return the sentence that says which name may have been meant: the one most alike, or else all there are."""
    names = sorted(known)
    near = get_close_matches(wanted, names, n=1)
    return f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(names) or 'none'}."
