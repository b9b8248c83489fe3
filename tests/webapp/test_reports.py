"""Reports as pages and as files: for those with the right, without scripts, and safe to open."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from engine.service.reports import editions

ADDRESS = "/reports/management_report"
THEN = "?period=2026-12"


@pytest.fixture
def council(reported):
    return reported


def test_readers_find_their_reports_in_the_navigation(visit):
    page = visit("asha").open("/")
    assert page.links()["Figures and reports"] == "/figures"
    listed = visit("asha").open("/figures").links()
    assert listed["Monthly report to the Performance Management Meeting"] == ADDRESS
    assert "Monthly report to the Performance Management Meeting" not in visit("nia").open("/figures").links()


def test_a_report_is_a_page_with_marking_figures_and_downloads(visit):
    page = visit("asha").open(ADDRESS + THEN)
    assert page.title == "Monthly report to the Performance Management Meeting – Casefile"
    assert "OFFICIAL-SENSITIVE" in page.text
    assert "December 2026" in page.text
    assert "With 95% confidence the true share lies between" in page.text
    assert {"CSV", "Excel", "PDF", "JSON"} <= page.links().keys()
    assert page.links()["PDF"] == f"{ADDRESS}/pdf{THEN}"


def test_a_chart_is_drawn_with_words_and_stands_beside_its_table(visit):
    page = visit("asha").open(ADDRESS + THEN)
    drawings = page.tree.cssselect(".chart__bars")
    assert drawings
    for one in drawings:
        assert one.get("role") == "img"
        assert len(one.get("aria-label")) > 20
        assert len(one.cssselect("rect")) >= 2


def test_another_month_is_chosen_without_a_script(visit):
    page = visit("asha").open(ADDRESS + THEN)
    assert page.value("period") == "2026-12"
    assert "2026-11" in [one.get("value") for one in page.tree.cssselect("select[name=period] option")]
    assert "November 2026" in visit("asha").open(ADDRESS + "?period=2026-11").text


def test_the_figures_lead_to_the_cases_behind_them_for_those_who_may(visit):
    page = visit("asha").open(ADDRESS + THEN)
    link = next(
        one.get("href") for one in page.tree.cssselect("td a") if "Audits done after the cut-off" in one.text_content()
    )
    cases = visit("asha").open(link)
    assert cases.status == 200
    assert len(cases.tree.cssselect("tbody tr")) == 1
    assert not visit("ian").open(ADDRESS + THEN).tree.cssselect("td a")
    assert visit("ian").open(link).status == 403


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}/csv", f"{ADDRESS}/cases?figure=workload:tasks"])
def test_others_are_told_that_it_is_not_for_them(visit, address):
    page = visit("nia").open(address)
    assert page.status == 403
    assert "for other readers" in page.text


@pytest.mark.parametrize("query", ["?period=2026-99", "?period='", "?period=%00"])
def test_no_month_is_a_page_and_no_failure(visit, query):
    assert visit("asha").open(ADDRESS + query).status == 404


def downloaded(visit, form):
    response = visit("asha").client.get(f"{ADDRESS}/{form}{THEN}")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f"attachment; filename=management_report-2026-12.{form}"
    return response.data


def test_all_files_hold_the_same_figures(visit):
    report = json.loads(downloaded(visit, "json"))
    figures = [one for part in report["parts"] for one in part["figures"]]
    rows = list(csv.reader(StringIO(downloaded(visit, "csv").decode("utf-8-sig"))))
    by_title = {row[1]: row[4] for row in rows if len(row) == 14}
    book = load_workbook(BytesIO(downloaded(visit, "xlsx")))
    in_book = {row[1]: row[4] for row in book["Report"].iter_rows(values_only=True)}
    for one in figures:
        title = one["title"]
        assert in_book[title] == pytest.approx(one["value"]) if one["value"] is not None else in_book[title] is None
        assert by_title[title] == ("" if one["value"] is None else str(one["value"]))
    assert "Members of the audit pool and…" in book.sheetnames


def test_a_pdf_has_its_language_title_outline_and_archive_level(visit):
    content = downloaded(visit, "pdf")
    assert content.startswith(b"%PDF-")
    assert b"/Lang (en-GB)" in content
    assert b"/Outlines" in content
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"Monthly report to the Performance Management Meeting" in content


def test_a_report_drawn_up_for_a_meeting_is_read_as_it_was_then(reported, visit):
    identifier = reported.run(lambda command: editions.draw_up(command, "management_report", date(2027, 1, 26), "i"))
    listed = visit("asha").open("/figures")
    assert "Draft" in listed.text
    draft = visit("asha").open(listed.links()["Monthly report to the Performance Management Meeting, December 2026"])
    assert (draft.status, draft.path) == (200, f"/reports/drawn-up/{identifier}")
    comments = [{"title": "What do the figures mean?", "text": "=Chronologies have improved"}]
    reported.run(lambda command: editions.sign(command, identifier, comments), "asha")
    page = visit("ian").open(f"/reports/drawn-up/{identifier}")
    assert "Signed by Asha" in page.text
    assert "=Chronologies have improved" in page.text
    files = visit("ian").client.get(f"/reports/drawn-up/{identifier}/csv")
    assert b"'=Chronologies have improved" in files.data
    link = draft.tree.cssselect("td a")[0].get("href")
    assert visit("asha").open(link).status == 200
    assert visit("nia").open(f"/reports/drawn-up/{identifier}").status == 403
