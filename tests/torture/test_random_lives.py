"""Two thousand random lives of a council, others in every run; the seed that is printed plays the same ones again."""

import os
import random
from functools import partial

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.factories.databases import Shelf
from tests.factories.share import share
from tests.lives.machine import Life
from tests.lives.town import on_a_server

SEED = int(os.environ.get("CASEFILE_LIFE_SEED", random.randrange(2**32)))
MANY = settings(
    max_examples=share(2000),
    stateful_step_count=30,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.torture
def test_whatever_happens_to_a_council_its_rules_hold() -> None:
    print(f"CASEFILE_LIFE_SEED={SEED}")
    run_state_machine_as_test(seed(SEED)(Life), settings=MANY)


@pytest.mark.torture
def test_the_same_holds_on_a_server(shelf: Shelf) -> None:
    class LifeOnAServer(Life):
        lives_in = staticmethod(partial(on_a_server, shelf))

    print(f"CASEFILE_LIFE_SEED={SEED}")
    run_state_machine_as_test(seed(SEED)(LifeOnAServer), settings=settings(MANY, max_examples=share(200)))
