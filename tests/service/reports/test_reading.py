"""Who reads which report, that it is recorded, and that rows and figures agree (I-01, I-04, I-11, I-12)."""

import json

import pytest

from engine.errors import NotAllowed, NotFound
from engine.service.reports import reading
from engine.service.reports.reading import Wanted
from tests.service.reports.reading import figures, made

REPORTS = (
    "board_report",
    "compliance_summary",
    "draw_certificate",
    "import_report",
    "learning_bulletin",
    "management_report",
    "reliability_report",
    "review_of_reviews_report",
    "safeguarding_log",
    "team_list",
)
MANAGEMENT = Wanted("management_report", "2026-12")


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "review_of_reviews_report"])
def test_as_many_rows_as_the_figure_says_stand_behind_it(reported, name):
    found = made(reported, name)
    behind = {key: len(rows) for key, rows in found.behind.items()}
    assert behind
    for one in figures(found.report).values():
        if one["rows"] is not None:
            assert behind[one["rows"]] == (one["value"] if one["kind"] == "count" else one["n"]), one["title"]


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("period", ["2026-12", "2026-11", "2020-01"])
def test_a_report_is_plain_json_and_says_something_of_every_figure(reported, name, period):
    report = made(reported, name, period).report
    json.dumps(report, allow_nan=False)
    for one in figures(report).values():
        assert one["sentence"]
        assert one["what"]
        assert one["population"]
        assert "{" not in one["sentence"] + one["title"] + one["population"]
        assert (one["shown"] is None) == (one["value"] is None)
        assert (one["method"] is None) == (one["low"] is None)


def test_a_report_that_names_cases_is_marked(reported):
    unmarked = {name for name in REPORTS if made(reported, name).report["marking"] != "OFFICIAL-SENSITIVE"}
    assert unmarked == {"learning_bulletin"}


@pytest.mark.parametrize(
    ("reader", "allowed"),
    [("asha", True), ("ian", True), ("colin", True), ("oz", True), ("mo", False), ("nia", False), ("kim", False)],
)
def test_the_table_of_rights_says_who_reads_a_report(council, reader, allowed):
    offered = {one.name for one in reading.offered(council.engine, reader)}
    assert ("management_report" in offered) == allowed
    if allowed:
        assert reading.read(council.engine, reader, MANAGEMENT)["name"] == "management_report"
    else:
        with pytest.raises(NotAllowed, match="other readers"):
            reading.read(council.engine, reader, MANAGEMENT)


def test_every_reading_and_every_export_is_an_event(council):
    reading.read(council.engine, "asha", MANAGEMENT)
    reading.read(council.engine, "ian", MANAGEMENT, "xlsx")
    reading.export(council.engine, "the command line", MANAGEMENT, "pdf")
    reading.rows_behind(council.engine, "asha", MANAGEMENT, "workload:tasks")
    with pytest.raises(NotAllowed):
        reading.read(council.engine, "mo", MANAGEMENT)
    told = [(one.kind, one.actor, one.details.get("form")) for one in council.events("report management_report")]
    assert told == [
        ("report read", "asha", "page"),
        ("report exported", "ian", "xlsx"),
        ("report exported", "the command line", "pdf"),
        ("rows read", "asha", None),
    ]


def test_the_rows_behind_a_figure_are_for_fewer_readers(reported):
    rows = reading.rows_behind(reported.engine, "asha", MANAGEMENT, "estimates:missing")
    assert rows.columns["case"] == "Case"
    assert [row["case"][:3] for row in rows.rows] == ["CF-"] * len(rows.rows)
    assert not reading.may_see_rows(reported.engine, "ian", MANAGEMENT)
    with pytest.raises(NotAllowed, match="Quality Assurance Team"):
        reading.rows_behind(reported.engine, "ian", MANAGEMENT, "estimates:missing")
    with pytest.raises(NotFound, match="figure with rows"):
        reading.rows_behind(reported.engine, "asha", MANAGEMENT, "estimates:nothing")


@pytest.mark.parametrize("period", ["2026-13", "2026", "now", "9999-01", "2026-1"])
def test_what_is_no_month_is_refused_in_a_sentence(council, period):
    with pytest.raises(NotFound, match="month"):
        reading.read(council.engine, "asha", Wanted("management_report", period))


def test_an_unknown_report_is_refused(council):
    with pytest.raises(NotFound, match="report called"):
        reading.read(council.engine, "asha", Wanted("gossip"))
