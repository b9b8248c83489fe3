"""Drawing again says case by case whether anything was changed after the draw (I-07)."""

from copy import deepcopy

import pytest

from engine.domain.redrawing import repeat
from engine.domain.sampling import certify, draw

FRAME = {"LAC": [f"CF-{number}" for number in range(100, 140)], "CWD": [f"CF-{number}" for number in range(200, 210)]}


@pytest.fixture
def certificate():
    drawn = draw(FRAME, {"LAC": 8, "CWD": 3}, "5eed", "2026-11")
    moments = {"locked_at": "2026-11-10T09:00:00+00:00", "seed_made_at": "2026-11-10T10:00:00+00:00"}
    return certify(drawn, allocation="proportional", guide="1", **moments)


def test_nothing_changed_is_the_same_case_by_case(certificate):
    found = repeat(certificate, FRAME)
    assert found.is_same
    assert found.differing is None
    assert {one.stratum: one.same for one in found.strata} == {
        stratum: tuple(facts["cases"]) for stratum, facts in certificate["strata"].items()
    }
    assert found.cases == 11


def test_a_case_put_into_the_sample_is_named_with_the_one_it_replaced(certificate):
    forged = deepcopy(certificate)
    left = forged["strata"]["LAC"]["cases"].pop(2)
    put = next(case for case in FRAME["LAC"] if case not in certificate["strata"]["LAC"]["cases"])
    forged["strata"]["LAC"]["cases"].insert(2, put)
    found = repeat(forged, FRAME)
    assert found.differing == "strata"
    lac, cwd = found.strata
    assert (lac.only_certified, lac.only_repeated, len(lac.same)) == ((put,), (left,), 7)
    assert cwd.is_same
    assert not lac.is_same


def test_a_case_added_to_the_list_is_told_even_when_the_sample_is_the_same(certificate):
    found = repeat(certificate, {**FRAME, "CWD": [*FRAME["CWD"], "CF-999"]})
    assert found.differing == "frame_sha256"
    assert not found.is_same
    assert found.strata[0].is_same


def test_another_seed_gives_other_cases(certificate):
    found = repeat({**certificate, "seed": "other"}, FRAME)
    assert found.differing == "strata"
    assert any(one.only_repeated for one in found.strata)


@pytest.mark.parametrize("frame", [{}, {"LAC": ["CF-100"], "CWD": []}, {"LAC": FRAME["LAC"]}])
def test_a_list_too_small_to_draw_from_is_told(certificate, frame):
    found = repeat(certificate, frame)
    assert found.differing == "frame_sha256"
    assert found.strata == ()


def test_a_certificate_without_its_parts_is_not_reproduced():
    assert not repeat({}, FRAME).is_same
    assert not repeat({"strata": [], "frame_sha256": "x"}, FRAME).is_same
