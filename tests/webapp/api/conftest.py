"""The interface over the demonstration council, on both databases."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from engine.service.people import tokens
from tests.factories.council import Council

Send = Callable[..., Any]


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request) -> str:
    return request.param


@pytest.fixture
def secret(council: Council) -> Callable[..., str]:
    """secret("closure:read") makes a token with these scopes, for a `person` where it acts for one."""

    def make(*scopes: str, name: str = "carefirst", person: str | None = None) -> str:
        return tokens.make(council.engine, "asha", name, scopes, person)

    return make


@pytest.fixture
def send(app: Flask) -> Send:
    """send(method, path, token, ...) is the answer to a request of another system."""

    def ask(method: str, path: str, token: str | None, **more: Any) -> Any:
        headers = {**({"Authorization": f"Bearer {token}"} if token else {}), **more.pop("headers", {})}
        return app.test_client().open(path, method=method, headers=headers, **more)

    return ask
