"""Pages that staff open all day, among a few and among many waiting instances, as Flask answers them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from tests.benchmarks.measuring import Figure, Work, in_turn, milliseconds, ratio
from tests.factories.council import Council
from tests.factories.visitor import Visitor
from webapp.application import create_app
from webapp.config import for_demonstration

ROUNDS = 7
LONG = timedelta(days=400)


def pages(small: Council, large: Council, wanted: Mapping[str, tuple[str, str]]) -> Iterator[Figure]:
    """Compare pages, by name, of two councils: who opens it, and its address."""
    apps = [create_app(found.engine, replace(for_demonstration(), longest=LONG)) for found in (small, large)]
    for name, (person, address) in wanted.items():
        few, many = (Visitor(app).sign_in(person).client for app in apps)
        times = in_turn((_open(many, address), _open(few, address)) for _ in range(ROUNDS + 1))[1:]
        yield Figure(f"{name}: among many / few", ratio(times), "times", 1.5)
        yield Figure("… among many", milliseconds([one for one, _ in times]), "ms")


def _open(client: FlaskClient, address: str) -> Work:
    def work() -> None:
        response: Any = client.get(address)
        assert response.status_code == 200, (address, response.status_code)

    return work
