"""Reports drawn up for a meeting: a draft, then an edition that never changes, with the rows behind it (R-32, R-33)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from engine.bpmn.report_files import Report
from engine.domain.calendar import format_moment
from engine.errors import Unreadable
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.instances import new_id
from engine.service.reports import reading
from engine.service.reports.reading import ON_PAGE, READ, SEE_ROWS, Behind, Made, Wanted
from engine.service.reports.scope import after, month_of
from engine.store import report_editions

MOST_SHOWN = 100


@dataclass(frozen=True)
class Drawn:
    """A report that was drawn up for a meeting: a draft, or signed by somebody at a moment, with its fingerprint."""

    id: str
    title: str
    period: str
    meeting: date
    state: str
    signed_at: datetime | None
    sha256: str | None


def draw_up(command: Command, name: str, meeting: date, instance: str) -> str:
    """Make the draft of a report on the month before its meeting, in place of an earlier one; return its id."""
    made = reading.make(command, Wanted(name, month_of(after(meeting, -1))))
    identifier = new_id()
    data = {**made.report, "id": identifier, "status": report_editions.DRAFT, "meeting": meeting.isoformat()}
    report_editions.add_draft(
        command.connection,
        {
            "id": identifier,
            "name": name,
            "period": made.report["period"],
            "meeting": meeting,
            "instance": instance,
            "data": data,
            "behind": {key: list(rows) for key, rows in made.behind.items()},
            "made_at": command.now,
        },
    )
    command.note(f"report {name}", "drawn up", {"report": identifier, "period": made.report["period"]})
    return identifier


def sign(command: Command, identifier: str, comments: list[dict[str, str]]) -> None:
    """Make a draft final, with the comments of who signs it. NotFound, NotNow when it is no draft any more."""
    row = report_editions.get(command.connection, identifier)
    signed = {"status": report_editions.SIGNED, "comments": comments, "signed_by": _name(command, command.actor)}
    data = {**row.data, **signed, "signed_at": format_moment(command.now)}
    digest = digest_of(data, row.behind)
    report_editions.sign(command.connection, identifier, data, digest, command.actor, command.now)
    command.note(f"report {row.name}", "signed", {"report": identifier, "sha256": digest})


def digest_of(data: Mapping[str, Any], behind: Mapping[str, Any]) -> str:
    """Return the sha256 of a report and the rows behind it; any change of either changes it."""
    return hashlib.sha256(orjson.dumps([data, behind], option=orjson.OPT_SORT_KEYS)).hexdigest()


def drawn(engine: Engine, reader: str) -> list[Drawn]:
    """Return the reports drawn up for meetings that somebody may read, newest first."""
    titles = {one.name: one.title for one in reading.offered(engine, reader)}
    rows = engine.ask(lambda question: report_editions.newest(question.connection, list(titles), MOST_SHOWN))
    return [_told(one, titles[one.name]) for one in rows]


def of_report(engine: Engine, reader: str, name: str) -> list[Drawn]:
    """Return how one report was drawn up for its last MOST_SHOWN meetings, newest first. NotFound, NotAllowed."""

    def work(question: Question) -> list[Drawn]:
        report = question.policy.report(name)
        reading.refuse(question, reader, READ, report, Wanted(name))
        rows = report_editions.newest(question.connection, [name], MOST_SHOWN)
        return [_told(one, report.title) for one in rows]

    return engine.ask(work)


def _told(row: Any, title: str) -> Drawn:
    return Drawn(row.id, title, row.period, row.meeting, row.state, row.signed_at, row.digest)


def read(engine: Engine, reader: str, identifier: str, form: str = ON_PAGE) -> dict[str, Any]:
    """Return a report as it was drawn up or signed, and record that it was read or exported.

    NotFound, NotAllowed by rights.dmn, Unreadable when a signed report is not as it was signed.
    """

    def work(command: Command) -> dict[str, Any]:
        row = _opened(command, reader, identifier, READ)
        kind = "report read" if form == ON_PAGE else "report exported"
        command.note(f"report {row.name}", kind, {"report": identifier, "period": row.period, "form": form})
        return dict(row.data)

    return engine.run(reader, work)


def rows_behind(engine: Engine, reader: str, identifier: str, key: str) -> Behind:
    """Return the rows behind a figure as they were, and record that somebody saw them. Refused like `read`."""

    def work(command: Command) -> Behind:
        row = _opened(command, reader, identifier, READ, SEE_ROWS)
        command.note(f"report {row.name}", "rows read", {"report": identifier, "figure": key})
        return reading.behind(command, Made(row.data, row.behind), key)

    return engine.run(reader, work)


def _opened(question: Question, reader: str, identifier: str, *doings: str) -> Any:
    row = report_editions.get(question.connection, identifier)
    report = question.policy.reports.get(row.name) or Report(row.name, str(row.data["title"]), "", "", "", ())
    for doing in doings:
        reading.refuse(question, reader, doing, report, Wanted(row.name, row.period))
    if row.digest is not None and digest_of(row.data, row.behind) != row.digest:
        raise Unreadable(file=f"The report {identifier}", reason="it is not as it was signed")
    return row


def _name(question: Question, username: str) -> str:
    person = question.directory.people.get(username)
    return username if person is None else str(person.name)
