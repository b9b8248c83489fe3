"""casefile records."""

import click

from engine.service.record_system import webhook
from webapp.commands.deploy import BY_COMMAND
from webapp.commands.output import as_json, counted, print_json, say, show_table
from webapp.commands.settings import council


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
        again = webhook.try_failed_again(engine, BY_COMMAND) if try_again else 0
        counts, failed = webhook.counts(engine), webhook.failed(engine)
    if json_wanted:
        listed = [{"record": row.id, "kind": row.kind, "case": row.case_ref, "error": row.error} for row in failed]
        print_json({"records": counts, "failed": listed, "tried_again": again})
        return
    show_table(("status", "records"), sorted(counts.items())) if counts else say("There are no records yet.")
    if failed:
        rows = [(row.id, row.kind, row.case_ref, row.error) for row in failed]
        show_table(("record", "kind", "case", "why it was not delivered"), rows)
    if try_again:
        say(f"{counted(again, 'record')} to be tried again.")
