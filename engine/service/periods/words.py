"""What became of an audit, in the words of the policy in force."""

from collections.abc import Mapping
from typing import Final

from engine.service.command import Question
from engine.service.reports.timeliness import SUBJECT
from engine.store.periods import DEFERRED, DISPENSED, OUTCOMES

ALL: Final = (*OUTCOMES, DEFERRED, DISPENSED)


def outcome_words(question: Question) -> Mapping[str, str]:
    """Return the words for each outcome of an audit, and for being deferred or dispensed; the code where none are."""
    found = question.policy.words.get(SUBJECT)
    words = {} if found is None else found.words
    return {name: words.get(name, name.replace("_", " ")) for name in ALL}
