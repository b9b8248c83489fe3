"""A snapshot is deployed whole or not at all, built once, and kept."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.bpmn import definitions
from engine.bpmn.definitions import Snapshot, check, deployment_of, forget, rebuilt, snapshot_of
from engine.errors import NotDeployable, NotFound
from engine.service.vocabulary import vocabulary
from tests.factories.diagrams import chain, script, user
from tests.factories.policies import VOCABULARY
from tests.factories.snapshots import ERRAND_FILE, GOOD, deployed, errand, snapshot, workflow_of
from tests.factories.stock import ready, stock_library
from tests.factories.timing import least_seconds

ROOT = Path(__file__).parents[2]


def numbered(number: int) -> Snapshot:
    return snapshot({"processes/README.md": b"edition %d" % number})


def test_what_cannot_be_deployed_says_everything() -> None:
    with pytest.raises(NotDeployable) as refusal:
        deployed(errand(user("fetch"), chain("begun", "fetch", "hear"), script("lost", "x = 1")))
    assert {problem.code for problem in refusal.value.problems} == {"unreachable", "no-way-out"}
    assert refusal.value.sentence.startswith("2 problems must be mended")


def test_a_deployment_gives_what_it_holds_by_name() -> None:
    deployment = deployment_of(snapshot(), VOCABULARY)
    assert deployment.digest == snapshot().digest
    assert deployment.definition("errand").name == "Errand"
    assert deployment.definition("errand").xml == GOOD[ERRAND_FILE]
    assert deployment.form("answer.json").title == "Answer"
    assert deployment.notice("assigned").subject == "An errand for you"
    assert deployment.decision("weather").decide({"sky": "grey"}, deployment.language({})) == {"umbrella": True}


def test_what_a_deployment_does_not_hold_is_not_found() -> None:
    deployment = deployment_of(snapshot(), VOCABULARY)
    for ask in (deployment.definition, deployment.form, deployment.notice, deployment.decision):
        with pytest.raises(NotFound, match="called “nothing”"):
            ask("nothing")


def test_a_deployment_is_built_once_for_all_threads() -> None:
    files = numbered(1_000)
    with ThreadPoolExecutor(8) as pool:
        built = list(pool.map(lambda _: deployment_of(files, VOCABULARY), range(8)))
    assert len({id(one) for one in built}) == 1


def test_only_the_last_deployments_are_kept() -> None:
    first = deployment_of(numbered(0), VOCABULARY)
    for number in range(1, definitions.MOST_KEPT + 1):
        deployment_of(numbered(number), VOCABULARY)
    again = deployment_of(numbered(0), VOCABULARY)
    assert again is not first
    assert again.digest == first.digest


def test_a_deployment_that_is_used_stays_kept() -> None:
    first = deployment_of(numbered(0), VOCABULARY)
    for number in range(1, 3 * definitions.MOST_KEPT):
        deployment_of(numbered(number), VOCABULARY)
        assert deployment_of(numbered(0), VOCABULARY) is first


def test_what_was_checked_is_not_built_again_to_run() -> None:
    files = numbered(2_000)
    assert deployment_of(files, VOCABULARY) is rebuilt(files)


def test_a_forgotten_deployment_is_built_anew() -> None:
    first = deployment_of(snapshot(), VOCABULARY)
    forget(first)
    assert deployment_of(snapshot(), VOCABULARY) is not first
    assert rebuilt(snapshot()) is not first


def test_a_kept_deployment_is_found_at_once() -> None:
    files = snapshot()
    deployment_of(files, VOCABULARY)
    assert least_seconds(lambda: [deployment_of(files, VOCABULARY) for _ in range(2_000)]) < 0.04


def test_a_deployment_accepted_before_outlives_stricter_rules() -> None:
    undocumented = errand(user("fetch"), chain("begun", "fetch", "hear")).replace(b"Manual 7", b" ")
    files = snapshot({ERRAND_FILE: undocumented})
    with pytest.raises(NotDeployable):
        deployment_of(files, VOCABULARY)
    deployment = rebuilt(files)
    assert deployment is rebuilt(files)
    with stock_library():
        assert ready(workflow_of(deployment.definition("errand"))) == ["fetch"]


@pytest.mark.parametrize("content", [b"<a", b"<a/>"])
def test_what_cannot_be_read_cannot_be_rebuilt(content: bytes) -> None:
    with pytest.raises(NotDeployable):
        rebuilt(snapshot({ERRAND_FILE: content}))


def test_this_release_can_be_deployed_and_is_checked_quickly() -> None:
    files, words = snapshot_of(ROOT), vocabulary()
    assert check(files, words) == []
    assert least_seconds(lambda: check(files, words)) < 1.5
