"""The application over the demonstration council; its pages do not depend on the kind of database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from tests.factories.application import application
from tests.factories.council import Council
from tests.factories.visitor import Visitor
from webapp.config import for_demonstration


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def app(council: Council) -> Flask:
    """A sign-in lasts a year here, because the clock of a test may move by weeks."""
    return application(council.engine, replace(for_demonstration(), longest=timedelta(days=366)))


@pytest.fixture
def visit(app) -> Callable[[str], Visitor]:
    """visit("kim") is somebody signed in as Kim."""
    return lambda username: Visitor(app).sign_in(username)
