"""What the rest of a snapshot offers to a diagram: the names it may use, and the language it is written in."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.bpmn.language.expressions import Language
from engine.bpmn.model import Model
from engine.bpmn.vocabulary import Vocabulary


@dataclass(frozen=True)
class Policy:
    """The surroundings of a diagram while it is checked.

    `models` are the readable diagrams by process id. `processes`, `decisions`, `forms` ("audit.json") and
    `notices` ("assigned") also name those whose files cannot be read, so that one bad file causes no further
    problems elsewhere. `posts` and `deadlines` are None when there is no readable table of them. `answers` and
    `said` are the variables that a decision table (by id) and a form (by file name) set. `leavers` are the lanes whose
    work is one person's by name, with the message that it gets when that person has left, "" for none.
    """

    language: Language
    vocabulary: Vocabulary
    models: Mapping[str, Model]
    processes: frozenset[str]
    decisions: frozenset[str]
    forms: frozenset[str]
    notices: frozenset[str]
    posts: frozenset[str] | None
    deadlines: frozenset[str] | None
    answers: Mapping[str, frozenset[str]]
    said: Mapping[str, frozenset[str]]
    leavers: Mapping[str, str]
