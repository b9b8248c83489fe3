"""Audit periods over the interface: for those who see them on the pages, without the hidden selection."""

import json

import pytest

from engine.domain.sampling import redraw
from engine.service.audits import cycles
from engine.service.audits.cycles import frame_by_stratum
from tests.service.monthly import PERIOD, assigned, draw, release


@pytest.fixture
def asha(secret) -> str:
    return secret("cycles:read", person="asha")


def test_periods_are_listed_with_how_far_each_has_come(council, send, asha):
    draw(council)
    release(council)
    answer = send("GET", "/api/v1/cycles", asha).json
    listed = next(one for one in answer["items"] if one["id"] == PERIOD)
    assert (listed["sample"], listed["audits"], listed["done"]) == (14, len(assigned(council)), 0)
    assert send("GET", f"/api/v1/cycles/{PERIOD}", asha).json == listed
    assert send("GET", "/api/v1/cycles/2020-01", asha).status_code == 404


def test_the_certificate_is_enough_to_draw_again_and_its_reading_is_on_record(council, send, asha):
    path = f"/api/v1/cycles/{PERIOD}/certificate"
    assert send("GET", path, asha).status_code == 409
    draw(council)
    told = send("GET", path, asha).json
    frame = council.ask(lambda question: frame_by_stratum(question, PERIOD))
    assert redraw(told["certificate"], frame) == cycles.drawn_again(council.engine, PERIOD)
    assert council.events(f"cycle {PERIOD}")[-1].actor == "asha"


def test_nothing_tells_which_audits_are_drawn_for_quality_assurance(council, send, asha):
    draw(council)
    release(council)
    paths = ("", f"/{PERIOD}", f"/{PERIOD}/certificate")
    told = json.dumps([send("GET", f"/api/v1/cycles{path}", asha).json for path in paths])
    assert "selected" not in told
    assert "quality_rank" not in told


def test_who_may_not_see_them_on_a_page_does_not_see_them_here(council, send, secret):
    draw(council)
    kim = secret("cycles:read", person="kim")
    for path in ("", f"/{PERIOD}", f"/{PERIOD}/certificate"):
        assert send("GET", f"/api/v1/cycles{path}", kim).status_code == 403
