"""Audit periods: uploads as they came, frames and assignments replaced whole."""

from datetime import date

import pytest

from engine.errors import NotFound
from engine.store import cycles
from tests.store.rows import NOW


def cycle(identifier, month):
    return {"id": identifier, "reference_date": date(2026, month, 10), "state": "awaiting frame", "instance": "i"}


def framed(period, case):
    row = {"cycle": period, "case_ref": case, "stratum": "LAC", "team": None, "social_worker": None}
    return {**row, "restricted": False}


def assigned(period, case, rank):
    row = {"cycle": period, "case_ref": case, "auditor": "kim", "source": "pool"}
    return {**row, "quality_rank": rank, "selected": rank == 1, "probability": 0.25}


@pytest.fixture
def periods(database):
    with database.transaction() as connection:
        cycles.add(connection, cycle("2026-11", 11))
        cycles.add(connection, cycle("2026-10", 10))
        for period in ("2026-10", "2026-11"):
            cycles.replace_frame(connection, period, iter([framed(period, f"CF-{n}") for n in (3, 1, 2)]))
            cycles.replace_assignments(connection, period, [assigned(period, "CF-1", 1), assigned(period, "CF-2", 2)])
    return database


def test_periods_come_newest_first(periods):
    with periods.reading() as connection:
        assert cycles.newest(connection).id == "2026-11"
        assert [row.id for row in cycles.every(connection)] == ["2026-11", "2026-10"]


def test_there_is_no_newest_before_the_first(database):
    with database.reading() as connection:
        assert cycles.newest(connection) is None


def test_a_frame_is_replaced_whole_and_another_stays(periods):
    many = [framed("2026-10", f"CF-{n:05}") for n in range(12_001)]
    with periods.transaction() as connection:
        cycles.replace_frame(connection, "2026-10", iter(many))
        assert len(cycles.frame_of(connection, "2026-10")) == 12_001
        cycles.replace_frame(connection, "2026-10", iter([framed("2026-10", "CF-9")]))
        assert [row.case_ref for row in cycles.frame_of(connection, "2026-10")] == ["CF-9"]
        assert [row.case_ref for row in cycles.frame_of(connection, "2026-11")] == ["CF-1", "CF-2", "CF-3"]


def test_assignments_are_replaced_whole_and_others_stay(periods):
    with periods.transaction() as connection:
        cycles.replace_assignments(connection, "2026-10", [assigned("2026-10", "CF-7", 1)])
        assert [row.case_ref for row in cycles.assignments(connection, "2026-10")] == ["CF-7"]
        cycles.replace_assignments(connection, "2026-10", [])
        assert cycles.assignments(connection, "2026-10") == []
        assert [row.quality_rank for row in cycles.assignments(connection, "2026-11")] == [1, 2]


def test_a_period_is_changed_alone(periods):
    certificate = {"seed": "ab", "strata": {"LAC": {"cases": ["CF-1"]}, "CWD": {"cases": []}}}
    with periods.transaction() as connection:
        cycles.change(connection, "2026-10", {"certificate": certificate, "locked_at": NOW})
    with periods.reading() as connection:
        changed, other = cycles.get(connection, "2026-10"), cycles.get(connection, "2026-11")
    assert (changed.certificate, changed.locked_at) == (certificate, NOW)
    assert list(changed.certificate["strata"]) == ["LAC", "CWD"]
    assert (other.certificate, other.locked_at) == (None, None)


def test_an_upload_is_kept_by_its_fingerprint(periods):
    upload = {"id": "u1", "cycle": "2026-10", "file_name": "list.csv", "sha256": "a" * 64, "person": "hal", "at": NOW}
    with periods.transaction() as connection:
        cycles.add_upload(connection, upload)
        cycles.add_upload(connection, {**upload, "id": "u2", "sha256": "b" * 64})
    with periods.reading() as connection:
        assert cycles.get_upload(connection, "u1").sha256 == "a" * 64


@pytest.mark.parametrize("find", [cycles.get, cycles.get_upload])
def test_what_is_unknown_is_not_found(periods, find):
    with pytest.raises(NotFound), periods.reading() as connection:
        find(connection, "nothing")
