"""Whatever is asked, the interface answers as its OpenAPI document says; the long run is in tests/torture."""

from dataclasses import replace

import pytest

from engine.service.people.tokens import SCOPES
from tests.factories.application import application
from tests.factories.contract import explore
from tests.webapp.api.operations import Operations
from webapp.config import for_demonstration

EXAMPLES = 6


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def operations(council) -> Operations:
    """Without a bound on how often a token may ask."""
    return Operations(council, application(council.engine, replace(for_demonstration(), requests_a_minute=10**9)))


def test_no_answer_is_a_failure_or_undocumented(operations):
    tokens = {"tasks": operations.tokens["mo"], "": operations.tokens["asha"]}
    found = explore(operations.app, tokens, operations.known, EXAMPLES)
    assert {200, 404, 422} <= set(found)


def test_a_client_can_learn_everything_without_a_token(operations):
    answer = operations.app.test_client().get("/api/v1/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.json["openapi"] == "3.1.0"
    assert all(scope in answer.json["components"]["securitySchemes"]["bearer"]["description"] for scope in SCOPES)
