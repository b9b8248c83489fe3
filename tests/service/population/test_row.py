"""One row of a population list: every reason to refuse it, and what is understood all the same."""

from collections.abc import Sequence

import pytest

from tests.service.population_lists import HEADER, csv_of, read, row_of, workbook_of


def refusal_of(row: Sequence[object], header: Sequence[object] = HEADER) -> tuple[str, str, str]:
    """Return code, case reference and sentence of the only refusal among this row and two good ones."""
    good = [row_of(case_reference="CF-30510"), row_of(case_reference="CF-30511")]
    width = len(header) - len(HEADER)
    report = read(csv_of(*([*some, *[""] * width] for some in good[:1]), row, *good[1:], header=header))
    [refused] = report.refused
    assert refused.row == 3
    assert len(report.rows) == 2
    return refused.code, refused.case_reference, refused.sentence


@pytest.mark.parametrize(
    ("cells", "code", "said"),
    [
        ({"case_reference": ""}, "missing_reference", "The case reference is missing."),
        ({"case_reference": " "}, "missing_reference", "The case reference is missing."),
        ({"case_reference": "20931"}, "malformed_reference", "not written like CF-20931"),
        ({"case_reference": "A. Person"}, "malformed_reference", "not written like CF-20931"),
        ({"case_reference": "CF-20931; DROP"}, "malformed_reference", "not written like CF-20931"),
        ({"case_reference": "CF-٢٠٩٣١"}, "malformed_reference", "not written like CF-20931"),
        ({"service_area": "Housing"}, "unknown_area", "The service area Housing is not known."),
        ({"service_area": ""}, "missing_value", "Service area is missing."),
        ({"service_area": "locality  teams"}, "out_of_scope", "locality teams is covered by another audit policy"),
        ({"team": ""}, "missing_value", "Team is missing."),
        ({"status": ""}, "missing_value", "Status is missing."),
        ({"status": "Closed"}, "closed", "The case is closed."),
        ({"status": "pending"}, "unknown_word", "Status says pending"),
        ({"restricted": "perhaps"}, "unknown_word", "Restricted says perhaps"),
        ({"team": "=SUM(A1:A9)"}, "formula", "Cell C3 holds a formula"),
        ({"team": "+44"}, "formula", "Cell C3"),
        ({"social_worker": "-1+2"}, "formula", "Cell D3"),
        ({"social_worker": "@SUM(1)"}, "formula", "Cell D3"),
        ({"social_worker": "  =1"}, "formula", "Cell D3"),
        ({"social_worker": "＝cmd"}, "formula", "Cell D3"),
        ({"case_reference": "=CF-20931"}, "formula", "Cell A3"),
        ({"team": "North\0CIN"}, "control_characters", "Cell C3 holds a character that cannot be seen"),
        ({"team": "North\x1b[31m"}, "control_characters", "Cell C3"),
        ({"team": "\u202eNIC htroN"}, "control_characters", "Cell C3"),
        ({"team": '"North\nCIN"'}, "control_characters", "Cell C3"),
        ({"case_reference": "CF-20931\t"}, "control_characters", "Cell A3"),
        ({"team": "N" * 201}, "cell_too_long", "Cell C3 holds more than 200 characters"),
    ],
)
def test_reasons_to_refuse_a_row(cells: dict[str, object], code: str, said: str) -> None:
    found, reference, sentence = refusal_of(row_of(**cells))
    assert found == code
    assert said in sentence
    assert reference == ("" if "case_reference" in cells and code != "control_characters" else "CF-20931")


def test_a_row_with_more_cells_than_columns_is_refused_unless_they_are_blank() -> None:
    assert refusal_of([*row_of(), "one more"])[0] == "too_many_cells"
    report = read(csv_of([*row_of(), "", " "], row_of(case_reference="CF-30510")))
    assert report.refused == ()


def test_a_row_with_fewer_cells_lacks_the_last_ones() -> None:
    assert refusal_of(["CF-20931", "LAC", "North CIN"])[0] == "missing_value"
    [row] = read(csv_of(["CF-20931", "LAC", "North CIN", "nia", "open"])).rows
    assert not row.restricted


@pytest.mark.parametrize(
    ("written", "opened"),
    [
        ("2026-10-09", "2026-10-09"),
        ("9/10/2026", "2026-10-09"),
        ("09/10/2026", "2026-10-09"),
        ("09-10-2026", "2026-10-09"),
        ("9 Oct 2026", "2026-10-09"),
        ("09 October 2026", "2026-10-09"),
        ("09/10/2026 14:30", "2026-10-09"),
        ("", None),
    ],
)
def test_dates_that_are_understood(written: str, opened: str | None) -> None:
    [row] = read(csv_of([*row_of(), written], header=[*HEADER, "Date Opened"])).rows
    assert row.opened == opened


@pytest.mark.parametrize("written", ["31/02/2026", "10/13/2026", "soon", "45950", "9/10/26", "0000-00-00"])
def test_dates_that_are_not(written: str) -> None:
    code, reference, sentence = refusal_of([*row_of(), written], header=[*HEADER, "Date Opened"])
    assert (code, reference) == ("unreadable_date", "CF-20931")
    assert f"Date opened says {written}, which is not a date" in sentence


@pytest.mark.parametrize(
    ("written", "restricted"), [("yes", True), ("Y", True), ("TRUE", True), ("1", True), ("No", False), ("", False)]
)
def test_words_for_restricted(written: str, restricted: bool) -> None:
    [row] = read(csv_of(row_of(restricted=written))).rows
    assert row.restricted is restricted


@pytest.mark.parametrize("written", ["cf-20931", " CF-20931 ", "\u00a0CF-20931"])
def test_a_reference_is_taken_in_capitals_without_spaces_around_it(written: str) -> None:
    assert [row.case_reference for row in read(csv_of(row_of(case_reference=written))).rows] == ["CF-20931"]


def test_a_quotation_in_a_sentence_is_short_and_harmless() -> None:
    _, _, sentence = refusal_of(row_of(service_area="<b>" + "x" * 190))
    assert "<b>" + "x" * 57 + " is not known" in sentence


def test_the_first_reason_is_told_and_a_row_is_counted_once() -> None:
    report = read(csv_of(row_of(case_reference="", service_area="Locality Teams", status="closed"), row_of()))
    assert report.by_reason == {"out_of_scope": 1}


def test_columns_that_are_not_needed_may_hold_anything() -> None:
    header = [*HEADER, "Remarks"]
    [row] = read(csv_of([*row_of(), "=1+1"], header=header)).rows
    assert row.case_reference == "CF-20931"


def test_a_workbook_row_has_the_same_reasons() -> None:
    rows = [row_of(), row_of(team="=A1"), row_of(service_area="Housing"), row_of(case_reference=20931)]
    report = read(workbook_of(*rows))
    assert [(row.row, row.code) for row in report.refused] == [
        (3, "formula"),
        (4, "unknown_area"),
        (5, "malformed_reference"),
    ]
    assert "Cell C3" in report.refused[0].sentence
