"""casefile records."""

from typing import Final

import click

from engine.service.record_system import webhook
from webapp.commands import sending
from webapp.commands.deploy import BY_COMMAND
from webapp.commands.output import as_json
from webapp.commands.settings import council

HEADINGS: Final = ("record", "kind", "case", "why it was not delivered")


@click.command("records", short_help="Show the records that go back to the record system.")
@click.option("--try-again", is_flag=True, help="Let every record that could not be delivered be tried afresh.")
@as_json
def command(try_again: bool, json_wanted: bool) -> None:
    """Show how many records wait, were delivered by webhook, or could not be, and why not.

    A record is tried five times within two hours. casefile work delivers them to CASEFILE_WEBHOOK; without one they
    wait, and casefile export-records writes them into files.

    With --json: {"records": {status: n}, "failed": [{"record", "kind", "case", "error"}], "tried_again": n}.
    """
    with council() as engine:
        again = webhook.try_failed_again(engine, BY_COMMAND) if try_again else None
        counts, failed = webhook.counts(engine), webhook.failed(engine)
    rows = [{"record": row.id, "kind": row.kind, "case": row.case_ref, "error": row.error} for row in failed]
    sending.tell("record", counts, rows, HEADINGS, again=again, json_wanted=json_wanted)
