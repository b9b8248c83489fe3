"""casefile password."""

import click

from engine.errors import Invalid, NotFound
from engine.service.people import accounts
from webapp.commands.output import say
from webapp.commands.settings import council
from webapp.passwords import HASHER, reason_against

ACTOR = "the command line"


@click.command("password", short_help="Give somebody a password to sign in with.")
@click.argument("username")
@click.password_option(help="The password; asked for twice unless it is given.")
def command(username: str, password: str) -> None:
    """Give a person of the directory a password to sign in with, in place of the one before.

    Only its hash is kept. Three or four words that do not belong together make a good one.
    """
    with council() as engine:
        if accounts.find(engine, username) is None:
            raise NotFound(what=f"person {username}")
        reason = reason_against(password, username)
        if reason is not None:
            raise Invalid({"password": [reason]})
        accounts.set_password(engine, ACTOR, username, HASHER.hash(password))
    say(f"{username} can sign in with this password now.")
