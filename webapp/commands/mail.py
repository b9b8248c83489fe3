"""casefile mail."""

from typing import Final

import click

from engine.service.mail import mailroom
from webapp.commands import sending
from webapp.commands.deploy import BY_COMMAND
from webapp.commands.output import as_json
from webapp.commands.settings import council

HEADINGS: Final = ("letter", "to", "case", "why it was not sent")


@click.command("mail", short_help="Show the letters that could not be sent.")
@click.option("--try-again", is_flag=True, help="Let every letter that could not be sent be tried afresh.")
@as_json
def command(try_again: bool, json_wanted: bool) -> None:
    """Show how many letters wait, are sent, or could not be sent, and why not.

    A letter is tried four times within twelve minutes, and only once when GOV.UK Notify will never take it as it is.
    casefile work sends them.

    With --json: {"letters": {status: n}, "failed": [{"letter", "person", "case", "error"}], "tried_again": n}.
    """
    with council() as engine:
        again = mailroom.try_failed_again(engine, BY_COMMAND) if try_again else None
        counts, failed = mailroom.counts(engine), mailroom.failed(engine)
    rows = [{"letter": row.id, "person": row.person, "case": row.case_ref, "error": row.error} for row in failed]
    sending.tell("letter", counts, rows, HEADINGS, again=again, json_wanted=json_wanted)
