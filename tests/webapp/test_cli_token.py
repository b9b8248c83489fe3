"""casefile token: makes, lists and revokes the tokens of other systems."""

from pathlib import Path

import pytest
from alembic import command

from engine.service.people import tokens
from engine.store import migration
from tests.factories.council import Council
from tests.factories.terminal import Terminal


@pytest.fixture
def here(council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal at the council's database."""
    monkeypatch.chdir(tmp_path)
    with council.database.transaction() as connection:
        command.stamp(migration.configured(connection), "head")
    return Terminal(tmp_path, CASEFILE_DATABASE=council.database.url.render_as_string(hide_password=False))


def test_a_token_is_shown_once_and_opens_what_its_scopes_say(here: Terminal, council: Council) -> None:
    made = here("token", "make", "carefirst", "--scope", "closure:read", "--json").json
    assert tokens.known(council.engine, made["token"]).name == "carefirst"
    assert made["scopes"] == ["closure:read"]
    listed = here("token", "list", "--json")
    kept = {"name": "carefirst", "scopes": ["closure:read"], "person": None, "revoked": False}
    assert listed.json == {"tokens": [kept]}
    assert made["token"] not in here("token", "list").text


def test_a_revoked_token_is_listed_as_such(here: Terminal, council: Council) -> None:
    secret = here("token", "make", "carefirst", "--scope", "extracts:write").text.splitlines()[0]
    assert here("token", "revoke", "carefirst").code == 0
    assert tokens.known(council.engine, secret) is None
    assert "revoked" in here("token", "list").text.splitlines()[-2]


@pytest.mark.parametrize(
    "words",
    [
        ("make", "carefirst", "--scope", "everything"),
        ("make", "Care First", "--scope", "closure:read"),
        ("make", "tablet", "--scope", "tasks:read"),
        ("make", "tablet", "--scope", "tasks:read", "--person", "nobody"),
        ("revoke", "nobody"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(here: Terminal, words: tuple[str, ...]) -> None:
    answer = here("token", *words)
    assert (answer.code, answer.beside.startswith("Error: ")) == (1, True)


def test_a_token_of_a_person_names_them(here: Terminal) -> None:
    made = here("token", "make", "kims-tablet", "--scope", "tasks:read", "--person", "kim", "--json").json
    assert made["person"] == "kim"
    assert " kim " in here("token", "list").text


def test_without_tokens_the_list_says_so(here: Terminal) -> None:
    assert here("token", "list").text == "There are no tokens yet.\n"
