"""casefile demo."""

from datetime import date
from functools import partial
from pathlib import Path
from threading import Event, Thread

import click

from engine.service.engine import Engine
from engine.service.mail.mailroom import Letterhead
from engine.service.mail.senders import FolderSender
from engine.service.ticking import keep_ticking
from webapp.commands.output import say
from webapp.commands.serve import host_option, port_option, serve_until_stopped, server_of
from webapp.commands.settings import Settings
from webapp.commands.work import loops, tell
from webapp.config import for_demonstration
from webapp.demo.past import DAYS
from webapp.demo.running import set_up, whose_work

DATABASE = Path("var/demo.db")


@click.command("demo", short_help="Show the demonstration council on this machine.")
@host_option
@port_option
@click.option("--no-serve", is_flag=True, help="Only set the council up.")
@click.option("--days", type=click.IntRange(7, 365), default=DAYS, show_default=True, help="How long it has lived.")
@click.option("--fresh", is_flag=True, help="Begin again: forget everything that was done in the demonstration.")
def command(host: str, port: int, no_serve: bool, days: int, fresh: bool) -> None:
    """Show the demonstration council on this machine, with seven months of life.

    Its people and cases are invented, and everybody signs in by choosing a name. What happened to them is played
    through first, in half a minute. It is kept in var/demo.db until --fresh; its letters are written into var/mail.
    CASEFILE_DATABASE plays no part.
    """
    if fresh or not DATABASE.exists():
        say("Setting up the demonstration council. Months of work are played through first:")
    engine = set_up(DATABASE, fresh, days, _tell_month)
    try:
        if no_serve:
            say(f"The demonstration council is in {DATABASE}.")
        else:
            _serve(engine, host, port)
    finally:
        engine.database.close()


def _tell_month(day: date) -> None:
    say(f"  In {day:%B %Y} cases are drawn, audited and put right …")


def _serve(engine: Engine, host: str, port: int) -> None:
    settings, stop = Settings(), Event()
    server = server_of(engine, for_demonstration(), host, port)
    head = Letterhead(settings.mail_from, f"http://{host}:{port}", settings.council)
    doing = loops(engine, FolderSender(settings.mail_folder), head, stop)
    working = Thread(target=keep_ticking, args=(doing, stop, tell), daemon=True)
    working.start()
    try:
        serve_until_stopped(server, partial(_announce, engine, f"http://{host}:{port}/"))
    finally:
        stop.set()
        working.join()


def _announce(engine: Engine, address: str) -> None:
    say(f"\nOpen {address} and choose who to sign in as. There is work for:")
    for line in whose_work(engine):
        say(f"  {line}")
    say("Ctrl+C stops it.")
