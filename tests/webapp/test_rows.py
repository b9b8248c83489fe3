"""Rows of a repeated group, added and removed by plain buttons."""

from hypothesis import given
from hypothesis import strategies as st

from webapp.rows import changed

RAW = {"actions": [{"what": "first"}, {"what": "second"}], "other": "answer"}


def test_a_row_is_added_at_the_end():
    rows = changed(RAW, "add:actions")
    assert rows.raw == {"actions": [{"what": "first"}, {"what": "second"}, {}], "other": "answer"}
    assert rows.row == 2


def test_the_row_that_is_named_is_removed():
    rows = changed(RAW, "remove:actions:0")
    assert rows.raw["actions"] == [{"what": "second"}]
    assert rows.row == 0


def test_removing_the_last_row_leaves_none_to_look_at():
    assert changed({"actions": [{}]}, "remove:actions:0").row is None


@given(st.text())
def test_other_buttons_are_left_to_others(button):
    rows = changed(RAW, button)
    assert rows is None or rows.question == "actions"
    assert RAW["actions"] == [{"what": "first"}, {"what": "second"}]


def test_a_row_that_does_not_exist_is_not_removed():
    assert changed(RAW, "remove:actions:7").raw["actions"] == RAW["actions"]
    assert changed(RAW, "remove:other:0") is None
