"""Dates as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn.forms.dates import date_in_words, fault_of, iso_of, parts_of

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(DAYS)
def test_every_real_date_is_understood_in_boxes_and_as_one_text(day):
    iso = day.isoformat()
    assert iso_of(iso) == iso_of(parts_of(iso)) == iso
    typed = {"day": f" {day.day:02} ", "month": day.strftime("%B"), "year": day.year}
    assert iso_of(typed) == iso_of(typed | {"month": day.strftime("%b").upper()}) == iso
    assert date_in_words(iso) == f"{day.day} {day.strftime('%B')} {day.year}"


@given(
    st.none()
    | st.text()
    | st.integers()
    | st.dictionaries(st.sampled_from(["day", "month", "year"]), st.text() | st.integers())
)
def test_anything_else_has_a_fault(value):
    if iso_of(value) is None:
        assert fault_of(value).startswith("must ")
    else:
        assert date.fromisoformat(iso_of(value))


@pytest.mark.parametrize("typed", ["2026-02-29", "2026-2-3", "0999-01-01", "2200-01-01", "10/12/2026", "٢٠٢٦-٠١-٠١"])
def test_what_is_no_date_is_not_guessed(typed):
    assert iso_of(typed) is None
