"""Twenty-eight drawings that SpiffWorkflow takes without complaint and does not carry out as drawn.

Each is shown twice: what the stock library makes of it, and that the linter names it at the right element.
"""

import pytest

from tests.factories.diagrams import chain, end, start, user
from tests.factories.policies import codes
from tests.factories.silence import errand
from tests.factories.silent_events import SILENT_EVENTS
from tests.factories.silent_tasks import SILENT_TASKS
from tests.factories.stock import ready, stock, stock_library

SILENT = {**SILENT_EVENTS, **SILENT_TASKS}


def test_there_are_twenty_eight() -> None:
    assert len(SILENT) == 28


@pytest.mark.parametrize("name", SILENT)
def test_stock_library_says_nothing(name: str) -> None:
    with stock_library():
        SILENT[name].proof(SILENT[name].drawing)


@pytest.mark.parametrize("name", SILENT)
def test_linter_names_it(name: str) -> None:
    silent = SILENT[name]
    assert silent.code in codes(silent.drawing).get(silent.element, set())


def test_the_same_errand_drawn_well_has_no_problem() -> None:
    well = errand(start(), user("fetch"), end(), chain("begun", "fetch", "done"))
    assert codes(well) == {}
    with stock_library():
        assert ready(stock(well)) == ["fetch"]
