"""The owners' file about the columns of a population list: read whole, or refused with what is wrong."""

import json
from typing import Any

import pytest

from engine.errors import Unreadable
from engine.service.population.columns import comparable, read_columns
from engine.service.population.lists import read_population
from tests.service.population_lists import COLUMNS, COLUMNS_FILE, csv_of, row_of, stratum_of


def changed(**paths: Any) -> str:
    """Return the file with some values changed; `a__b` is the value b of a, and None takes it out."""
    given = json.loads(COLUMNS_FILE.read_text())
    for path, value in paths.items():
        *parents, last = path.split("__")
        place = given
        for parent in parents:
            place = place[parent]
        if value is None:
            del place[last]
        else:
            place[last] = value
    return json.dumps(given)


def test_the_columns_of_the_council() -> None:
    assert [field for field, column in COLUMNS.columns.items() if column.required] == [
        "case_reference",
        "service_area",
        "team",
        "status",
        "restricted",
    ]
    assert COLUMNS.reference.fullmatch(COLUMNS.example)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Case Reference", "case_reference"),
        ("case_reference", "case_reference"),
        ("  CASE-REF. ", "case_reference"),
        ("Allocated\nWorker", "social_worker"),
        ("Open/Closed", "status"),
        ("Date of birth", None),
        ("", None),
        ("...", None),
    ],
)
def test_a_column_is_known_by_its_name_in_any_dress(header: str, field: str | None) -> None:
    assert COLUMNS.field_of(header) == field


def test_names_are_compared_by_letters_and_digits() -> None:
    assert comparable("  Case_Reference (No. 2)") == comparable("case reference no 2") == "case reference no 2"


def test_a_changed_sentence_name_and_pattern_are_used() -> None:
    owners = read_columns(
        changed(
            reasons__closed="Closed cases do not belong here.",
            columns__team__headers=["Mannschaft"],
            reference={"pattern": "[a-z]{3}[0-9]", "example": "abc1", "upper_case": False},
        )
    )
    header = ["case ref", "service", "mannschaft", "worker", "status", "restricted"]
    content = csv_of(row_of(case_reference="abc1", status="closed"), row_of(case_reference="abc2"), header=header)
    report = read_population("list.csv", content, owners, stratum_of)
    assert [row.sentence for row in report.refused] == ["Closed cases do not belong here."]
    assert [row.case_reference for row in report.rows] == ["abc2"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1"),
        ("[" * 100_000, "recursion"),
        (b"\xff", "utf-8"),
        ("[]", "Invalid input"),
        (changed(columns__team=None), "columns.team"),
        (changed(columns__team__required="maybe"), "columns.team.required"),
        (changed(columns__team__headers=[]), "columns.team.headers"),
        (changed(columns__team__headers=["Case Ref"]), "'Case Ref' stands for case_reference and team"),
        (changed(columns__shoe={}), "columns.shoe"),
        (changed(words__status__closed=["Open"]), "'Open' of status means two things"),
        (changed(reference__pattern="CF-["), "unterminated"),
        (changed(longest_cell=0), "longest_cell"),
        (changed(reasons__closed=None), "reasons has no sentence for closed"),
        (changed(notes__other_sheets=None), "notes has no sentence for other_sheets"),
        (changed(reasons__closed="{found} is closed."), "reasons.closed has the unknown blank 'found'"),
        (changed(reasons__formula="{cell.__class__}"), "unknown blank 'cell.__class__'"),
    ],
)
def test_what_is_wrong_with_the_file_is_named(text: str | bytes, said: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_columns(text)
    assert refusal.value.sentence.startswith("forms/population_columns.json cannot be read: ")
    assert said in refusal.value.sentence
