"""The tour of every page (tour.py): each opens, and nothing is wrong with it, wide or narrow."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from engine.store.database import Database
from tests.browser.conftest import LASTING, serve
from tests.browser.looking import complaints_about
from tests.browser.tour import TOUR
from tests.factories.council import MORNING, Council
from tests.factories.reported import CUT_OFF
from tests.factories.scenes import SCENES
from webapp.config import Config

# Which database a scene begins with, and when.
BEGINS = {"reports": ("reported", CUT_OFF), "empty": ("empty", MORNING)}
BY_PASSWORD = ("passwords", "empty")


@pytest.fixture
def council(shelf, backend, scene) -> Iterator[Council]:
    kind, start = BEGINS.get(scene, ("council", MORNING))
    with shelf.copy(backend, kind) as url:
        council = Council(Database(url), start)
        yield council
        council.close()


@pytest.fixture
def site(council, scene) -> Iterator[str]:
    with serve(council, Config("k" * 40) if scene in BY_PASSWORD else LASTING) as address:
        yield address


@pytest.mark.parametrize("scene", TOUR)
def test_pages_of(scene: str, council: Council, browse: Callable[..., Page], sign_in: Callable[..., Page]) -> None:
    known, found = SCENES[scene](council), []
    for reader, stops in TOUR[scene].items():
        page = sign_in(reader) if reader else browse()
        for stop in stops:
            answer = page.goto(stop.format(**known))
            name = re.sub(r"\W+", "-", f"{scene} {reader} {stop}").strip("-")
            found += complaints_about(page, name)
            if answer is None or answer.status != 200 or answer.request.redirected_from is not None:
                found.append(f"{stop} is not a page that {reader or 'a stranger'} may open: {page.title()}")
    assert not found, json.dumps(found, indent=1)
