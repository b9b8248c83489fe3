"""What an expression says is read without running it."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn.phrases import (
    choices,
    first_arguments,
    literal_texts,
    names_assigned,
    names_read,
    quoted_texts,
)


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('"assigned"', ["assigned"]),
        ('"early" if before else "late"', ["early", "late"]),
        ('"a" if x else "b" if y else "c"', ["a", "b", "c"]),
        ('chosen["notice"]', []),
        ('"a" + "b"', []),
        ("x = 1", []),
        ("not python at all", []),
        ("", []),
    ],
)
def test_literal_texts(source: str, texts: list[str]) -> None:
    assert literal_texts(source) == texts


def test_quoted_texts_of_a_cell() -> None:
    assert quoted_texts('"LAC", "CWD"') == ["LAC", "CWD"]
    assert quoted_texts("< 5") == []
    assert quoted_texts('in ["LAC", "CWD"]') == quoted_texts('not in ("LAC", "CWD")') == ["LAC", "CWD"]
    assert quoted_texts('? != "LAC"') == ["LAC"]


def test_names() -> None:
    script = 'total = price * count\nrecord["sum"] = total\nif late:\n    fee += 1'
    assert names_assigned(script) == {"total", "record", "fee"}
    assert names_read(script) >= {"price", "count", "late"}


def test_first_arguments_of_a_function() -> None:
    assert first_arguments('deadline("audit", start) if x else deadline(row)', "deadline") == ["audit"]


def test_branches_are_told_apart_from_values() -> None:
    assert [type(value) for value in choices("5 if x else working_days(5)")] == [ast.Constant, ast.Call]


@given(st.text(alphabet="()[]{}-+~x1\"'=:, \nif else", max_size=60) | st.sampled_from(["(" * 5_000, "-" * 3_999 + "1"]))
def test_nothing_is_raised(source: str) -> None:
    for read in (choices, literal_texts, quoted_texts, names_read, names_assigned):
        read(source)
