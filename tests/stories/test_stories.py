"""The manual's rules as examples that run: every story passes word for word against the policy of the checkout."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from engine.service.policy.deployments import read_snapshot
from engine.service.rehearsal.run import FAILED, NOT_YET, Scenario, not_yet, rehearse, stories_of
from engine.service.rehearsal.stage import Council
from webapp.demo.council import people, teams
from webapp.demo.town import of_stories

ROOT = Path(__file__).parents[2]
SNAPSHOT = read_snapshot(ROOT)
STORIES = stories_of(SNAPSHOT)
PENDING = not_yet(SNAPSHOT)
COUNCIL = Council(list(people("people")), list(teams()), list(of_stories()))


@cache
def rehearsed(path: str) -> tuple[Scenario, ...]:
    return tuple(rehearse(SNAPSHOT, {path: STORIES[path]}, COUNCIL))


def by_pending(*, pending: bool) -> list[str]:
    return [path for path in STORIES if (Path(path).name in PENDING) is pending]


@pytest.mark.parametrize("path", by_pending(pending=False))
def test_every_scenario_of_a_story_passes(path: str) -> None:
    failed = {one.scenario: (one.step, one.message) for one in rehearsed(path) if one.status == FAILED}
    assert failed == {}


def test_a_story_that_passes_is_no_longer_listed_as_not_yet() -> None:
    passing = [path for path in by_pending(pending=True) if all(one.status != FAILED for one in rehearsed(path))]
    assert passing == [], f"take them out of {NOT_YET}"


def test_only_known_stories_are_listed_as_not_yet() -> None:
    assert {Path(path).name for path in STORIES} >= PENDING


def altered(path: str, old: str, new: str) -> Mapping[str, bytes]:
    text = SNAPSHOT[path].decode()
    assert old in text
    return {**SNAPSHOT, path: text.replace(old, new).encode()}


def test_a_story_fails_when_the_policy_it_tells_is_changed() -> None:
    deadlines = "processes/deadlines.dmn"
    changed = altered(deadlines, "<text>20</text>", "<text>15</text>")
    story = {path: text for path, text in STORIES.items() if "02_audit" in path}
    failed = [one for one in rehearse(changed, story, COUNCIL) if one.status == FAILED]
    assert any("due Tue 12 Jan 2027" in one.step and "5 Jan 2027" in one.message for one in failed)
