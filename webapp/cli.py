"""The command line. Each command stands in a module of webapp/commands and is read in when it is asked for."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

import click

from engine.errors import Refusal
from webapp.commands.output import EXIT_CODES, refuse

COMMANDS: Final[Mapping[str, str]] = {
    "demo": "demo",
    "serve": "serve",
    "work": "work",
    "tick": "tick",
    "check": "check",
    "deploy": "deploy",
    "export": "export",
    "rehearse": "rehearse",
    "try": "trying",
    "import-population": "population",
    "import-extract": "extract",
    "export-records": "records",
    "records": "outgoing",
    "report": "report",
    "redraw": "redraw",
    "describe": "describe",
    "verify-log": "verify",
    "mail": "mail",
    "password": "password",
    "account": "account",
    "token": "token",
    "db": "db",
}


class Casefile(click.Group):
    """All commands. What the council refuses, and what the machine cannot do, is told in a sentence."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Return the names of the commands in the order in which a council meets them."""
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """Return a command by name, None for an unknown one."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"webapp.commands.{COMMANDS[name]}").command
        command.epilog = command.epilog or EXIT_CODES
        return command

    def invoke(self, context: click.Context) -> Any:
        """Run a command; exit with 1 and a sentence when it is refused."""
        try:
            return super().invoke(context)
        except Refusal as refusal:
            refuse(refusal.sentence)
        except BrokenPipeError:
            raise
        except OSError as error:
            refuse(_told(error))


@click.group(cls=Casefile, epilog=EXIT_CODES, context_settings={"max_content_width": 100})
@click.version_option(package_name="casefile", message="Casefile %(version)s")
def main() -> None:
    """Casefile: an executable policy manual for auditing children's case files.

    The policy stands in the folders processes/ and forms/. check it, rehearse its stories, deploy it; then serve shows
    the pages and work watches the deadlines. CASEFILE_DATABASE names the database (sqlite:///var/casefile.db unless it
    is set).
    """


def _told(error: OSError) -> str:
    reason = error.strerror or type(error).__name__
    return f"{error.filename}: {reason}." if error.filename else f"{reason}."


if __name__ == "__main__":
    main()
