"""casefile import-population."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from engine.service import composition
from engine.service.audits import cycles
from engine.service.engine import Engine
from engine.service.policy import deployments
from engine.service.population.report import PopulationReport
from webapp.commands import policy
from webapp.commands.deploy import BY_COMMAND
from webapp.commands.output import as_json, print_json, progress, say, show_table
from webapp.commands.parameters import FILE
from webapp.commands.settings import council


@click.command("import-population", short_help="Report on a population list row by row, and upload it.")
@click.argument("file", type=FILE)
@click.option("--cycle", help="Upload the list for this audit period, such as 2026-12. Without it nothing is kept.")
@click.option("--by", "actor", metavar="USERNAME", help="Who uploads it: somebody who has open work of that period.")
@policy.option
@as_json
def command(file: Path, cycle: str | None, actor: str | None, folder: Path | None, json_wanted: bool) -> None:
    """Read a month's case population list (CSV or Excel) and report on it row by row.

    Each row is accepted, with the stratum it belongs to, or refused, with the reason. A file that cannot be read at
    all is refused whole.

    With --json: {"rows_read", "accepted", "by_stratum", "by_reason", "refused": [...], "duplicates": [...], "aliases":
    [...], "notes": [...], "rows": [...], "upload": its number or null}.
    """
    content = file.read_bytes()
    upload = None
    with progress("Reading the list"):
        if cycle is None:
            with _reading(folder) as engine:
                report = cycles.read_list(engine, content, file.name)
        elif actor is None:
            raise click.UsageError("--cycle needs --by: the username of whoever uploads the list.")
        else:
            with council() as engine:
                upload, report = cycles.upload(engine, actor, cycle, file.name, content)
    if json_wanted:
        accepted = [{"row": row.row, "case": row.case_reference, "stratum": row.stratum} for row in report.rows]
        print_json({**report.summary(), "rows": accepted, "upload": upload})
    else:
        _show(report)
        say(f"Uploaded for {cycle}." if upload else "Nothing was kept. --cycle and --by upload the list.")


@contextmanager
def _reading(folder: Path | None) -> Iterator[Engine]:
    """A council in memory that knows the policy meant, and nothing else."""
    snapshot = policy.chosen(folder)
    engine = composition.open_private_council()
    try:
        deployments.deploy(engine, BY_COMMAND, snapshot, "to read a list")
        yield engine
    finally:
        engine.database.close()


def _show(report: PopulationReport) -> None:
    accepted = [(row.row, row.case_reference, "accepted", row.stratum) for row in report.rows]
    refused = [(row.row, row.case_reference, "refused", row.sentence) for row in report.refused]
    show_table(("row", "case", "", "stratum or reason"), sorted(accepted + refused))
    show_table(("stratum", "accepted cases"), report.by_stratum.items())
    for text in report.notes:
        say(text)
    say(f"{report.rows_read} rows read: {len(report.rows)} accepted, {len(report.refused)} refused.")
