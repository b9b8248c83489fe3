"""Thousands of walks over every diagram, on our runtime and on stock SpiffWorkflow, all alike."""

import os
import random

import pytest

from tests.factories.constructs import CONSTRUCTS, construct
from tests.factories.drawings import OUR_PROCESSES, ours
from tests.factories.walks import Walk

COUNT = int(os.environ.get("CASEFILE_WALK_COUNT", "6000"))
SEED = int(os.environ.get("CASEFILE_WALK_SEED", random.randrange(2**32)))
DRAWINGS = [*CONSTRUCTS, *OUR_PROCESSES]
SHARE = max(1, COUNT // len(DRAWINGS))
"""How many walks each drawing gets; more, where some element was not come to by then."""


@pytest.mark.torture
@pytest.mark.parametrize("name", DRAWINGS)
def test_every_walk_looks_the_same_and_they_come_everywhere(name):
    print(f"CASEFILE_WALK_SEED={SEED}")
    drawing = construct(name) if name in CONSTRUCTS else ours(name)
    elements = drawing.deployment.definition(drawing.process).elements.keys()
    passed: set[str] = set()
    for number in range(10 * SHARE):
        if number >= SHARE and elements - passed == drawing.out_of_reach:
            break
        passed |= Walk(drawing, SEED + number).go().passed
    assert elements - passed == drawing.out_of_reach
