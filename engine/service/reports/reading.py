"""Reading reports: who may is decided by rights.dmn, and every reading and export is an event (I-01, I-12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.bpmn.report_files import Report
from engine.domain.calendar import format_moment
from engine.errors import NotAllowed, NotFound
from engine.service import rights
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.reports.catalogue import ROWS
from engine.service.reports.found import Row
from engine.service.reports.scope import Scope, in_words, month_of
from engine.service.reports.writing import write
from engine.service.rights import About

READ: Final = "read report"
SEE_ROWS: Final = "see cases of report"
ON_PAGE: Final = "page"


@dataclass(frozen=True)
class Wanted:
    """Which report is wanted: its name, the month (None: this one), and whom or what it is about besides."""

    name: str
    period: str | None = None
    person: str | None = None
    team: str | None = None


@dataclass(frozen=True)
class Made:
    """A report as plain JSON, and the rows behind its figures by their key."""

    report: dict[str, Any]
    behind: Mapping[str, list[Row]]
    dashboard: bool = False


@dataclass(frozen=True)
class Entry:
    """A report that somebody may open, about themselves or one of their teams where it asks for one."""

    report: Report
    person: str | None = None
    team: str | None = None


@dataclass(frozen=True)
class Behind:
    """The rows behind a figure: the labels of the columns by id, and the rows."""

    title: str
    columns: Mapping[str, str]
    rows: list[Row]
    dashboard: bool = False


def offered(engine: Engine, person: str) -> list[Report]:
    """Return the reports that somebody may read, by title."""

    def work(question: Question) -> list[Report]:
        found = [
            one for one in question.policy.reports.values() if reason_against(question, person, READ, one, None) is None
        ]
        return sorted(found, key=lambda report: report.title)

    return engine.ask(work)


def entries(engine: Engine, person: str) -> list[Entry]:
    """Return what somebody may open, by title: a report of teams for all teams, or else for each of their own."""

    def work(question: Question) -> list[Entry]:
        found: list[Entry] = []
        for report in sorted(question.policy.reports.values(), key=lambda one: one.title):
            if reason_against(question, person, READ, report, None) is None:
                found += _entries(question, person, report)
        return found

    return engine.ask(work)


def _entries(question: Question, person: str, report: Report) -> list[Entry]:
    if report.asks == "person":
        return [Entry(report, person=person)]
    if report.asks == "team" and reason_against(question, person, READ, report, Wanted(report.name)) is not None:
        return [Entry(report, team=team) for team in sorted(_teams(question, person))]
    return [Entry(report)]


def may_read(engine: Engine, reader: str, wanted: Wanted) -> bool:
    """Whether somebody may read a report."""
    return engine.ask(
        lambda question: reason_against(question, reader, READ, question.policy.report(wanted.name), wanted) is None
    )


def read(engine: Engine, reader: str, wanted: Wanted, form: str = ON_PAGE) -> dict[str, Any]:
    """Return a report as it stands now, and record that it was read, or exported in the `form` "csv", "xlsx" ….

    NotFound for an unknown report, month, person or team; NotAllowed by rights.dmn.
    """

    def work(question: Question) -> Made:
        refuse(question, reader, READ, question.policy.report(wanted.name), wanted)
        return make(question, wanted)

    made = engine.ask(work)
    _record(engine, reader, wanted, "report read" if form == ON_PAGE else "report exported", made, form=form)
    return made.report


def export(engine: Engine, actor: str, wanted: Wanted, form: str) -> dict[str, Any]:
    """Return a report for whoever runs this machine, who is asked for no right; it is recorded all the same."""

    made = engine.ask(lambda question: make(question, wanted))
    _record(engine, actor, wanted, "report exported", made, form=form)
    return made.report


def rows_behind(engine: Engine, reader: str, wanted: Wanted, key: str) -> Behind:
    """Return the rows behind a figure, and record that somebody saw them. NotFound, NotAllowed by rights.dmn."""

    def work(question: Question) -> tuple[Made, Behind]:
        report = question.policy.report(wanted.name)
        refuse(question, reader, READ, report, wanted)
        refuse(question, reader, SEE_ROWS, report, wanted)
        made = make(question, wanted)
        return made, behind(question, made, key)

    made, found = engine.ask(work)
    _record(engine, reader, wanted, "rows read", made, figure=key)
    return found


def _record(engine: Engine, actor: str, wanted: Wanted, kind: str, made: Made, **more: str) -> None:
    """Record a reading. Making a report takes longer than others should wait, so it is no part of this transaction."""
    details = {**_about(wanted, made), **more}
    engine.run(actor, lambda command: command.note(f"report {wanted.name}", kind, details))


def may_see_rows(engine: Engine, reader: str, wanted: Wanted) -> bool:
    """Whether somebody may see the cases behind the figures of a report."""
    return engine.ask(
        lambda question: reason_against(question, reader, SEE_ROWS, question.policy.report(wanted.name), wanted) is None
    )


def behind(question: Question, made: Made, key: str) -> Behind:
    """Return the rows behind the figure with this key; NotFound."""
    if key not in made.behind:
        raise NotFound(what="figure with rows behind it in this report")
    rows = made.behind[key]
    labels = question.policy.words[ROWS].words
    columns = dict.fromkeys(column for row in rows for column in row)
    return Behind(_title(made.report, key), {one: labels.get(one, one) for one in columns}, rows, made.dashboard)


def make(question: Question, wanted: Wanted) -> Made:
    """Make a report from the records as they stand. NotFound for an unknown report, month, person or team."""
    report = question.policy.report(wanted.name)
    scope = Scope(question, wanted.period or month_of(question.today), wanted.person, wanted.team)
    _check(question, report, scope)
    written = write(scope, report.parts)
    made = {
        "name": report.name,
        "title": report.title,
        "guidance": report.guidance,
        "marking": report.marking or None,
        "period": scope.period,
        "period_in_words": in_words(scope.period),
        "about": scope.team if scope.person is None else scope.name(scope.person),
        "edition": None if scope.cycle is None else scope.cycle.state,
        "audit_period": None if scope.cycle is None else in_words(scope.cycle.id),
        "status": "drawn up now",
        "made_at": format_moment(question.now),
        "policy": question.number_in_force,
        "parts": written.parts,
    }
    return Made(made, written.behind, report.dashboard)


def refuse(question: Question, reader: str, doing: str, report: Report, wanted: Wanted) -> None:
    """Raise NotAllowed with the reason of rights.dmn unless somebody may read a report, or see its rows."""
    reason = reason_against(question, reader, doing, report, wanted)
    if reason is not None:
        raise NotAllowed(doing=f"{doing} “{report.title}”", reason=reason)


def reason_against(question: Question, reader: str, doing: str, report: Report, wanted: Wanted | None) -> str | None:
    """Return why somebody may not read a report, or see its rows; None when they may."""
    return rights.reason_against(question, reader, doing, report.name, _subject(question, reader, report, wanted))


def _subject(question: Question, reader: str, report: Report, wanted: Wanted | None) -> About:
    """Return what the right is asked about: whose report it is, or a team that the reader answers for."""
    if report.asks == "person":
        return About(assignee=reader if wanted is None else wanted.person)
    if report.asks == "team":
        teams = _teams(question, reader)
        if teams if wanted is None else wanted.team in teams:
            return About(assignee=reader)
    return About()


def teams_of(question: Question, reader: str, report: Report) -> list[str]:
    """Return the teams that somebody may read a report about, when it asks for one."""
    if report.asks != "team":
        return []
    if reason_against(question, reader, READ, report, Wanted(report.name)) is None:
        return _with_cases(question)
    return sorted(_teams(question, reader))


def _teams(question: Question, reader: str) -> set[str]:
    """Return the teams with cases that somebody answers for, or whose Head of Service they are."""
    answered = {of for _, of in question.duties(reader)}
    teams = question.directory.teams
    return {name for name in _with_cases(question) if name in answered or teams[name].head_of_service == reader}


def _with_cases(question: Question) -> list[str]:
    return sorted(name for name, team in question.directory.teams.items() if team.service_area is not None)


def _check(question: Question, report: Report, scope: Scope) -> None:
    if report.asks == "person" and scope.person not in question.directory.people:
        raise NotFound(what=f"person {scope.person or '(none was named)'}")
    if report.asks == "team" and scope.team is not None and scope.team not in question.directory.teams:
        raise NotFound(what=f"team {scope.team}")


def _about(wanted: Wanted, made: Made) -> dict[str, Any]:
    about = {"person": wanted.person, "team": wanted.team}
    return {"period": made.report["period"], **{name: value for name, value in about.items() if value is not None}}


def _title(report: Mapping[str, Any], key: str) -> str:
    for part in report["parts"]:
        for figure in part["figures"]:
            if figure["rows"] == key:
                return str(figure["title"])
    _, name, place = key.split(":", 2)
    titles = (one["title"] for part in report["parts"] for one in part.get("pictures", ()) if one["id"] == name)
    return f"{next(titles)}: {place}"
