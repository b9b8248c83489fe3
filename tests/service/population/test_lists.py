"""The population list: what is accepted, refused, counted and listed (R-36 to R-41, I-15, I-16, DEC-6)."""

from itertools import chain, count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.allocation import allocate
from engine.errors import TooLarge, Unreadable
from engine.service.population.lists import read_population
from engine.service.population.report import Duplicate, Stratum
from tests.factories.timing import least_seconds
from tests.service.population_lists import COLUMNS, HEADER, csv_of, read, row_of, stratum_of, workbook_of

OCTOBER = {
    "LAC": 560,
    "CP&P/CIN": 900,
    "DAT": 640,
    "CWD": 210,
    "Next Step": 150,
    "Locality Teams": 35,
    "Fostering and Adoption": 12,
}


def october() -> list[list[object]]:
    numbers = count(20_000)
    return [
        list(row_of(case_reference=f"CF-{next(numbers)}", service_area=area))
        for area, cases in OCTOBER.items()
        for _ in range(cases)
    ]


@pytest.mark.parametrize("content", [csv_of(*october()), workbook_of(*october())], ids=["csv", "xlsx"])
def test_an_ordinary_month_has_its_cases_in_scope_and_the_others_counted(content: bytes) -> None:
    report = read(content)
    assert report.rows_read == 2507
    assert report.by_stratum == {"CFA": 640, "CP&P/CIN": 900, "CWD": 210, "LAC": 560, "Next Step": 150}
    assert report.by_reason == {"out_of_scope": 47}
    assert len(report.rows) == 2460
    assert allocate(report.by_stratum, 120).sizes == {
        "LAC": 28,
        "CP&P/CIN": 44,
        "CFA": 31,
        "CWD": 10,
        "Next Step": 7,
    }


def test_the_frame_holds_every_accepted_case_once() -> None:
    report = read(csv_of(*october(), row_of(case_reference="CF-20000")))
    cases = list(chain.from_iterable(report.frame().values()))
    assert {area: len(some) for area, some in report.frame().items()} == report.by_stratum
    assert len(cases) == len(set(cases)) == 2460


def test_areas_out_of_scope_are_refused_by_name() -> None:
    report = read(csv_of(row_of(), row_of(case_reference="FA-1", service_area="Fostering and Adoption")))
    [refused] = report.refused
    assert (refused.row, refused.case_reference, refused.code) == (3, "", "out_of_scope")
    assert refused.sentence.startswith("Fostering and Adoption is covered by another audit policy")
    assert [row.case_reference for row in report.rows] == ["CF-20931"]


def test_an_alias_is_stored_as_its_stratum_and_told() -> None:
    report = read(
        csv_of(
            row_of(case_reference="CF-40077", service_area="DAT"),
            row_of(case_reference="CF-40078", service_area="cfa"),
            row_of(case_reference="CF-40079", service_area="DAT"),
        )
    )
    assert report.by_stratum == {"CFA": 3}
    assert [(alias.given, alias.stratum, alias.rows) for alias in report.aliases] == [("DAT", "CFA", 2)]
    assert report.rows[0].service_area == "DAT"


def test_of_two_areas_the_first_in_order_keeps_the_case_wherever_it_stands() -> None:
    areas = ["CFA", "Next Step", "CWD", "LAC", "CP&P/CIN"]
    rows = [row_of(service_area=area, team=f"Team {area}") for area in areas]
    other = row_of(case_reference="CF-99999")
    for listed in (rows, rows[::-1], rows[2:] + rows[:2]):
        report = read(csv_of(*listed, other))
        kept = next(row for row in report.rows if row.case_reference == "CF-20931")
        assert (kept.stratum, kept.team) == ("CP&P/CIN", "Team CP&P/CIN")
        assert report.by_reason == {"duplicate": 4}
        [duplicate] = report.duplicates
        assert duplicate.kept_row == kept.row
        assert sorted([*duplicate.other_rows, kept.row]) == [2, 3, 4, 5, 6]


def test_of_exact_duplicates_the_first_is_kept() -> None:
    report = read(csv_of(row_of(), row_of(case_reference="CF-30510"), row_of(), row_of(case_reference="cf-20931")))
    assert [row.row for row in report.rows] == [2, 3]
    assert report.duplicates == (Duplicate("CF-20931", kept_row=2, stratum="LAC", other_rows=(4, 5)),)
    assert [refused.sentence for refused in report.refused] == [
        "The case is listed more than once. Row 2 was kept, in LAC."
    ] * 2


@pytest.mark.parametrize("flags", [("no", "yes"), ("yes", "no")])
def test_a_case_is_restricted_when_any_of_its_rows_says_so(flags: tuple[str, str]) -> None:
    rows = [row_of(service_area=area, restricted=flag) for area, flag in zip(("CFA", "LAC"), flags, strict=True)]
    [kept] = read(csv_of(*rows)).rows
    assert kept.stratum == "LAC"
    assert kept.restricted


def test_a_closed_row_does_not_displace_the_open_one() -> None:
    report = read(csv_of(row_of(service_area="CP&P/CIN", status="closed"), row_of(service_area="LAC")))
    assert [(row.row, row.stratum) for row in report.rows] == [(3, "LAC")]
    assert report.by_reason == {"closed": 1}
    assert report.duplicates == ()


def test_restricted_cases_are_kept_and_flagged() -> None:
    report = read(csv_of(row_of(case_reference="CF-70001", restricted="yes"), row_of()))
    assert {row.case_reference: row.restricted for row in report.rows} == {"CF-70001": True, "CF-20931": False}


