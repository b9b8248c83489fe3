"""The interface answers as its OpenAPI document says, however long it is asked, on both databases."""

from dataclasses import replace

import pytest

from tests.factories.application import application
from tests.factories.contract import explore
from tests.webapp.api.operations import Operations
from webapp.config import for_demonstration

EXAMPLES = 300


@pytest.mark.torture
@pytest.mark.parametrize("number", range(4))
def test_no_answer_is_a_failure_or_undocumented(council, number):
    app = application(council.engine, replace(for_demonstration(), requests_a_minute=10**9))
    operations = Operations(council, app)
    tokens = {"tasks": operations.tokens["mo"], "": operations.tokens["asha"]}
    found = explore(app, tokens, operations.known, EXAMPLES, number)
    assert {200, 400, 404, 409, 412, 422, 428} <= set(found)
