"""The lists of remedial actions four months on, to be taken away as files: one table, and one sheet, for each team
(manual section 11, R-119, R-120). Every export is on record (I-12).
"""

from collections.abc import Sequence
from typing import Any

from engine.domain.calendar import format_moment, local_day
from engine.errors import NotFound
from engine.service.case_file import listed_actions
from engine.service.case_file.listed_actions import ListedAction, TeamList
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.store import tasks

STREAM, EXPORTED = "lists", "exported"
TITLE, NO_TEAM = "Remedial actions four months after the audit", "Cases of no team"
COLUMNS = (
    ("Case", "text"),
    ("Action", "number"),
    ("What was to be done", "text"),
    ("Fulfilled", "text"),
    ("Completed", "text"),
    ("Authorised", "text"),
    ("Finding", "text"),
    ("Outstanding", "text"),
    ("With", "text"),
    ("Due", "text"),
    ("Cleared on", "text"),
    ("How it was cleared", "text"),
)


def of_team(engine: Engine, person: str, team: str, batch: str | None, form: str) -> dict[str, Any]:
    """Return a list of a team as a report of one table, and record that it was exported. Refused as its page is."""

    def work(command: Command) -> dict[str, Any]:
        found = listed_actions.list_in(command, person, team, batch)
        _note(command, form, len(found.rows), team=team, batch=found.batch)
        return _report(command, [found], team, found.note)

    return engine.run(person, work)


def of_task(engine: Engine, person: str, task_id: str, form: str) -> dict[str, Any]:
    """Return what a task is about to send as a report of a table for each team, and record that it was exported.

    NotFound for a task that sends no list, or that is not the reader's.
    """

    def work(command: Command) -> dict[str, Any]:
        task = tasks.get(command.connection, task_id)
        found = listed_actions.about_to_be_sent(command, person, task)
        if not found:
            raise NotFound(what="list that you are about to send")
        _note(command, form, sum(len(one.rows) for one in found), task=task_id)
        return _report(command, found, None, None)

    return engine.run(person, work)


def _note(command: Command, form: str, rows: int, **about: str | None) -> None:
    command.note(STREAM, EXPORTED, {"list": "compliance", "form": form, "rows": rows, **about})


def _report(question: Question, found: Sequence[TeamList], about: str | None, note: str | None) -> dict[str, Any]:
    sent = found[0].sent_at
    day = question.today if sent is None else local_day(sent)
    return {
        "name": "compliance-list",
        "title": TITLE,
        "about": about,
        "marking": question.decide("outgoing_records", kind="list", event=EXPORTED).get("marking"),
        "period": day.isoformat(),
        "period_in_words": f"{'Not sent yet' if sent is None else 'Sent on'} {day:%-d %B %Y}",
        "audit_period": None,
        "edition": None,
        "status": "As it stood when it was made.",
        "made_at": format_moment(question.now),
        "comments": [] if note is None else [{"title": "Note", "text": note}],
        "parts": [{"title": TITLE, "figures": [], "tables": [_table(one) for one in found]}],
    }


def _table(found: TeamList) -> dict[str, Any]:
    return {
        "title": f"{len(found.rows):,} remedial actions, {found.outstanding:,} outstanding",
        "group": found.team or NO_TEAM,
        "columns": [{"label": label, "kind": kind} for label, kind in COLUMNS],
        "rows": [_cells(row) for row in found.rows],
    }


def _cells(row: ListedAction) -> list[str | int]:
    return [
        row.case_ref,
        row.action_number,
        row.what or "",
        row.fulfilled,
        row.completed,
        row.authorised,
        row.standing,
        "Yes" if row.outstanding else "No",
        ", ".join(row.held_by),
        "" if row.due is None else local_day(row.due).isoformat(),
        "" if row.cleared_on is None else row.cleared_on.isoformat(),
        row.how_cleared or "",
    ]
