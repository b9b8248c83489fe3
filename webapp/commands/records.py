"""casefile export-records."""

from datetime import datetime
from pathlib import Path

import click

from engine.service.record_system import record_export
from webapp.commands.deploy import BY_COMMAND
from webapp.commands.output import as_json, counted, print_json, say
from webapp.commands.parameters import MOMENT
from webapp.commands.settings import council


@click.command("export-records", short_help="Write what goes back to the record system into files.")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--since", type=MOMENT, required=True, help="From this moment on, such as 2026-12-01.")
@click.option("--by", "actor", metavar="NAME", default=BY_COMMAND, help="Who exports them, for the log.")
@as_json
def command(folder: Path, since: datetime, actor: str, json_wanted: bool) -> None:
    """Write remedial actions, management decisions and closure certificates since a moment into DIR.

    records.jsonl has every record, one a line; beside it stands a CSV file for each kind. Which events go out, and how
    they are called and marked, is decided by processes/outgoing_records.dmn. No record holds free text or a name. The
    export is logged.

    With --json: {"records": n, "files": [...], "until": the moment to go on from}.
    """
    with council() as engine:
        done = record_export.export(engine, actor, since, folder)
    if json_wanted:
        print_json(done)
        return
    say(f"{counted(done['records'], 'record')} in {folder}: {', '.join(done['files'])}.")
    say(f"Next time: --since {done['until']}")
