"""Days and due dates in words, in London."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.calendar import WorkingCalendar, end_of_day
from webapp.render.words import badge, cell, count_of, day, moment, sentence, short_day

CALENDAR = WorkingCalendar()
FRIDAY = date(2026, 12, 11)


@pytest.mark.parametrize(
    ("due", "words", "colour"),
    [
        (date(2026, 12, 10), "Overdue by 1 working day", "red"),
        (date(2026, 11, 27), "Overdue by 10 working days", "red"),
        (FRIDAY, "Due today", "orange"),
        (date(2026, 12, 14), "1 working day left", "yellow"),
        (date(2027, 1, 12), "19 working days left", "blue"),
        (None, "No due date", "grey"),
    ],
)
def test_a_badge_counts_working_days(due, words, colour):
    found = badge(None if due is None else end_of_day(due), FRIDAY, CALENDAR)
    assert (found.words, found.colour) == (words, colour)


def test_what_was_due_on_friday_is_overdue_on_saturday():
    assert badge(end_of_day(FRIDAY), date(2026, 12, 12), CALENDAR).words == "Overdue"


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_badge_is_red_exactly_when_the_day_has_passed(due, today):
    assert (badge(end_of_day(due), today, CALENDAR).colour == "red") == (due < today)


def test_a_moment_in_summer_is_told_by_the_clock_in_london():
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert moment(late) == "2 July 2026 at 00:30"
    assert day(late) == "Thursday 2 July 2026"
    assert short_day(late) == "2 July 2026"


def test_nothing_is_said_of_no_moment():
    assert [day(None), short_day(None), moment(None)] == ["", "", ""]


def test_counting_and_capitals():
    assert [count_of(1, "case", "cases"), count_of(2460, "case", "cases")] == ["1 case", "2,460 cases"]
    assert sentence("with the Practice Manager") == "With the Practice Manager"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, "No entry"), (1204, "1,204"), ("2026-06-24", "24 June 2026"), ("CF-20931", "CF-20931"),
        ("2026-11-25 10:05", "25 November 2026 at 10:05"), ("2026-06", "2026-06"), ("", ""), (2.5, "2.5"),
    ],
)  # fmt: skip
def test_a_cell_of_a_report_is_read_in_words(value, read):
    assert cell(value) == read
