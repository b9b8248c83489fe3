"""casefile password: gives somebody a password to sign in with."""

import pytest
from click.testing import CliRunner

from engine.service.people import accounts
from tests.factories.application import application
from tests.factories.visitor import Visitor
from webapp.cli import main
from webapp.commands.settings import DATABASE
from webapp.config import Config

LONG = "four words stand together"


@pytest.fixture
def run(council, monkeypatch):
    """Runs the command on the council's database and returns its sentence or refusal."""
    monkeypatch.setenv(DATABASE, council.database.url.render_as_string(hide_password=False))
    monkeypatch.setattr("engine.service.composition.open_ready_council", lambda *_: council.engine)
    return lambda *words: CliRunner().invoke(main, ["password", *words])


def test_a_password_signs_in(council, run):
    assert run("kim", "--password", LONG).exit_code == 0
    app = application(council.engine, Config("k" * 40))
    app.config.update(SESSION_COOKIE_SECURE=False, SESSION_COOKIE_NAME="casefile")
    page = Visitor(app).open("/sign-in").press("Sign in", username="kim", password=LONG)
    assert page.path == "/"


def test_a_short_password_and_an_unknown_person_are_refused(run):
    assert run("kim", "--password", "short").exit_code == 1
    assert run("nobody", "--password", LONG).exit_code == 1


def test_the_hash_is_no_password(council, run):
    run("kim", "--password", LONG)
    assert LONG not in accounts.account(council.engine, "kim").password
