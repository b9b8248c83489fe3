"""The list of a period: its report, its uploads by their fingerprints, and what became of each row as a file."""

import pytest

from engine.errors import NotNow
from engine.service.audits import cycles
from engine.service.periods import population
from tests.service.monthly import PERIOD
from tests.service.monthly import population as listed

TWICE = b"""
CF-500001,CP&P/CIN,North CIN,,open,no
CF-600001,Locality Teams,,,open,no
CF-600002,DAT,Assessment Central,,open,no"""


def test_before_an_upload_there_is_no_report(council):
    found = population.of_period(council.engine, "hal", PERIOD)
    assert (found.report, list(found.uploads)) == (None, [])
    with pytest.raises(NotNow, match="no population list has been uploaded yet"):
        population.rows_read(council.engine, "hal", PERIOD, "csv")


def test_every_upload_is_told_newest_first(council):
    cycles.upload(council.engine, "hal", PERIOD, "one.csv", listed({"LAC": 3}))
    council.clock.move_to(council.clock.now().replace(hour=15))
    cycles.upload(council.engine, "hal", PERIOD, "two.csv", listed() + TWICE)
    found = population.of_period(council.engine, "asha", PERIOD)
    assert [(one.file_name, one.person) for one in found.uploads] == [("two.csv", "hal"), ("one.csv", "hal")]
    (twice,) = found.report["duplicates"]
    assert (twice["case_reference"], twice["stratum"]) == ("CF-500001", "CP&P/CIN")
    assert found.report["aliases"] == [{"given": "DAT", "stratum": "CFA", "rows": 1}]


def test_a_file_tells_of_every_row_whether_and_why(council):
    cycles.upload(council.engine, "hal", PERIOD, "two.csv", listed() + TWICE)
    found = population.rows_read(council.engine, "hal", PERIOD, "xlsx")
    refused = [row for row in found.rows if row[3] is not None]
    accepted = [row for row in found.rows if row[2] is not None]
    assert len(accepted) == 29
    assert [row[1] for row in refused] == ["CF-500001", "CF-600001"]
    assert "CP&P/CIN" in refused[0][3]
    event = council.events(f"cycle {PERIOD}")[-1]
    assert (event.actor, event.details) == ("hal", {"what": "population list", "form": "xlsx"})
