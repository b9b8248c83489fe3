"""Problems by RFC 9457: each has a title, a status and a sentence."""

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from engine.errors import Invalid
from webapp.api import problems


@pytest.fixture
def app() -> Flask:
    return Flask("test")


def test_a_refusal_of_fields_names_them(app: Flask) -> None:
    with app.test_request_context("/api/v1/extracts"):
        answer = problems.refused(Invalid({"rows": ["Send at least one row."]}))
    assert answer.status_code == 422
    assert answer.json["errors"] == {"rows": ["Send at least one row."]}
    assert answer.mimetype == "application/problem+json"


def test_an_error_of_the_protocol_keeps_its_status(app: Flask) -> None:
    with app.test_request_context("/api/v1/x"):
        body = problems.http(NotFound()).json
    assert (body["status"], body["title"], body["type"]) == (404, "Not Found", "about:blank")


@pytest.mark.parametrize(("path", "asked"), [("/api/v1/x", True), ("/apis", False), ("/", False)])
def test_only_addresses_of_the_interface_answer_with_problems(app: Flask, path: str, asked: bool) -> None:
    with app.test_request_context(path):
        assert problems.is_asked() is asked
