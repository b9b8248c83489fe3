"""casefile token."""

from collections.abc import Sequence
from typing import Any

import click

from engine.service.people import tokens
from webapp.commands.deploy import BY_COMMAND
from webapp.commands.output import EXIT_CODES, as_json, print_json, say, show_table
from webapp.commands.parameters import shown
from webapp.commands.settings import council

HELP = "What it opens: " + "; ".join(f"{scope} {what}" for scope, what in tokens.SCOPES.items()) + "."


@click.group("token", epilog=EXIT_CODES, short_help="Make, list and revoke the tokens of other systems.")
def command() -> None:
    """Make, list and revoke the tokens with which other systems ask and tell under /api/v1.

    A token has scopes, each of which opens one thing. Most need a person whom the token acts for: it then never sees or
    does more than that person may. Only its hash is kept, so it is shown once.
    """


@command.command("make", epilog=EXIT_CODES)
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, required=True, help=HELP)
@click.option("--person", metavar="USERNAME", help="Whom the token acts for.")
@as_json
def make(name: str, scopes: Sequence[str], person: str | None, json_wanted: bool) -> None:
    """Make a token called NAME, such as carefirst, and show it once.

    With --json: {"name", "token", "scopes", "person"}.
    """
    with council() as engine:
        secret = tokens.make(engine, BY_COMMAND, name, scopes, person)
    if json_wanted:
        print_json({"name": name, "token": secret, "scopes": sorted(set(scopes)), "person": person})
        return
    say(secret)
    say("It is shown only now. Send it as “Authorization: Bearer …”.")


@command.command("list", epilog=EXIT_CODES)
@as_json
def listing(json_wanted: bool) -> None:
    """List all tokens with their scopes, without their secrets.

    With --json: {"tokens": [{"name", "scopes", "person", "revoked"}]}.
    """
    with council() as engine:
        found = tokens.every(engine)
    if json_wanted:
        print_json({"tokens": [_listed(row) for row in found]})
        return
    rows = [
        (row.name, ", ".join(row.scopes), row.person or "", shown(row.made_at), _revoked(row.revoked_at))
        for row in found
    ]
    show_table(("name", "scopes", "acts for", "made", "revoked"), rows) if rows else say("There are no tokens yet.")


def _listed(row: Any) -> dict[str, Any]:
    revoked = row.revoked_at is not None
    return {"name": row.name, "scopes": list(row.scopes), "person": row.person, "revoked": revoked}


def _revoked(at: object) -> str:
    return "" if at is None else "revoked"


@command.command("revoke", epilog=EXIT_CODES)
@click.argument("name")
def revoke(name: str) -> None:
    """Let the token called NAME open nothing any more."""
    with council() as engine:
        tokens.revoke(engine, BY_COMMAND, name)
    say(f"The token {name} opens nothing any more.")
