"""Every page is looked at by a browser at both widths: each route that answers with one stands on the tour."""

import re

import pytest

from engine.service.clock import VirtualClock
from engine.service.engine import Engine
from engine.store.database import Database
from tests.browser.tour import NO_PAGES, TOUR
from tests.factories.council import MORNING
from webapp.application import create_app
from webapp.config import Config
from webapp.provider import Provider

API = re.compile(r"api\b")


@pytest.fixture(scope="module")
def routes(tmp_path_factory):
    """The routes of an application that has everything, a provider of identities too."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('routes') / 'no.db'}")
    provider = Provider("https://login.example/metadata", "casefile", "a secret")
    app = create_app(Engine(database, VirtualClock(MORNING)), Config("k" * 40, provider=provider))
    yield app.url_map
    database.close()


def readable(routes):
    return {rule.endpoint for rule in routes.iter_rules() if "GET" in rule.methods and not API.match(rule.endpoint)}


def toured(routes):
    adapter = routes.bind("127.0.0.1")
    stops = [stop for scene in TOUR.values() for those in scene.values() for stop in those]
    return {adapter.match(re.sub(r"\{\w+\}", "1", stop.partition("?")[0]))[0] for stop in stops}


def test_every_page_is_on_the_tour(routes):
    assert readable(routes) - set(NO_PAGES) - toured(routes) == set()


def test_nothing_on_the_list_of_no_pages_is_out_of_date(routes):
    assert set(NO_PAGES) - readable(routes) == set()
    assert set(NO_PAGES) & toured(routes) == set()
