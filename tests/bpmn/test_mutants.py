"""However a diagram is damaged, it is refused with problems; nothing else leaves, and its neighbours stay sound."""

import pytest

from engine.bpmn.definitions import check, deployment_of
from engine.bpmn.specs import Specs, specs_of
from engine.domain.problems import Problem
from engine.errors import NotDeployable, Unreadable
from tests.factories.everything import EVERYTHING
from tests.factories.mutants import mutants
from tests.factories.policies import VISIT, VOCABULARY, model
from tests.factories.snapshots import ERRAND, ERRAND_FILE, snapshot

ORIGINALS = [EVERYTHING, ERRAND]
ACROSS_FILES = {"message-not-caught", "message-not-sent", "unknown-process", "repeated-process", "payload-dropped"}


def judge(mutant: bytes) -> None:
    """Check a mutant in a good snapshot; a sound one is deployed, and its specs can be built or are refused."""
    files = snapshot({ERRAND_FILE: mutant})
    problems = check(files, VOCABULARY)
    assert all(isinstance(problem, Problem) and problem.message for problem in problems)
    assert {one.code for one in problems if one.file != ERRAND_FILE} <= ACROSS_FILES
    try:
        deployment_of(files, VOCABULARY)
    except NotDeployable as refusal:
        assert refusal.problems == tuple(problems)
    else:
        assert problems == []


def parse(mutant: bytes) -> None:
    """Hand a mutant to SpiffWorkflow's parser although the linter would not."""
    try:
        damaged = model(mutant)
    except Unreadable:
        return
    models = {"visit": model(VISIT, "processes/visit.bpmn"), damaged.process_id: damaged}
    assert isinstance(specs_of(damaged, models, {}), Specs | Problem)


def test_the_originals_are_sound() -> None:
    for original in ORIGINALS:
        assert check(snapshot({ERRAND_FILE: original}), VOCABULARY) == []


def test_damaged_diagrams_are_refused_and_nothing_else_happens() -> None:
    for mutant in mutants(ORIGINALS, 60, seed=1):
        judge(mutant)


def test_the_stock_parser_behind_our_bounds_only_refuses() -> None:
    for mutant in mutants(ORIGINALS, 150, seed=2):
        parse(mutant)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"<a/>", EVERYTHING[: len(EVERYTHING) // 2]])
def test_files_that_are_no_diagram(content: bytes) -> None:
    judge(content)
