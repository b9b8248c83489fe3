"""Working days, as DEC-2 and DEC-11 count them, against every date the requirements and stories fix."""

import itertools
from datetime import UTC, date, datetime, timedelta, tzinfo
from timeit import repeat
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.calendar import (
    WorkingCalendar,
    end_of_day,
    format_moment,
    local_day,
    months_later,
    parse_day,
    parse_moment,
    start_of_day,
)
from engine.errors import Invalid

ENGLAND = WorkingCalendar()
CLOSED_AFTER_CHRISTMAS = WorkingCalendar([date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)])

days = st.dates(date(2012, 1, 1), date(2045, 12, 31))
closures = st.frozensets(days, max_size=40)
near_closures = st.frozensets(st.dates(date(2026, 11, 1), date(2027, 2, 28)), max_size=40)
counts = st.integers(0, 400)


def day_of(text: str) -> date:
    """Read "Thu 10 Dec 2026", and make sure that the weekday is right."""
    day = datetime.strptime(text, "%a %d %b %Y").replace(tzinfo=UTC).date()
    assert day.strftime("%a") == text[:3]
    return day


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("Thu 10 Dec 2026", 20, "Tue 12 Jan 2027"),
        ("Wed 14 Oct 2026", 20, "Wed 11 Nov 2026"),
        ("Sat 12 Dec 2026", 20, "Wed 13 Jan 2027"),
        ("Thu 11 Mar 2027", 20, "Mon 12 Apr 2027"),
        ("Wed 21 Oct 2026", 20, "Wed 18 Nov 2026"),
        ("Mon 11 Jan 2027", 20, "Mon 8 Feb 2027"),
        ("Mon 2 Nov 2026", 20, "Mon 30 Nov 2026"),
        ("Thu 12 Nov 2026", 20, "Thu 10 Dec 2026"),
        ("Thu 11 Feb 2027", 20, "Thu 11 Mar 2027"),
        ("Thu 11 Mar 2027", 15, "Mon 5 Apr 2027"),
        ("Wed 4 Nov 2026", 25, "Wed 9 Dec 2026"),
        ("Wed 18 Nov 2026", 25, "Wed 23 Dec 2026"),
        ("Tue 24 Nov 2026", 25, "Thu 31 Dec 2026"),
        ("Wed 25 Nov 2026", 25, "Mon 4 Jan 2027"),
        ("Wed 6 Jan 2027", 25, "Wed 10 Feb 2027"),
        ("Mon 15 Feb 2027", 25, "Mon 22 Mar 2027"),
        ("Tue 6 Apr 2027", 25, "Wed 12 May 2027"),
        ("Wed 20 Jan 2027", 5, "Wed 27 Jan 2027"),
        ("Tue 6 Apr 2027", 5, "Tue 13 Apr 2027"),
    ],
)
def test_a_clock_of_working_days_starts_the_day_after(start: str, n: int, due: str) -> None:
    assert ENGLAND.add(day_of(start), n) == day_of(due)
    assert ENGLAND.due(day_of(start), n) == end_of_day(day_of(due))


def test_council_closure_days_are_not_worked() -> None:
    assert CLOSED_AFTER_CHRISTMAS.add(day_of("Thu 10 Dec 2026"), 20) == day_of("Fri 15 Jan 2027")
    assert not CLOSED_AFTER_CHRISTMAS.is_working_day(day_of("Wed 30 Dec 2026"))
    assert ENGLAND.is_working_day(day_of("Wed 30 Dec 2026"))


def test_an_added_holiday_counts_like_a_bank_holiday() -> None:
    coronation = date(2027, 6, 14)
    assert ENGLAND.add(date(2027, 6, 11), 1) == coronation
    assert WorkingCalendar(added_holidays=[coronation]).add(date(2027, 6, 11), 1) == date(2027, 6, 15)
    assert WorkingCalendar(added_holidays=[coronation]) == WorkingCalendar([coronation])


