"""casefile token."""

from collections.abc import Sequence

import click

from engine.service import tokens
from webapp.commands.deploy import BY_COMMAND
from webapp.commands.output import EXIT_CODES, as_json, print_json, say, show_table
from webapp.commands.parameters import shown
from webapp.commands.settings import council


@click.group("token", epilog=EXIT_CODES, short_help="Make, list and revoke the tokens of other systems.")
def command() -> None:
    """Make, list and revoke the tokens with which other systems ask and tell under /api/v1.

    A token has scopes: closure:read asks whether a case may be closed, extracts:write sends the daily extract. Only its
    hash is kept, so it is shown once.
    """


@command.command("make", epilog=EXIT_CODES)
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, required=True, help="One of " + ", ".join(tokens.SCOPES) + ".")
@as_json
def make(name: str, scopes: Sequence[str], json_wanted: bool) -> None:
    """Make a token called NAME, such as carefirst, and show it once.

    With --json: {"name", "token", "scopes"}.
    """
    with council() as engine:
        secret = tokens.make(engine, BY_COMMAND, name, scopes)
    if json_wanted:
        print_json({"name": name, "token": secret, "scopes": sorted(set(scopes))})
        return
    say(secret)
    say("It is shown only now. Send it as “Authorization: Bearer …”.")


@command.command("list", epilog=EXIT_CODES)
@as_json
def listing(json_wanted: bool) -> None:
    """List all tokens with their scopes, without their secrets.

    With --json: {"tokens": [{"name", "scopes", "revoked"}]}.
    """
    with council() as engine:
        found = tokens.every(engine)
    if json_wanted:
        listed = [
            {"name": row.name, "scopes": list(row.scopes), "revoked": row.revoked_at is not None} for row in found
        ]
        print_json({"tokens": listed})
        return
    rows = [(row.name, ", ".join(row.scopes), shown(row.made_at), _revoked(row.revoked_at)) for row in found]
    show_table(("name", "scopes", "made", "revoked"), rows) if rows else say("There are no tokens yet.")


def _revoked(at: object) -> str:
    return "" if at is None else "revoked"


@command.command("revoke", epilog=EXIT_CODES)
@click.argument("name")
def revoke(name: str) -> None:
    """Let the token called NAME open nothing any more."""
    with council() as engine:
        tokens.revoke(engine, BY_COMMAND, name)
    say(f"The token {name} opens nothing any more.")
