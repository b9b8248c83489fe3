"""A report's files carry texts as texts: nothing typed by anybody is run by a spreadsheet (I-12)."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from engine.domain.spreadsheets import guarded
from webapp.render.report_files import TYPES, as_file
from webapp.render.report_lines import file_name

DANGEROUS = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "|calc",
    "%0a=1",
    "＝1",
    "http://elsewhere.example",
    "=cmd|' /C calc'!A0",
]


def report(**changes):
    figure = {
        "title": "Cases", "what": "the cases", "population": "all", "value": -0.5, "low": None, "high": None,
        "level": None, "method": None, "n": 3, "of": None, "cases": None, "shown": "-0.50", "range": None,
        "sentence": "-0.50", "remarks": [], "id": "cases", "group": None, "kind": "difference",
    }  # fmt: skip
    table = {
        "id": "t",
        "title": "Teams",
        "group": None,
        "columns": [{"id": "a", "label": "Team"}, {"id": "b", "label": "Number"}],
    }
    rows = [[one, -number] for number, one in enumerate(DANGEROUS)]
    tables = [
        {**table, "rows": rows},
        {**table, "group": "a/b [North]:*", "rows": []},
        {**table, "rows": [[None, 2.5]]},
    ]
    return {
        "name": "team_list", "title": "Lists", "about": None, "marking": "OFFICIAL-SENSITIVE", "period": "2026-12",
        "period_in_words": "December 2026", "audit_period": None, "edition": None, "status": "drawn up now",
        "made_at": "2026-12-10T09:00:00+00:00", "guidance": "",
        "parts": [{"subject": "s", "title": "Part", "guidance": "", "figures": [figure], "tables": tables}], **changes,
    }  # fmt: skip


def test_no_text_in_a_csv_begins_like_a_formula():
    rows = list(csv.reader(StringIO(as_file(report(), "csv").decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row]
    assert "'=1+1" in cells
    for one in DANGEROUS:
        assert one not in cells or guarded(one) == one
    assert "-1" in cells, "numbers stay numbers"


def test_a_workbook_holds_texts_and_numbers_and_neither_formulas_nor_links():
    book = load_workbook(BytesIO(as_file(report(), "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [cell.coordinate for cell in cells if cell.hyperlink] == []
    assert set(DANGEROUS) <= {cell.value for cell in cells}
    assert book.sheetnames == ["Report", "Teams", "a b  North", "Teams 2"]


@pytest.mark.parametrize("form", TYPES)
def test_a_report_without_anything_in_it_is_a_file_too(form):
    assert as_file(report(parts=[]), form)


@pytest.mark.parametrize(
    ("text", "safe"), [(3, 3), (-0.5, -0.5), (None, None), ("North CIN", "North CIN"), ("-0.3 to 2", "'-0.3 to 2")]
)
def test_only_texts_that_could_be_formulas_are_marked(text, safe):
    assert guarded(text) == safe


def test_a_file_is_named_by_what_it_holds_and_nothing_else():
    assert file_name(report(about='North "CIN"/../x'), "csv") == "team_list-2026-12-North-CIN-x.csv"


def test_a_pdf_takes_any_text_that_people_type():
    odd = report(title="Ŵales – “quoted” ’s 中文 \U0001f600 \x07")
    assert as_file(odd, "pdf").startswith(b"%PDF-")
