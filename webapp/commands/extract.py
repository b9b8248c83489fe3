"""casefile import-extract."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from engine.service.record_system import extract_import
from webapp.commands.deploy import BY_COMMAND
from webapp.commands.output import as_json, failed, print_json, progress, say, show_table
from webapp.commands.parameters import FILE
from webapp.commands.settings import council


@click.command("import-extract", short_help="Take over the record system's daily extract of case facts.")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Report on every row, and keep nothing.")
@click.option("--by", "actor", metavar="NAME", default=BY_COMMAND, help="Who takes it over, for the log.")
@as_json
def command(file: Path, dry_run: bool, actor: str, json_wanted: bool) -> None:
    """Take over the facts of cases (CSV or Excel): team, social worker, status, restricted, and report row by row.

    Columns are named in forms/extract_columns.json; only the case reference must be there, and what is left blank
    stays as it is. A case that is not known yet is added when the row says its service area, team and status. All rows
    that are understood are taken over together, in one transaction; every other row is listed with its reason, and
    then the exit code is 1.

    With --json: {"rows_read", "taken", "changed", "rows": [{"row", "case", "happened"}], "refused": [{"row", "case",
    "code", "reason"}], "notes": [...], "kept": whether anything was}.
    """
    with council() as engine, progress("Reading the extract"):
        extract = extract_import.read_file(engine, file.read_bytes(), file.name)
        report = extract_import.preview(engine, extract) if dry_run else extract_import.take_in(engine, actor, extract)
    if json_wanted:
        print_json({**report, "kept": not dry_run})
    else:
        _show(report)
        say("Nothing was kept." if dry_run else f"{report['changed']} of {report['taken']} rows changed something.")
    if report["refused"]:
        failed()


def _show(report: Mapping[str, Any]) -> None:
    taken = [(one["row"], one["case"], ", ".join(one["happened"])) for one in report["rows"]]
    refused = [(one["row"], one["case"], f"refused: {one['reason']}") for one in report["refused"]]
    show_table(("row", "case", "what happened"), sorted(taken + refused))
    for text in report["notes"]:
        say(text)
    say(f"{report['rows_read']} rows read: {report['taken']} taken over, {len(report['refused'])} refused.")
