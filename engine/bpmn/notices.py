"""Notices: the letters of the policy, as plain text with {placeholders}. None can hold a child's name (I-11)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from engine.domain.problems import Problem
from engine.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACEHOLDERS: Mapping[str, str] = {
    "recipient": "the name of the person who gets the notice",
    "case": "the case reference; never a name",
    "title": "the title of the task",
    "due": "the day by which it is due, in words",
    "auditor_name": "the auditor's name",
    "team": "the team that holds the case",
    "period": "the audit period, such as October 2026",
    "person_name": "the name of the person, or the team, that a change of the directory is about",
    "changed_by": "the name of the person who made the change",
    "change": "what was changed in the directory, in words",
    "sign_in_name": "the name with which the reader signs in",
    "page": "the address of a page that only the reader is told",
    "passed_on_by": "the name of the person who passed a task on",
    "overdue": "how many of the reader's tasks are overdue",
    "today": "how many of them are due today",
    "week": "how many more of them are due within 5 working days",
    "link": "the address of the page to open",
    "council": "the council's name",
}
AT_DELIVERY = ("link", "council")
"""Placeholders that are filled where a letter is read, which is by e-mail and on a page."""
LONGEST_SUBJECT, LONGEST_BODY = 120, 4_000
_PLACE = re.compile(r"\{([a-z_]+)\}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


class Notice(NamedTuple):
    """A notice before or after filling in."""

    subject: str
    body: str

    def fill(self, facts: Mapping[str, object]) -> Notice:
        """The notice with its placeholders filled. A line of the body which names something unknown is left out, and
        so is the placeholder in the subject: a notice never fails and never says "None"."""
        known = {name: _CONTROL.sub(" ", str(value)) for name, value in facts.items() if value not in (None, "")}
        lines = [line for line in self.body.split("\n") if known.keys() >= set(_PLACE.findall(line))]
        body = re.sub(r"\n{3,}", "\n\n", "\n".join(_filled(line, known) for line in lines)).strip("\n")
        return Notice(" ".join(_filled(self.subject, known).split()), body + "\n")


def delivered(text: str, facts: Mapping[str, str]) -> str:
    """Fill what was left for delivery in the text of a letter; a line whose fact is not known or "" is left out."""
    known = {name: facts.get(name, "") for name in AT_DELIVERY}
    lines = [line for line in text.split("\n") if all(known.get(name, name) for name in _PLACE.findall(line))]
    return _PLACE.sub(lambda place: known.get(place[1], place[0]), "\n".join(lines))


def read_notice(name: str, text: str) -> Notice:
    """The notice in a file: its subject, a blank line, its body. Raises Unreadable with the first fault."""
    problems = problems_of_notice(name, text)
    if problems:
        raise Unreadable(file=name, reason=problems[0].message)
    subject, _, body = text.partition("\n\n")
    return Notice(subject, body)


def problems_of_notice(file: str, text: str) -> list[Problem]:
    """Every problem of a notice file, sorted; empty when it can be deployed."""
    subject, _, body = text.partition("\n\n")
    found = []
    if not subject.strip() or "\n" in subject or not body.strip():
        found.append(("notice-layout", "Write the subject in the first line, then a blank line, then the text."))
    if len(subject) > LONGEST_SUBJECT or len(body) > LONGEST_BODY:
        most = f"{LONGEST_SUBJECT} characters in the subject and {LONGEST_BODY:,} in the text"
        found.append(("notice-length", f"The notice is too long. The most is {most}."))
    for name in sorted(set(_PLACE.findall(text)) - PLACEHOLDERS.keys()):
        known = ", ".join(PLACEHOLDERS)
        found.append(("notice-placeholder", f"{{{name}}} is unknown. A notice may say: {known}."))
    if re.search(r"[{}]", _PLACE.sub("", text)):
        found.append(("notice-placeholder", "There is a { or } that belongs to no placeholder. Remove it."))
    return sorted(Problem(file, "", code, message) for code, message in found)


def _filled(line: str, known: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: known.get(place[1], ""), line)
