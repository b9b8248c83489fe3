"""Deployments: what is in force from when, and that an earlier policy may come back."""

from datetime import timedelta

import pytest

from engine.errors import NotDeployable
from engine.service import deployments
from tests.factories.council import SOMEBODY, Council, policy

CHANGED = {"processes/README.md": b"# The policy, as changed by a test"}


def in_force(council: Council) -> int:
    return council.ask(lambda question: question.number_in_force)


def test_the_policy_in_force_is_not_deployed_twice(council: Council) -> None:
    assert council.deploy({}) == in_force(council) == 1
    assert council.deploy(CHANGED) == in_force(council) == 2
    assert council.deploy(CHANGED) == 2


def test_an_earlier_policy_may_come_back(council: Council) -> None:
    first = in_force(council)
    council.deploy(CHANGED)
    again = council.deploy({})
    assert again not in (first, 2)
    assert in_force(council) == again


def test_a_policy_comes_into_force_at_its_moment(council: Council) -> None:
    start = council.clock.now() + timedelta(days=10)
    number = council.deploy(CHANGED, start)
    assert in_force(council) != number
    council.pass_to(start)
    assert in_force(council) == number


def test_a_policy_with_problems_leaves_the_one_in_force(council: Council) -> None:
    before = in_force(council)
    with pytest.raises(NotDeployable):
        council.deploy({"processes/deadlines.dmn": b"not a table"})
    assert in_force(council) == before


def test_what_is_exported_is_what_was_deployed(council: Council, tmp_path) -> None:
    number = council.deploy(CHANGED)
    written = deployments.export(council.engine, tmp_path)
    assert {path.relative_to(tmp_path).as_posix() for path in written} == set(policy())
    assert deployments.read_snapshot(tmp_path) == {**policy(), **CHANGED}
    assert deployments.deploy(council.engine, SOMEBODY, deployments.read_snapshot(tmp_path), "again") == number
