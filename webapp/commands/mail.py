"""casefile mail."""

import click

from engine.service.mail import mailroom
from webapp.commands.deploy import BY_COMMAND
from webapp.commands.output import as_json, counted, print_json, say, show_table
from webapp.commands.settings import council


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
        again = mailroom.try_failed_again(engine, BY_COMMAND) if try_again else 0
        counts, failed = mailroom.counts(engine), mailroom.failed(engine)
    if json_wanted:
        listed = [{"letter": row.id, "person": row.person, "case": row.case_ref, "error": row.error} for row in failed]
        print_json({"letters": counts, "failed": listed, "tried_again": again})
        return
    show_table(("status", "letters"), sorted(counts.items())) if counts else say("There are no letters yet.")
    if failed:
        rows = [(row.id, row.person, row.case_ref, row.error) for row in failed]
        show_table(("letter", "to", "case", "why it was not sent"), rows)
    if try_again:
        say(f"{counted(again, 'letter')} to be tried again.")