@pytest.mark.parametrize(
    "day",
    [
        *["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25"],
        *["2026-12-28", "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30"],
        *["2027-12-27", "2027-12-28"],
    ],
)
def test_bank_holidays_of_england_and_their_substitutes_are_not_worked(day: str) -> None:
    assert not ENGLAND.is_working_day(date.fromisoformat(day))


def test_other_weekdays_of_those_two_years_are_worked() -> None:
    whole = [date(2026, 1, 1) + timedelta(n) for n in range(730)]
    weekdays = [day for day in whole if day.weekday() < 5]
    assert len([day for day in weekdays if not ENGLAND.is_working_day(day)]) == 8 + 8


@pytest.mark.parametrize(
    ("day", "rolled"),
    [
        ("Sat 10 Oct 2026", "Mon 12 Oct 2026"),
        ("Tue 10 Nov 2026", "Tue 10 Nov 2026"),
        ("Fri 25 Dec 2026", "Tue 29 Dec 2026"),
        ("Fri 26 Mar 2027", "Tue 30 Mar 2027"),
    ],
)
def test_the_list_is_due_on_the_first_working_day_from_the_reference_date(day: str, rolled: str) -> None:
    assert ENGLAND.roll_forward(day_of(day)) == day_of(rolled)
    assert ENGLAND.due(day_of(day), 0) == end_of_day(day_of(rolled))


@pytest.mark.parametrize(
    ("start", "n", "later"),
    [
        ("Fri 30 Oct 2026", 4, "Mon 1 Mar 2027"),
        ("Wed 4 Nov 2026", 4, "Thu 4 Mar 2027"),
        ("Sat 31 Oct 2026", 4, "Mon 1 Mar 2027"),
        ("Fri 31 Jul 2026", 4, "Mon 30 Nov 2026"),
        ("Wed 25 Nov 2026", 4, "Thu 25 Mar 2027"),
        ("Thu 26 Nov 2026", 4, "Tue 30 Mar 2027"),
        ("Mon 30 Nov 2026", 1, "Wed 30 Dec 2026"),
        ("Tue 29 Feb 2028", 12, "Wed 28 Feb 2029"),
        ("Thu 10 Dec 2026", 0, "Thu 10 Dec 2026"),
    ],
)
def test_months_are_clipped_to_the_end_of_the_month_then_rolled(start: str, n: int, later: str) -> None:
    assert ENGLAND.months_after(day_of(start), n) == day_of(later)


def test_reminders_overdue_notice_and_escalation_around_a_due_day() -> None:
    due = day_of("Tue 12 Jan 2027")
    assert ENGLAND.subtract(due, 5) == day_of("Tue 5 Jan 2027")
    assert ENGLAND.subtract(due, 1) == day_of("Mon 11 Jan 2027")
    assert ENGLAND.add(due, 1) == day_of("Wed 13 Jan 2027")
    assert ENGLAND.add(due, 5) == day_of("Tue 19 Jan 2027")
    assert ENGLAND.subtract(day_of("Sun 3 Jan 2027"), 1) == day_of("Thu 31 Dec 2026")


def test_days_late_are_the_working_days_between() -> None:
    assert ENGLAND.between(day_of("Thu 10 Dec 2026"), day_of("Tue 12 Jan 2027")) == 20
    assert ENGLAND.between(day_of("Thu 24 Dec 2026"), day_of("Mon 28 Dec 2026")) == 0
    assert ENGLAND.between(day_of("Tue 12 Jan 2027"), day_of("Thu 10 Dec 2026")) == 0
    assert ENGLAND.between(day_of("Fri 1 Jan 2021"), day_of("Tue 1 Jan 2030")) == naive_between(
        date(2021, 1, 1), date(2030, 1, 1)
    )


def naive_between(a: date, b: date, calendar: WorkingCalendar = ENGLAND) -> int:
    """Count one day after another."""
    return sum(calendar.is_working_day(a + timedelta(n)) for n in range(1, (b - a).days + 1))


