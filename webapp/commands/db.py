"""casefile db."""

import click

from engine.service import composition
from webapp.commands.output import EXIT_CODES, as_json, print_json, say
from webapp.commands.serve import tell_code
from webapp.commands.settings import Settings, council


@click.group("db", short_help="Look after the database.")
def command() -> None:
    """Look after the database that CASEFILE_DATABASE names."""


@command.command("upgrade", epilog=EXIT_CODES)
@as_json
def upgrade(json_wanted: bool) -> None:
    """Make the database's tables, or bring them up to date after a new version was installed.

    Harmless when they are. While nobody is in the directory, it shows the code of the first set-up in the browser;
    casefile serve shows a new one. On a new version, stop serve and work first and keep a backup.

    With --json: {"revision": its number}.
    """
    revision = composition.upgrade(Settings.read().database)
    if json_wanted:
        print_json({"revision": revision})
    else:
        say(f"The database is up to date, at revision {revision}.")
        with council() as engine:
            tell_code(engine)
