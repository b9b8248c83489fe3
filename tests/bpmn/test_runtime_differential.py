"""On every walk over every diagram our runtime looks like stock SpiffWorkflow, in memory and written and read again:
the same open tasks with the same data, the same due moments, the same operations called, the same end and result.
"""

import os
import time
import uuid
from datetime import datetime

import pytest
import SpiffWorkflow.bpmn.specs.event_definitions.timer as timer_module
import SpiffWorkflow.task as task_module

from engine.bpmn.runtime import library, timers
from tests.factories.constructs import CONSTRUCTS, construct
from tests.factories.drawings import OUR_PROCESSES, ours
from tests.factories.stock import stock_library
from tests.factories.walks import Walk

WALKS = 30
SERIALIZED = 6
SEED = int(os.environ.get("CASEFILE_WALK_SEED", "0"))
"""The first of the seeds; a failure tells the one it happened with."""


def walk_all(drawing) -> None:
    walks = [Walk(drawing, seed, serialized=seed % SERIALIZED == 0).go() for seed in range(SEED, SEED + WALKS)]
    assert any(walk.seen.finished for walk in walks)


@pytest.mark.parametrize("process", OUR_PROCESSES)
def test_a_process_of_the_council_runs_as_on_the_stock_library(process):
    walk_all(ours(process))


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_a_construct_runs_as_on_the_stock_library(name):
    walk_all(construct(name))


def test_the_stock_side_runs_on_none_of_our_parts():
    with stock_library():
        assert task_module.uuid4 is uuid.uuid4
        assert task_module.time is time
        assert timer_module.datetime is datetime
        assert all(vars(place)[name] is part for place, name, part in library.STOCK)
    assert all(vars(place)[name] is not part for place, name, part in library.STOCK)


def test_a_walk_notices_what_goes_wrong(monkeypatch):
    monkeypatch.setattr(timers, "fire_due", lambda *_: None)
    with pytest.raises(AssertionError, match="our runtime is not like stock in memory"):
        walk_all(construct("timers on one task"))
