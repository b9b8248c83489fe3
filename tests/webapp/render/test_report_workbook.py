"""A workbook can be sorted and reckoned with: days are days, figures are numbers, and the head stays in sight."""

from datetime import datetime
from io import BytesIO

from openpyxl import load_workbook

from tests.webapp.render.test_report_files import report
from webapp.render.report_workbook import LONGEST_NAME, as_xlsx


def book_of(*tables):
    made = report()
    made["parts"][0]["tables"] = list(tables)
    return load_workbook(BytesIO(as_xlsx(made)))


def table(title, columns, *rows):
    labels = [{"id": one, "label": one.capitalize()} for one in columns]
    return {"id": "t", "title": title, "group": None, "columns": labels, "rows": [list(row) for row in rows]}


def test_days_are_days_and_figures_of_a_column_of_figures_are_numbers():
    rows = ("CF-1", "2026-11-30", "75.4%", "1,204"), ("2.50", "2026-11-30 10:15", "−0.25", "Too few")
    sheet = book_of(table("Points", ("case", "when", "figure", "low"), *rows))["Points"]
    first, second = ([(cell.value, cell.number_format) for cell in row] for row in sheet["A4:D5"])
    assert first == [
        ("CF-1", "General"),
        (datetime.fromisoformat("2026-11-30"), "d mmmm yyyy"),
        (0.754, "0.0%"),
        (1204, "#,##0"),
    ]
    assert second == [
        ("2.50", "General"),
        (datetime.fromisoformat("2026-11-30 10:15"), "d mmmm yyyy hh:mm"),
        (-0.25, "0.00"),
        ("Too few", "General"),
    ]


def test_the_head_of_every_sheet_stays_in_sight_and_is_printed_on_every_page():
    book = book_of(table("Points", ("case", "figure"), ("CF-1", "1.00")))
    assert (book["Report"].freeze_panes, book["Report"].auto_filter.ref) == ("A8", "A7:N8")
    assert (book["Points"].freeze_panes, book["Points"].auto_filter.ref) == ("A4", "A3:B4")
    assert book["Report"].print_title_rows == "$7:$7"


def test_a_column_is_as_wide_as_its_cells_and_not_as_the_title_of_its_table():
    title = "Remedial actions really done, month by month, in every team"
    book = book_of(table(title, ("n",), (1,)), table(title, ("n",), (2,)))
    assert book.sheetnames == ["Report", "Remedial actions really done…", "Remedial actions really… 2"]
    assert max(map(len, book.sheetnames)) <= LONGEST_NAME
    assert book.worksheets[1]["A1"].value == title
    assert book.worksheets[1].column_dimensions["A"].width < 20
