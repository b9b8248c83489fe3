"""How a list may be written: its encodings, its dividers, and what is no list at all."""

from itertools import islice

import pytest

from engine.errors import TooLarge, Unreadable
from engine.service.population.file import open_table
from tests.service.population_lists import COLUMNS, HEADER, csv_of, read, row_of, workbook_of

ZOE = row_of(case_reference="CF-30510", social_worker="zoë")


def refusal_of(content: bytes, file: str = "october.csv") -> str:
    with pytest.raises((Unreadable, TooLarge)) as refusal:
        read(content, file)
    return refusal.value.sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_dividers(encoding: str, delimiter: str) -> None:
    text = csv_of(row_of(), ZOE, delimiter=delimiter).decode()
    report = read(text.encode(encoding))
    assert [row.social_worker for row in report.rows] == ["nia", "zoë"]
    assert len(report.notes) == (encoding == "cp1252")


def test_windows_text_is_noted() -> None:
    [note] = read(csv_of(ZOE).decode().encode("cp1252")).notes
    assert note.startswith("The file was not saved as UTF-8")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings(ending: str) -> None:
    text = csv_of(row_of(), ZOE).decode().replace("\r\n", ending)
    assert read(text.encode()).rows_read == 2


def test_quotation_marks_protect_dividers() -> None:
    content = csv_of(row_of(team='"Assessment, Central; ""A"""'))
    assert read(content).rows[0].team == 'Assessment, Central; "A"'


def test_a_divider_in_one_name_does_not_mislead() -> None:
    header = ["case ref", "service area", '"team, current; or last"', "team", "status", "restricted"]
    content = csv_of(["CF-20931", "LAC", "x", "North CIN", "open", "no"], header=header, delimiter=";")
    assert [row.team for row in read(content).rows] == ["North CIN"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (csv_of(row_of()).decode().encode("utf-32"), "characters could not be understood"),
        (csv_of(row_of()) + b"\x81\x8d\xff", "characters could not be understood"),
        (b"\xff\xfe" + csv_of(row_of())[:21], "characters could not be understood"),
        (b"\0" * 4000, "characters could not be understood"),
        (csv_of(row_of(team='"North CIN')), "near line 2 does not end"),
        (csv_of(row_of(), row_of(team='"North" CIN')), "near line 3 does not end"),
        (csv_of(row_of(team="x" * 200_000)), "near line 2 does not end"),
        (b"%PDF-1.7 of a list", "columns are missing"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "not an Excel workbook"),
    ],
)
def test_what_is_no_list_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    assert said in refusal_of(content)


@pytest.mark.parametrize("file", ["october.xlsx", "OCTOBER.XLSX", "october.xls", "october.xlsm"])
def test_what_is_called_a_workbook_and_is_none_is_refused(file: str) -> None:
    assert "not an Excel workbook" in refusal_of(csv_of(row_of()), file)


def test_a_workbook_is_known_by_its_content() -> None:
    assert read(workbook_of(row_of()), "october.csv").rows_read == 1


def test_a_file_above_twenty_megabytes_is_refused() -> None:
    sentence = refusal_of(csv_of(row_of()) + b"\n" * (20 * 1024 * 1024))
    assert sentence == "october.csv is too large: 21 MB, and the most is 20 MB."


def test_rows_of_text_are_read_as_they_are_asked_for() -> None:
    rows = iter(open_table("october.csv", csv_of(row_of(), ZOE, ['"never closed']), COLUMNS).rows)
    assert [number for number, _ in islice(rows, 3)] == [1, 2, 3]
    with pytest.raises(Unreadable):
        next(rows)


def test_the_first_row_may_follow_blank_lines() -> None:
    table = open_table("october.csv", b"\n\n" + csv_of(row_of(), delimiter=";"), COLUMNS)
    assert (3, list(HEADER)) in list(table.rows)
