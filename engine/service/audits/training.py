"""Who is trained to access and complete the audit form (manual section 7, R-48)."""

from collections.abc import Collection
from datetime import date

from engine.errors import Invalid
from engine.service.audits import conflicts
from engine.service.command import Command, Question
from engine.store import training

AUDIT_FORM = "audit form"


def record(command: Command, person: str, trained_on: date) -> None:
    """Record that somebody was trained in the audit form, and log it.

    Invalid for somebody whom the directory does not know.
    """
    if person not in command.directory.people:
        raise Invalid({"trained_person": ["Choose somebody from the directory."]})
    row = {
        "person": person,
        "what": AUDIT_FORM,
        "trained_on": trained_on,
        "recorded_by": command.actor,
        "recorded_at": command.now,
    }
    training.add(command.connection, [row])
    command.note("directory", "trained", {"person": person, "what": AUDIT_FORM, "trained_on": trained_on.isoformat()})


def auditors(question: Question) -> list[str]:
    """Return the usernames of those who may audit (R-25)."""
    return [name for name in question.directory.people if conflicts.source_of(question, name) is not None]


def untrained(question: Question, usernames: Collection[str]) -> list[str]:
    """Return those of the usernames without a record of training in the audit form, sorted."""
    return sorted(set(usernames) - training.trained(question.connection, AUDIT_FORM))
