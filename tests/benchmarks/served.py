"""Applications served in a process of their own, as casefile serve does it, and browsers that stay connected."""

import logging
import multiprocessing
import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode, urlsplit

from waitress import create_server

from engine.service.clock import VirtualClock
from engine.service.engine import Engine
from engine.store.database import Database
from tests.benchmarks import bare
from tests.factories.visitor import Page
from webapp.commands.serve import THREADS, server_of
from webapp.config import Config

HOST = "127.0.0.1"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PASSWORD = "a password for measuring only"
LONGEST_WAIT = 60


def serve_casefile(url: str, moment: datetime, port: Any) -> None:
    """Serve Casefile over a database until killed, at a moment that stands still; send the port."""
    with Path(os.devnull).open("w") as nowhere:
        logging.getLogger("casefile.access").addHandler(logging.StreamHandler(nowhere))
        logging.getLogger("casefile.access").setLevel(logging.INFO)
        engine = Engine(Database(url), VirtualClock(moment))
        server = server_of(engine, Config(bare.KEY, hosts=(HOST,)), HOST, 0)
        port.send(server.effective_port)
        server.run()


def serve_bare(url: str, _moment: datetime, port: Any) -> None:
    """Serve the yardstick in the same way."""
    server = create_server(bare.create_app(Database(url)), host=HOST, port=0, threads=THREADS, ident=None)
    port.send(server.effective_port)
    server.run()


@contextmanager
def served(serve: Any, url: str, moment: datetime) -> Iterator[int]:
    """The port of an application served meanwhile."""
    spawning = multiprocessing.get_context("spawn")
    here, there = spawning.Pipe()
    process = spawning.Process(target=serve, args=(url, moment, there), daemon=True)
    process.start()
    try:
        assert here.poll(LONGEST_WAIT), "the server did not start"
        yield here.recv()
    finally:
        process.terminate()
        process.join()


@dataclass(frozen=True)
class Sent:
    """A request that is ready: what a click sends."""

    address: str
    fields: bytes | None = None


class Browser:
    """One connection that is kept alive, and its cookies."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection(HOST, port, timeout=LONGEST_WAIT)
        self._cookies: dict[str, str] = {}

    def close(self) -> None:
        self._connection.close()

    def send(self, sent: Sent) -> tuple[int, bytes, HTTPResponse]:
        """Send a request and read the answer to its end."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if sent.fields is None:
            self._connection.request("GET", sent.address, headers=headers)
        else:
            self._connection.request("POST", sent.address, sent.fields, {**headers, **FORM})
        with closing(self._connection.getresponse()) as response:
            body = response.read()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return response.status, body, response

    def open(self, address: str) -> Page:
        """Open a page, going where it leads."""
        status, body, response = self.send(Sent(address))
        if status in (302, 303):
            return self.open(urlsplit(response.headers["Location"]).path)
        answer: Any = SimpleNamespace(
            status_code=status,
            get_data=lambda as_text: body.decode() if as_text else body,
            request=SimpleNamespace(path=address),
        )
        return Page(self, answer)  # type: ignore[arg-type]  # this visitor comes over the wire

    def click(self, page: Page, button: str, typed: Mapping[str, Any] | None = None) -> Sent:
        """Return what a button would send."""
        address, fields = page.sent_by(button, dict(typed or {}))
        return Sent(address or page.path, urlencode(list(fields.items(multi=True))).encode())

    def sign_in(self, username: str) -> "Browser":
        """Sign in to Casefile by password."""
        page = self.open("/sign-in")
        status, body, _ = self.send(self.click(page, "Sign in", {"username": username, "password": PASSWORD}))
        assert status == 302, body.decode()
        return self

    def sign_in_bare(self, name: str) -> str:
        """Sign in to the yardstick; return the CSRF token."""
        status, body, _ = self.send(Sent(f"/sign-in/{name}"))
        assert status == 200, body.decode()
        return body.decode()