@given(day=days, n=counts, closed=closures)
def test_between_counts_what_add_adds(day: date, n: int, closed: frozenset[date]) -> None:
    calendar = WorkingCalendar(closed)
    assert calendar.between(day, calendar.add(day, n)) == n


@given(a=days, ahead=st.integers(0, 900), closed=closures)
def test_between_agrees_with_counting_one_day_after_another(a: date, ahead: int, closed: frozenset[date]) -> None:
    calendar = WorkingCalendar(closed)
    b = a + timedelta(ahead)
    assert calendar.between(a, b) == naive_between(a, b, calendar)


@given(day=days, n=counts, closed=closures)
def test_subtract_undoes_add_from_a_working_day(day: date, n: int, closed: frozenset[date]) -> None:
    calendar = WorkingCalendar(closed)
    start = calendar.roll_forward(day)
    assert calendar.subtract(calendar.add(start, n), n) == start


@given(day=days, first=counts, second=counts)
def test_adding_in_two_steps_is_adding_at_once(day: date, first: int, second: int) -> None:
    assert ENGLAND.add(ENGLAND.add(day, first), second) == ENGLAND.add(day, first + second)


@given(day=st.dates(date(2026, 10, 1), date(2027, 2, 28)), n=counts, closed=near_closures, extra=near_closures)
def test_a_further_closure_day_never_makes_anything_due_earlier(
    day: date, n: int, closed: frozenset[date], extra: frozenset[date]
) -> None:
    assert WorkingCalendar(closed | extra).due(day, n) >= WorkingCalendar(closed).due(day, n)


@given(day=days, n=counts, closed=closures)
def test_due_is_the_last_second_of_a_working_day(day: date, n: int, closed: frozenset[date]) -> None:
    calendar = WorkingCalendar(closed)
    moment = calendar.due(day, n)
    assert calendar.is_working_day(local_day(moment))
    assert moment.utcoffset() == timedelta(0)
    assert moment.astimezone(ZoneInfo("Europe/London")).strftime("%H:%M:%S") == "23:59:59"


@pytest.mark.parametrize(
    ("day", "n", "later"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 8, 31), -6, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 5, 1), 420, date(2061, 5, 1)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
    ],
)
def test_calendar_months_are_clipped_and_not_rolled(day: date, n: int, later: date) -> None:
    assert months_later(day, n) == later


@given(day=days, n=st.integers(0, 60), closed=closures)
def test_months_after_is_a_working_day_and_never_before_the_plain_month(
    day: date, n: int, closed: frozenset[date]
) -> None:
    calendar = WorkingCalendar(closed)
    later = calendar.months_after(day, n)
    assert calendar.is_working_day(later)
    assert later.year * 12 + later.month >= day.year * 12 + day.month + n


@pytest.mark.parametrize(
    ("day", "ends", "begins"),
    [
        ("Sat 27 Mar 2027", "2027-03-27T23:59:59+00:00", "2027-03-27T00:00:00+00:00"),
        ("Sun 28 Mar 2027", "2027-03-28T22:59:59+00:00", "2027-03-28T00:00:00+00:00"),
        ("Mon 29 Mar 2027", "2027-03-29T22:59:59+00:00", "2027-03-28T23:00:00+00:00"),
        ("Sat 24 Oct 2026", "2026-10-24T22:59:59+00:00", "2026-10-23T23:00:00+00:00"),
        ("Sun 25 Oct 2026", "2026-10-25T23:59:59+00:00", "2026-10-24T23:00:00+00:00"),
    ],
)
def test_a_day_begins_and_ends_by_the_clocks_of_london(day: str, ends: str, begins: str) -> None:
    assert format_moment(end_of_day(day_of(day))) == ends
    assert format_moment(start_of_day(day_of(day))) == begins


