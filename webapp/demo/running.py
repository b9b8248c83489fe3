"""Runs the demonstration on this machine: a council set up anew, and the pages to look at it."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import click
from waitress import create_server

from engine.service import accounts, clockwork, work
from engine.service.composition import open_council
from engine.service.engine import Engine
from webapp.application import create_app
from webapp.config import for_demonstration
from webapp.demo import past
from webapp.demo.council import CHECKOUT

DATABASE = CHECKOUT / "var" / "demonstration.db"
TICK_SECONDS = 15
THREADS = 8


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
def demo(host: str, port: int) -> None:
    """Show the demonstration council, set up anew with two months of life."""
    click.echo("Setting up the demonstration council …")
    engine = fresh(DATABASE)
    past.live(engine)
    server = create_server(create_app(engine, for_demonstration()), host=host, port=port, threads=THREADS)
    click.echo(f"\nOpen http://{host}:{port}/ and choose who to sign in as. There is work for:")
    for line in whose_work(engine):
        click.echo(f"  {line}")
    click.echo("Press Ctrl+C to stop.")
    stop = Event()
    Thread(target=tick, args=(engine, stop), daemon=True).start()
    try:
        server.run()
    finally:
        stop.set()
        server.close()
        engine.database.close()


def fresh(path: Path) -> Engine:
    """Return an engine over a new and empty database at `path`; what was there is removed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    engine = open_council(f"sqlite:///{path}")
    engine.database.create_tables()
    return engine


def whose_work(engine: Engine) -> Iterator[str]:
    """Yield a line for everybody who has work: the name, the post and the first task."""
    for person in accounts.everybody(engine):
        page = work.inbox(engine, person.username)
        if page.total:
            yield f"{person.name:8} {person.post}: {page.rows[0].title}"


def tick(engine: Engine, stop: Event) -> None:
    """Do what falls due, until told to stop."""
    while not stop.wait(TICK_SECONDS):
        clockwork.tick(engine)
