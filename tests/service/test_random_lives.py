"""Fifty random lives of a council, always the same ones; thousands of others are played by the long proofs."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.lives.machine import Life

FEW = settings(
    max_examples=50,
    stateful_step_count=20,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_whatever_happens_to_a_council_its_rules_hold() -> None:
    run_state_machine_as_test(Life, settings=FEW)