@given(day=days)
def test_days_follow_one_another_without_gap(day: date) -> None:
    assert end_of_day(day) + timedelta(seconds=1) == start_of_day(day + timedelta(1))
    assert local_day(start_of_day(day)) == local_day(end_of_day(day)) == day


def test_twenty_working_days_across_both_clock_changes_end_at_the_same_time_of_day() -> None:
    across_autumn = ENGLAND.due(day_of("Wed 14 Oct 2026"), 20)
    across_spring = ENGLAND.due(day_of("Thu 11 Mar 2027"), 20)
    assert format_moment(across_autumn) == "2026-11-11T23:59:59+00:00"
    assert format_moment(across_spring) == "2027-04-12T22:59:59+00:00"


def test_a_summer_evening_in_utc_is_the_next_day_in_london() -> None:
    assert local_day(datetime(2027, 6, 30, 23, 30, tzinfo=UTC)) == date(2027, 7, 1)
    assert parse_day("2027-06-30T23:30:00+00:00") == date(2027, 7, 1)
    assert parse_day("2027-06-30") == date(2027, 6, 30)


@given(day=days, seconds=st.integers(0, 86_400), zone=st.timezones())
def test_moments_survive_being_written_and_read(day: date, seconds: int, zone: tzinfo) -> None:
    moment = (start_of_day(day) + timedelta(seconds=seconds)).astimezone(zone)
    written = format_moment(moment)
    assert parse_moment(written) == moment.astimezone(UTC)
    assert format_moment(parse_moment(written)) == written


@pytest.mark.parametrize(
    "text", ["2026-12-10T23:59:59", "2026-12-10", "tomorrow", "", "9999-12-31T23:59:59-05:00", None, 20261210]
)
def test_what_is_no_moment_with_an_offset_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse_moment(text)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-W50-4", "20261210", "10/12/2026", "", None])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse_day(text)


def test_naive_moments_are_refused_everywhere() -> None:
    naive = datetime.fromisoformat("2026-12-10T09:00:00")
    for refuse in (local_day, format_moment):
        with pytest.raises(Invalid, match="no offset"):
            refuse(naive)


def test_counts_below_nothing_and_years_out_of_reach_are_refused() -> None:
    day = date(2026, 12, 10)
    for refused in (
        lambda: ENGLAND.add(day, -1),
        lambda: ENGLAND.subtract(day, -1),
        lambda: ENGLAND.months_after(day, -1),
        lambda: ENGLAND.add(day, 10**9),
        lambda: ENGLAND.subtract(day, 10**9),
        lambda: ENGLAND.months_after(day, 10**9),
        lambda: ENGLAND.between(date(1, 1, 1), day),
        lambda: ENGLAND.is_working_day(date(9999, 12, 31)),
        lambda: WorkingCalendar([datetime(2026, 12, 29, tzinfo=UTC)]),
    ):
        with pytest.raises(Invalid):
            refused()


def test_a_calendar_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        ENGLAND.closed = frozenset()  # type: ignore[misc]
    assert hash(WorkingCalendar([date(2026, 12, 29)])) == hash(WorkingCalendar([date(2026, 12, 29)]))


def test_twenty_five_working_days_take_less_than_ten_microseconds() -> None:
    starts = itertools.cycle([date(2026, 1, 1) + timedelta(n) for n in range(365)])
    seconds = repeat(lambda: CLOSED_AFTER_CHRISTMAS.add(next(starts), 25), number=2000, repeat=5)
    assert min(seconds) / 2000 < 10e-6


def test_counting_across_centuries_takes_no_longer() -> None:
    first, last = date(1900, 1, 1), date(2200, 12, 31)
    for reckon in (
        lambda: CLOSED_AFTER_CHRISTMAS.between(first, last),
        lambda: CLOSED_AFTER_CHRISTMAS.add(first, 70_000),
        lambda: CLOSED_AFTER_CHRISTMAS.subtract(last, 70_000),
    ):
        assert min(repeat(reckon, number=2000, repeat=5)) / 2000 < 10e-6
