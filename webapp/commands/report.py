"""casefile report."""

import sys
from pathlib import Path

import click

from engine.service.reports import reading
from engine.service.reports.reading import Wanted
from webapp.commands.deploy import BY_COMMAND
from webapp.commands.output import heading, say, show_table
from webapp.commands.settings import council
from webapp.render.report_files import TYPES, as_file
from webapp.render.report_lines import Report, front, tables


@click.command("report", short_help="Make a report from the records, to read or as a file.")
@click.argument("name")
@click.option("--period", "--cycle", "period", metavar="MONTH", help="The month, such as 2026-12. Now unless given.")
@click.option("--person", metavar="USERNAME", help="Whom a report about one person is about.")
@click.option("--team", help="Which team a list of one team is for.")
@click.option("--format", "form", type=click.Choice(sorted(TYPES)), help="Write a file of this kind.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it into FILE, not to the output.")
@click.option("--by", "actor", default=BY_COMMAND, show_default=True, help="Who makes it, for the event log.")
def command(
    name: str, period: str | None, person: str | None, team: str | None, form: str | None, out: Path | None, actor: str
) -> None:
    """Make the report NAME, such as management_report, from the records as they stand. The event log says who made it.

    Reports are the files in forms/reports of the policy in force. Without --format it is printed to be read.
    """
    kind = form or (out.suffix.lstrip(".") if out is not None and out.suffix.lstrip(".") in TYPES else None)
    with council() as engine:
        wanted = Wanted(name, period, person, team)
        report = reading.export(engine, actor, wanted, kind or "text")
    if kind is None and out is None:
        _show(report)
        return
    content = as_file(report, kind or "json")
    if out is not None:
        out.write_bytes(content)
        say(f"{report['title']} is written into {out}.")
    else:
        sys.stdout.buffer.write(content)


def _show(report: Report) -> None:
    for label, value in front(report):
        say(f"{label}: {value}")
    for part in report["parts"]:
        say()
        heading(part["title"])
        for one in part["figures"]:
            say("  " + " ".join((one["sentence"], *one["remarks"])))
    for table in tables(report):
        say()
        show_table([column["label"] for column in table["columns"]], table["rows"], table["title"])
