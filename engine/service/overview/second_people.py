"""Those who may be the second of two people to agree that a failed step be skipped hear that somebody asks for it."""

from collections.abc import Iterator
from typing import Any, Final

from engine.service import notices, rights
from engine.service.command import Command, Question
from engine.service.overview import incidents, seeing
from engine.service.overview.incidents import SKIPPING
from engine.store import instances

NOTICE: Final = "skip_asked"
PAGE: Final = "/standing/incidents"


def tell(command: Command, row: Any, step: str) -> None:
    """Write to each of them about the step at which the work of an incident (its row) failed.

    What somebody gave as the reason stands on the page alone (I-11), and a restricted case is named to nobody who is
    barred from it (I-16).
    """
    work = instances.get(command.connection, row.instance)
    occasion = f"incident {row.id}:{command.now.isoformat()}"
    for username in of(command, command.actor):
        about = seeing.about(command, username, work)
        data = {"case": work.case_ref if about == work.case_ref else None, "leads_to": PAGE}
        facts = {"title": step, "changed_by": command.directory.people[command.actor].name}
        notices.write(command, username, NOTICE, data, occasion, **facts)


def of(question: Question, asker: str) -> tuple[str, ...]:
    """Return who by rights.dmn may agree to what `asker` asks for: those who are here today, all where nobody is."""
    found = tuple(dict.fromkeys(name for name in _in_such_posts(question) if name != asker))
    here = tuple(name for name in found if not question.directory.is_absent(name, question.today))
    return here or found


def _in_such_posts(question: Question) -> Iterator[str]:
    for post in question.posts.known:
        if rights.is_of_post(question.policy, post, SKIPPING, ""):
            yield from (name for name in question.directory.in_post(post) if incidents.may(question, name, SKIPPING))
