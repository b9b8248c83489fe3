"""The figures of a period: none before its cut-off, then as the reports tell them, and every edition as it was told."""

import pytest

from engine.service.periods import figures
from engine.service.reports import reading
from engine.service.reports.reading import Wanted
from tests.factories.council import at
from tests.service.monthly import PERIOD, draw, release


def of(council):
    return figures.of_period(council.engine, "ian", PERIOD)


def test_before_the_cut_off_there_are_none(council):
    assert (of(council).editions, of(council).figures) == ([], ())
    draw(council)
    release(council)
    assert (of(council).editions, of(council).figures) == ([], ())


def test_the_provisional_edition_stays_as_it_was_when_the_final_one_is_made(reported):
    (provisional,) = of(reported).editions
    assert (provisional.name, provisional.told["done"], provisional.told["sampled"]) == ("provisional", 24, 26)
    reported.pass_to(at(2027, 6, 1))
    kept, final = of(reported).editions
    assert kept == provisional
    assert (final.name, final.told["done"]) == ("final", 25)


@pytest.mark.parametrize("period", ["2027-01"])
def test_they_are_those_of_the_reports(reported, period):
    report = reading.read(reported.engine, "ian", Wanted("management_report", period))
    (part,) = [one for one in report["parts"] if one["subject"] == "estimates"]
    told = {(one["id"], one["group"]): one["value"] for one in part["figures"]}
    found = {(one["id"], one["group"]): one["value"] for one in of(reported).figures}
    assert found.items() <= told.items()
    assert ("good_or_better", None) in found