def test_the_demonstration_council_reads_as_it_stands() -> None:
    listed = [
        row_of(case_reference="CF-20931", service_area="CP&P/CIN"),
        row_of(case_reference="CF-30510", team="East Looked After", social_worker="abi"),
        row_of(case_reference="CF-70001", service_area="CP&P/CIN", team="South CIN", restricted="yes"),
    ]
    report = read(csv_of(*listed))
    assert report.refused == ()
    assert report.notes == ()
    assert [(row.team, row.social_worker) for row in report.rows] == [
        ("North CIN", "nia"),
        ("East Looked After", "abi"),
        ("South CIN", "nia"),
    ]


def test_blank_rows_are_passed_over_and_do_not_change_row_numbers() -> None:
    content = csv_of(row_of(), ["", "", "", "", "", ""], [" "], [], row_of(case_reference="CF-1"))
    report = read(b"\r\n" + content)
    assert report.rows_read == 2
    assert [row.row for row in report.rows] == [3]
    assert [row.row for row in report.refused] == [7]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "there is nothing in it"),
        (b"\xef\xbb\xbf", "there is nothing in it"),
        (b"\r\n , ,\r\n\r\n", "there is nothing in it"),
        (csv_of(), "column names but no case"),
        (csv_of([""] * 6, [" "]), "column names but no case"),
        (csv_of(row_of(), header=["Name", *HEADER[1:]]), "missing: Case reference."),
        (csv_of(["CF-20931", "LAC"], header=["Case Ref", "Area"]), "missing: Team, Status, Restricted."),
        (csv_of(row_of(), header=["Service", *HEADER[1:]]), "Service area appears as more than one column"),
        (csv_of(row_of(), header=[*HEADER, *range(100)]), "more than 100 columns"),
        (workbook_of(), "column names but no case"),
    ],
)
def test_a_list_that_cannot_be_imported_is_refused_whole(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(content, "october.csv")
    assert refusal.value.sentence.startswith("october.csv cannot be read: ")
    assert said in refusal.value.sentence


def test_columns_are_found_by_any_of_their_names_and_the_others_are_told() -> None:
    header = [
        "Child's name",
        "CASE REF",
        "Service_Area",
        "Allocated Team",
        "Key Worker",
        "Case Status",
        "Restricted?",
        "",
    ]
    report = read(csv_of(["A. Person", "CF-20931", "LAC", "North CIN", "nia", "Open", "N", ""], header=header))
    assert [row.case_reference for row in report.rows] == ["CF-20931"]
    assert report.notes == ("These columns were not needed and were not read: Child's name.",)
    assert "A. Person" not in repr(report)


def test_each_area_is_asked_for_only_once() -> None:
    asked: list[str] = []

    def counting(area: str) -> Stratum | None:
        asked.append(area)
        return stratum_of(area)

    read_population("october.csv", csv_of(*october()), COLUMNS, counting)
    assert sorted(asked) == sorted(OCTOBER)


def test_a_hundred_thousand_rows_are_read_and_one_more_is_refused() -> None:
    rows = [row_of(case_reference=f"CF-{n}") for n in range(10_000, 110_001)]
    assert read(csv_of(*rows[:-1])).rows_read == 100_000
    with pytest.raises(TooLarge, match="more than 100,000 rows, and the most is 100,000 rows"):
        read(csv_of(*rows))


def test_a_hundred_thousand_rows_of_csv_take_less_than_three_seconds() -> None:
    header = [*HEADER, "Date opened"]
    areas = list(OCTOBER)
    rows = [
        [*row_of(case_reference=f"CF-{10_000 + n % 90_000}", service_area=areas[n % 7]), f"{n % 28 + 1:02}/10/2025"]
        for n in range(100_000)
    ]
    content = csv_of(*rows, header=header)
    report = read(content)
    assert least_seconds(lambda: read(content)) < 3
    assert report.rows_read == 100_000
    assert report.by_reason.keys() == {"out_of_scope", "duplicate"}


@given(content=st.binary(max_size=400))
def test_whatever_the_bytes_only_a_refusal_leaves(content: bytes) -> None:
    with pytest.raises((Unreadable, TooLarge)):
        read(content)


@given(rows=st.lists(st.lists(st.text(max_size=12), max_size=8), max_size=6))
def test_whatever_the_cells_every_row_is_accepted_or_refused_once(rows: list[list[str]]) -> None:
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows]
    text = "\n".join(",".join(row) for row in ([*HEADER], *quoted, row_of()))
    report = read(text.encode(errors="replace"))
    assert len(report.rows) + len(report.refused) == report.rows_read
    assert report.rows_read == 1 + sum(1 for row in rows if any(cell.strip() for cell in row))
    assert sum(report.by_stratum.values()) + sum(report.by_reason.values()) == report.rows_read


@given(place=st.integers(0, 120), mixed=st.binary(max_size=6), gone=st.integers(0, 6))
def test_a_damaged_list_is_read_or_refused_and_nothing_in_between(place: int, mixed: bytes, gone: int) -> None:
    content = csv_of(row_of(), row_of(case_reference="CF-30510"))
    damaged = content[:place] + mixed + content[place + gone :]
    try:
        report = read(damaged)
    except (Unreadable, TooLarge):
        return
    assert len(report.rows) + len(report.refused) == report.rows_read
