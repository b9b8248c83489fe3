"""Phrases about reports: what they say, who may read them, and those drawn up and signed for a meeting."""

from datetime import date
from typing import Any

from engine.service.policy import deployments
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import StoryError, Table, UnmetError, first_of
from engine.service.rehearsal.stage import STORY, Stage
from engine.service.reports import editions, reading
from engine.service.reports.reading import READ, Wanted
from engine.service.reports.scope import month_of

PLAN = "processes/improvement_plan.dmn"
NO_PLAN = '"9999-12-30" &lt;= ? &lt;= "9999-12-31"'


@say("the report {quoted} of {month} says {quoted}", "the report {quoted} of {month} about {person} says {quoted}")
def report_says(stage: Stage, _table: Table | None, title: str, month: str, *rest: str) -> None:
    """Expect the words among what a report says of a month, as it stands now; about somebody where it asks whom."""
    person = stage.person(rest[0]) if len(rest) > 1 else None
    wanted = Wanted(_name(stage, title), month_of(first_of(month)), person)
    _expect_said(stage.ask(lambda question: reading.make(question, wanted)).report, rest[-1])


@say("the report {quoted} drawn up for {day} says {quoted}")
def drawn_up_says(stage: Stage, _table: Table | None, title: str, meeting: date, words: str) -> None:
    """Expect the words in the report that was drawn up for the meeting of that day."""
    _expect_said(_drawn(stage, title, meeting)[1], words)


@say("the report {quoted} drawn up for {day} is signed by {person}")
def is_signed(stage: Stage, _table: Table | None, title: str, meeting: date, name: str) -> None:
    """Expect the report for the meeting of that day to be signed."""
    found, report = _drawn(stage, title, meeting)
    if found.state != "signed" or report["signed_by"] != name:
        raise UnmetError(f"It is {found.state}, by {report.get('signed_by', 'nobody')}.")


@say("the report {quoted} drawn up for {day} is a draft")
def is_draft(stage: Stage, _table: Table | None, title: str, meeting: date) -> None:
    """Expect the report for the meeting of that day to stand, and not to be signed."""
    found, _ = _drawn(stage, title, meeting)
    if found.state != "draft":
        raise UnmetError(f"It is {found.state}.")


@say("no report {quoted} is drawn up for {day}")
def none_drawn_up(stage: Stage, _table: Table | None, title: str, meeting: date) -> None:
    """Expect no report for the meeting of that day."""
    if _found(stage, title, meeting):
        raise UnmetError("There is one.")


@say("{person} may read the report {quoted}")
def may_read(stage: Stage, _table: Table | None, name: str, title: str) -> None:
    """Expect the report among those that somebody is offered."""
    if title not in [one.title for one in reading.offered(stage.engine, stage.person(name))]:
        raise UnmetError(f"{name} may not read it.")


@say("{person} may not read the report {quoted}[ because {quoted}]")
def may_not_read(stage: Stage, _table: Table | None, name: str, title: str, because: str | None) -> None:
    """Expect rights.dmn to keep the report from somebody."""
    person, wanted = stage.person(name), Wanted(_name(stage, title))

    def asked() -> None:
        stage.ask(lambda question: reading.refuse(question, person, READ, question.policy.report(wanted.name), wanted))

    stage.refused(asked, because)


@say("the Safeguarding Improvement Plan runs from {day} to {day}")
def plan_runs(stage: Stage, _table: Table | None, first: date, last: date) -> None:
    """Deploy the policy with the first and the last day of the plan in the table improvement_plan."""
    files = dict(stage.snapshot)
    text = files[PLAN].decode()
    if NO_PLAN not in text:
        raise StoryError("The table improvement_plan has dates of its own; write the story with them.")
    files[PLAN] = text.replace(NO_PLAN, f'"{first}" &lt;= ? &lt;= "{last}"').encode()
    deployments.deploy(stage.engine, STORY, files, "the plan's dates")


def _name(stage: Stage, title: str) -> str:
    reports = stage.ask(lambda question: question.policy.reports)
    found = [name for name, one in reports.items() if one.title == title]
    if not found:
        titles = "; ".join(sorted(f"“{one.title}”" for one in reports.values()))
        raise StoryError(f"No report is called “{title}”. There are: {titles}.")
    return str(found[0])


def _found(stage: Stage, title: str, meeting: date) -> list[editions.Drawn]:
    reader = _reader(stage, _name(stage, title))
    return [one for one in editions.drawn(stage.engine, reader) if one.title == title and one.meeting == meeting]


def _drawn(stage: Stage, title: str, meeting: date) -> tuple[editions.Drawn, dict[str, Any]]:
    found = _found(stage, title, meeting)
    if not found:
        raise UnmetError(f"No such report is drawn up for {meeting:%-d %b %Y}.")
    return found[0], editions.read(stage.engine, _reader(stage, _name(stage, title)), found[0].id)


def _reader(stage: Stage, name: str) -> str:
    people = stage.ask(lambda question: question.directory.people)
    readers = (one for one in people if name in [report.name for report in reading.offered(stage.engine, one)])
    return str(next(readers))


def _expect_said(report: dict[str, Any], words: str) -> None:
    figures = [one for part in report["parts"] for one in part["figures"]]
    said = [text for one in figures for text in (one["title"], one["sentence"], *one["remarks"])]
    said += [str(cell) for part in report["parts"] for table in part["tables"] for row in table["rows"] for cell in row]
    said += [one["text"] for one in report.get("comments", ())]
    if not any(words in text for text in said):
        near = "; ".join(f"“{one['sentence']}”" for one in figures[:12])
        raise UnmetError(f"It does not say so. It says: {near}")
