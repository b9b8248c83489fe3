"""No cell that we write is run by a spreadsheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.spreadsheets import guarded


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "|calc", "%0", "\t=1", "\r=1", "  =1", "\x01=1", "＝1", "\tplain"]
)
def test_what_begins_like_a_formula_is_kept_from_being_one(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["CF-20931", "Good", "", "a=b", -1, 0.5, None, True])
def test_everything_else_stays_as_it_is(cell: object) -> None:
    assert guarded(cell) is cell


@given(st.text(max_size=20))
def test_a_text_is_never_changed_but_by_the_apostrophe(text: str) -> None:
    assert guarded(text) in (text, f"'{text}")
