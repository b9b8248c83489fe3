"""casefile account."""

import click

from engine.service.people import accounts
from webapp.commands.deploy import BY_COMMAND
from webapp.commands.output import EXIT_CODES, say
from webapp.commands.settings import council


@click.group("account", epilog=EXIT_CODES, short_help="Link people to the council's sign-in, or sign them out.")
def command() -> None:
    """Say who people are to the council's provider of identities, or sign them out on every device.

    Who is signed in anywhere is signed out by each of these.
    """


@command.command("link", epilog=EXIT_CODES)
@click.argument("username")
@click.argument("subject")
def link(username: str, subject: str) -> None:
    """Let USERNAME sign in as SUBJECT, the value of the claim in CASEFILE_OIDC_SUBJECT."""
    with council() as engine:
        accounts.link(engine, BY_COMMAND, username, subject)
    say(f"{username} can sign in with the council account {subject} now.")


@command.command("unlink", epilog=EXIT_CODES)
@click.argument("username")
def unlink(username: str) -> None:
    """Forget which council account USERNAME has."""
    with council() as engine:
        accounts.unlink(engine, BY_COMMAND, username)
    say(f"{username} has no council account any more.")


@command.command("sign-out", epilog=EXIT_CODES)
@click.argument("username")
def sign_out(username: str) -> None:
    """Sign USERNAME out on every device, such as one that was lost."""
    with council() as engine:
        accounts.end_sessions(engine, BY_COMMAND, username)
    say(f"{username} is signed out everywhere.")
