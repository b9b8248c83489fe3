"""Excel workbooks: what their cells mean, and that no workbook costs more than it may."""

import struct
import tracemalloc
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from random import Random
from zipfile import ZIP_LZMA, ZipFile
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from engine.errors import TooLarge, Unreadable
from tests.factories.timing import least_seconds
from tests.service.population_lists import HEADER, read, row_of, saved, sheet_part, with_parts, workbook_of

FILE = "october.xlsx"
MEGABYTE = 1024 * 1024
TWO_ROWS = workbook_of(row_of(), row_of(case_reference="CF-30510"))
HEADER_ROW = b'<row r="1">%s</row>' % b"".join(
    b'<c t="inlineStr"><is><t>%s</t></is></c>' % name.encode() for name in HEADER
)
NOISE = b"<!--%s-->" % Random(7).randbytes(400_000).hex().encode()


def refusal_of(content: bytes) -> str:
    with pytest.raises((Unreadable, TooLarge)) as refusal:
        read(content, FILE)
    return refusal.value.sentence


def test_cells_of_every_kind() -> None:
    header = [*HEADER, "Date opened"]
    report = read(
        workbook_of(
            [*row_of(restricted=True), date(2026, 10, 9)],
            [*row_of(case_reference="CF-30510", restricted=False), datetime.fromisoformat("2026-10-09 14:30")],
            [*row_of(case_reference="CF-30511", restricted=1), "9 Oct 2026"],
            [*row_of(case_reference="CF-30512", restricted=0.0, team=7, social_worker=None), None],
            header=header,
        ),
        FILE,
    )
    assert report.refused == ()
    assert [row.restricted for row in report.rows] == [True, False, True, False]
    assert [row.opened for row in report.rows] == ["2026-10-09", "2026-10-09", "2026-10-09", None]
    assert (report.rows[3].team, report.rows[3].social_worker) == ("7", None)


def test_a_date_beyond_the_calendar_refuses_its_row_alone() -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in ([*HEADER, "Opened"], [*row_of(), 1e9], [*row_of(case_reference="CF-30510"), 45_000]):
        sheet.append(row)
    for cell in sheet["G"][1:]:
        cell.number_format = "dd/mm/yyyy"
    report = read(saved(workbook), FILE)
    assert [(row.row, row.code) for row in report.refused] == [(2, "unreadable_date")]
    assert [row.opened for row in report.rows] == ["2023-03-15"]


def test_formula_cells_are_refused_with_their_address() -> None:
    rows = HEADER_ROW + b"".join(
        b'<row r="%d"><c r="A%d" t="str">%s<v>CF-20931</v></c></row>' % (number, number, formula)
        for number, formula in enumerate(
            (b"<f>B1</f>", b'<f t="shared" si="0" ref="A3:A4">B2</f>', b'<f t="shared" si="0"/>', b'<f t="array"/>'),
            start=2,
        )
    )
    report = read(with_parts(TWO_ROWS, sheet_part(rows)), FILE)
    assert [row.code for row in report.refused] == ["formula"] * 4
    assert [row.sentence.split()[1] for row in report.refused] == ["A2", "A3", "A4", "A5"]


def test_row_numbers_are_those_of_the_sheet() -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append([])
    sheet.append(list(HEADER))
    for place, text in enumerate(row_of(), start=1):
        sheet.cell(900, place, text)
    assert [row.row for row in read(saved(workbook), FILE).rows] == [900]


def test_the_first_visible_sheet_is_read_and_told() -> None:
    workbook = Workbook()
    workbook.worksheets[0].sheet_state = "hidden"
    for title in ("October", "Notes"):
        sheet = workbook.create_sheet(title)
        sheet.append(list(HEADER))
        sheet.append(list(row_of()))
    report = read(saved(workbook), FILE)
    assert report.rows_read == 1
    assert report.notes == ("Only the first sheet, October, was read.",)


def test_cells_beyond_the_columns_are_noticed_however_far_out() -> None:
    rows = HEADER_ROW + b'<row r="2"><c r="XFD2"><v>1</v></c></row><row r="3"><c r="XFD3"/></row>'
    report = read(with_parts(TWO_ROWS, sheet_part(rows)), FILE)
    assert [(row.row, row.code) for row in report.refused] == [(2, "too_many_cells")]


def test_a_row_number_far_out_costs_nothing() -> None:
    rows = HEADER_ROW + b'<row r="999999999"><c><v>1</v></c></row>'
    content = with_parts(TWO_ROWS, sheet_part(rows))
    assert read(content, FILE).refused[0].row == 999_999_999
    assert least_seconds(lambda: read(content, FILE)) < 1


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({f"xl/part{n}.xml": b"<x/>" for n in range(200)}, "parts, and the most is 200 parts"),
        ({"xl/media/a.bin": Random(7).randbytes(MEGABYTE) + b"0" * 50 * MEGABYTE}, "52 MB, and the most is 50 MB"),
        ({"xl/media/a.bin": b"\0" * 20_000_000}, "times smaller than it is"),
        (sheet_part(NOISE + b"<c/>" * 3_000_001), "cells and marks, and the most is 3,000,000"),
        ({"xl/styles.xml": NOISE + b"<xf/>" * 100_001}, "cells and marks, and the most is 100,000"),
    ],
    ids=["parts", "size", "ratio", "elements", "styles"],
)
def test_workbooks_that_unpack_to_too_much_are_refused_at_once(parts: dict[str, bytes], said: str) -> None:
    content = with_parts(TWO_ROWS, parts)
    assert said in refusal_of(content)
    assert least_seconds(lambda: refusal_of(content)) < 3


