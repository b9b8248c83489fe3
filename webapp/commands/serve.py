"""casefile serve."""

import os
import signal
from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any, NoReturn

import click

from engine.service.council import set_up
from engine.service.engine import Engine
from engine.service.policy import deployments
from webapp import config
from webapp.commands.deploy import BY_COMMAND
from webapp.commands.output import note, say
from webapp.commands.settings import council
from webapp.config import Config

THREADS = 8
host_option = click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
port_option = click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on."
)


@click.command("serve", short_help="Serve the pages.")
@host_option
@port_option
@click.option("--threads", type=click.IntRange(1, 64), default=THREADS, show_default=True, help="Requests at once.")
@click.option("--proxy", metavar="ADDRESS", help="The reverse proxy in front, whose word on readers is believed.")
def command(host: str, port: int, threads: int, proxy: str | None) -> None:
    """Serve the pages, until told to stop (Ctrl+C, or SIGTERM).

    Put it behind a reverse proxy that encrypts, and let casefile work run beside it. CASEFILE_SECRET_KEY (32 characters
    or more), CASEFILE_HOSTS (the names that it answers to) and CASEFILE_DATABASE must be set; CASEFILE_COUNCIL is the
    council's name.

    People sign in by password, or by the council's provider (OpenID Connect) when CASEFILE_OIDC_METADATA is the address
    of its metadata, and CASEFILE_OIDC_CLIENT and CASEFILE_OIDC_SECRET are Casefile's there. The provider must lead back
    to /sign-in/council/back. CASEFILE_OIDC_SUBJECT is the claim that people are known by for good (sub unless it is
    set; oid for Microsoft Entra ID), to which casefile account links them; CASEFILE_OIDC_USERNAME a claim with the
    username by which they are linked at first; CASEFILE_OIDC_ROLE a role that they must have. That role lets them in
    and no more: no role or group of the provider becomes a post here. Posts and teams stand in the directory alone, and
    who has left there is not let in, whatever the provider says.
    """
    settings = config.from_environment(os.environ)
    with council() as engine:
        if deployments.number_in_force(engine) is None:
            note("No policy is in force yet: casefile deploy puts one there.")
        tell_code(engine)
        server = server_of(engine, settings, host, port, threads, proxy)
        serve_until_stopped(server, lambda: say(f"Serving on http://{host}:{port}/ – Ctrl+C stops it."))
    say("Stopped.")


def tell_code(engine: Engine) -> None:
    """Show the code with which the first administrator sets the council up, while nobody is in the directory."""
    code = set_up.make_code(engine, BY_COMMAND)
    if code is not None:
        say(f"Nobody is in the directory yet. Open /set-up and enter this code within 24 hours: {code}")


def server_of(
    engine: Engine, settings: Config, host: str, port: int, threads: int = THREADS, proxy: str | None = None
) -> Any:
    """Return the server of a council's pages, listening already; OSError when the port is taken."""
    # The pages are read in only by those who serve them: every other command starts without Flask.
    from waitress import create_server

    from webapp.application import create_app

    believed: dict[str, Any] = {}
    if proxy is not None:
        headers = {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"}
        believed = {"trusted_proxy": proxy, "trusted_proxy_count": 1, "trusted_proxy_headers": headers}
    return create_server(create_app(engine, settings), host=host, port=port, threads=threads, ident=None, **believed)


def serve_until_stopped(server: Any, announce: Callable[[], None]) -> None:
    """Announce and answer requests until Ctrl+C or SIGTERM; what is being answered then is answered first."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    with suppress(SystemExit), closing(server):
        announce()
        server.run()


def _stop(*_signal: object) -> NoReturn:
    raise SystemExit(0)
