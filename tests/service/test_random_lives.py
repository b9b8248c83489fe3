"""Random lives of a council on both databases, always the same ones; the long proofs play thousands of others."""

from functools import partial

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.factories.databases import Shelf
from tests.lives.machine import Life
from tests.lives.town import on_a_server

FEW = settings(
    max_examples=50,
    stateful_step_count=20,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_whatever_happens_to_a_council_its_rules_hold() -> None:
    run_state_machine_as_test(Life, settings=FEW)


def test_the_same_holds_on_a_server(shelf: Shelf) -> None:
    class LifeOnAServer(Life):
        lives_in = staticmethod(partial(on_a_server, shelf))

    run_state_machine_as_test(LifeOnAServer, settings=settings(FEW, max_examples=8))
