"""Closure days are seen with what they move before they are recorded, and never shorten anything (DEC-2)."""

from datetime import date

import pytest

from engine.domain.calendar import local_day
from engine.errors import Invalid, NotAllowed
from engine.service.council import days_off
from tests.factories.council import AUDIT, at

CASE, CHRISTMAS = "CF-20931", date(2026, 12, 24)


def test_what_is_shown_before_is_what_happens(council):
    council.assign(CASE, "kim")
    due = local_day(council.task(AUDIT, CASE).due)
    before = council.dump()
    shown = days_off.preview(council.engine, "gail", CHRISTMAS, CHRISTMAS, "closed early")
    assert council.dump() == before
    assert (CASE, AUDIT, due) in [(one.about, one.what, local_day(one.before)) for one in shown]
    assert days_off.close(council.engine, "gail", CHRISTMAS, CHRISTMAS, "closed early") == shown
    assert all(one.after > one.before for one in shown)
    assert local_day(council.task(AUDIT, CASE).due) > due


def test_a_closure_that_is_known_moves_nothing(council):
    council.assign(CASE, "kim")
    days_off.close(council.engine, "gail", CHRISTMAS, CHRISTMAS, "closed")
    assert days_off.preview(council.engine, "gail", CHRISTMAS, CHRISTMAS, "closed") == []


def test_only_those_who_keep_the_directory_close_the_council(council):
    for act in (days_off.preview, days_off.close):
        with pytest.raises(NotAllowed):
            act(council.engine, "mo", CHRISTMAS, CHRISTMAS, "closed")
        with pytest.raises(Invalid):
            act(council.engine, "gail", CHRISTMAS, CHRISTMAS, " ")


def test_a_year_shows_bank_holidays_and_closure_days_in_order(council):
    days_off.close(council.engine, "gail", CHRISTMAS, CHRISTMAS, "closed early")
    year = days_off.year(council.engine, "nia", 2026)
    december = [(one.day.day, one.kind, one.name) for one in year.days if one.day.month == 12]
    assert december[0] == (24, "Closed", "closed early")
    assert december[1][:2] == (25, "Bank holiday")
    assert not year.may_change
    assert days_off.year(council.engine, "gail").may_change


def test_a_meeting_is_shown_as_soon_as_its_day_is_set(council):
    task = council.task("Set the date of the meeting")
    who = council.holders(task)[0]
    assert not [one for one in days_off.year(council.engine, "nia").days if one.kind == "Meeting"]
    council.complete(who, task.title, meeting_on="2026-12-16")
    found = [one.day for one in days_off.year(council.engine, "nia").days if one.kind == "Meeting"]
    assert found == [date(2026, 12, 16)]


def test_a_warning_comes_a_year_before_the_bank_holidays_end(council):
    assert days_off.year(council.engine, "gail").holidays_end is None
    council.clock.move_to(at(2100, 1, 4))
    assert days_off.year(council.engine, "gail").holidays_end == date(2100, 12, 31)