def test_a_part_that_holds_more_than_it_declares_is_unpacked_no_further() -> None:
    name = b"xl/theme/theme1.xml"
    content = bytearray(with_parts(TWO_ROWS, {name.decode(): b"\0" * 100 * MEGABYTE}))
    place = content.rindex(b"PK\x01\x02", 0, content.rindex(name))
    declared = 10
    struct.pack_into("<L", content, place + 16, crc32(b"\0" * declared))
    struct.pack_into("<L", content, place + 24, declared)
    tracemalloc.start()
    report = read(bytes(content), FILE)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert report.rows_read == 2
    assert peak < 10 * MEGABYTE


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04",
        b"PK\x03\x04" + b"\0" * 2000,
        TWO_ROWS[:-30],
        TWO_ROWS[: len(TWO_ROWS) // 2],
        with_parts(TWO_ROWS, {"[Content_Types].xml": b""}),
        with_parts(TWO_ROWS, {"xl/styles.xml": b"<styleSheet"}),
        with_parts(TWO_ROWS, sheet_part(b"<row><c r='A1'")),
        with_parts(TWO_ROWS, sheet_part(b"<row><c t='s'><v>99</v></c></row>")),
        with_parts(TWO_ROWS, sheet_part(b"<row r='x'/>")),
        with_parts(TWO_ROWS, sheet_part(b"<row>" + b"<c/>" * 20_000 + b"</row>")),
        with_parts(TWO_ROWS, {}, compression=ZIP_LZMA),
    ],
)
def test_damaged_workbooks_are_refused_whole(content: bytes) -> None:
    assert "the Excel workbook is damaged or protected" in refusal_of(content)


def test_a_workbook_without_sheets_is_refused() -> None:
    assert "no sheet with rows" in refusal_of(with_parts(TWO_ROWS, {"xl/workbook.xml": b"<workbook/>"}))


def test_a_sheet_damaged_at_its_end_is_not_half_imported() -> None:
    rows = HEADER_ROW + b"<row><c t='str'><v>CF-20931</v></c></row>" * 5 + b"</oops>"
    assert "damaged" in refusal_of(with_parts(TWO_ROWS, sheet_part(rows)))


def test_a_part_that_stands_twice_is_refused() -> None:
    file = BytesIO(TWO_ROWS)
    with ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    assert "damaged" in refusal_of(file.getvalue())


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY e "&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY a "%s">%s]>'
        % (
            b"ha" * 10,
            b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8)).replace(
                b" i ", b" e "
            ),
        ),
    ],
    ids=["file", "entity", "laughs"],
)
def test_entities_bring_nothing_in(declared: bytes) -> None:
    part = sheet_part(HEADER_ROW + b"<row><c t='str'><v>CF-1&e;</v></c></row>")
    parts = {name: declared + body for name, body in part.items()}

    def reading() -> None:
        with suppress(Unreadable):
            assert [row.case_reference for row in read(with_parts(TWO_ROWS, parts), FILE).refused] == [""]

    assert least_seconds(reading) < 3


def test_elements_within_elements_do_not_exhaust_the_stack() -> None:
    rows = HEADER_ROW + b"<row>" + b"<a>" * 400_000 + b"</a>" * 400_000 + b"</row>"
    assert "no case" in refusal_of(with_parts(TWO_ROWS, sheet_part(NOISE + rows)))


def big_workbook(rows: int) -> bytes:
    cells = b"".join(b'<c t="inlineStr"><is><t>%s</t></is></c>' % str(text).encode() for text in row_of())
    row = b"<row>%s</row>" % cells
    numbered = (row.replace(b"CF-20931", b"CF-%d" % (10_000 + number)) for number in range(rows))
    return with_parts(TWO_ROWS, sheet_part(HEADER_ROW + b"".join(numbered)))


@pytest.mark.parametrize(("rows", "seconds"), [(20_000, 3), pytest.param(100_000, 15, marks=pytest.mark.torture)])
def test_a_hundred_thousand_rows_of_excel_take_less_than_fifteen_seconds(rows: int, seconds: float) -> None:
    content = big_workbook(rows)
    assert read(content, FILE).by_stratum == {"LAC": rows}
    assert least_seconds(lambda: read(content, FILE), runs=1) < seconds


@given(place=st.integers(0, len(TWO_ROWS)), mixed=st.binary(max_size=6), gone=st.integers(0, 6))
def test_a_workbook_damaged_anywhere_is_read_or_refused(place: int, mixed: bytes, gone: int) -> None:
    check_refused_or_counted(TWO_ROWS[:place] + mixed + TWO_ROWS[place + gone :])


@given(data=st.data())
def test_a_workbook_with_a_part_damaged_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    with ZipFile(BytesIO(TWO_ROWS)) as archive:
        name = data.draw(st.sampled_from(archive.namelist()))
        body = archive.read(name)
    place, gone = data.draw(st.integers(0, len(body))), data.draw(st.integers(0, 8))
    mixed = data.draw(st.sampled_from([b"", b"<", b"/>", b'"', b"9" * 400, b"-1", b"\xff", b"&e;", b"<row r='0'>"]))
    check_refused_or_counted(with_parts(TWO_ROWS, {name: body[:place] + mixed + body[place + gone :]}))


def check_refused_or_counted(content: bytes) -> None:
    try:
        report = read(content, FILE)
    except (Unreadable, TooLarge):
        return
    assert len(report.rows) + len(report.refused) == report.rows_read
