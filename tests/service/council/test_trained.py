"""Training records: the untrained first, and recording by those who keep them (R-48)."""

from datetime import date, timedelta

import pytest

from engine.errors import Invalid, NotAllowed
from engine.service.council import changes, log, trained
from tests.service.council.test_changes import NEW

TODAY = date(2026, 12, 1)


def test_who_may_audit_without_training_comes_first(council):
    before = trained.auditors(council.engine, "gail")
    assert before.untrained == 0
    changes.add(council.engine, "gail", "newa", {**NEW, "post": "Specialist", "in_audit_pool": True})
    page = trained.auditors(council.engine, "gail")
    assert (page.lines[0].person.username, page.lines[0].trained_on) == ("newa", None)
    assert (page.untrained, page.total) == (1, before.total + 1)
    trained.record(council.engine, "gail", "newa", TODAY)
    page = trained.auditors(council.engine, "gail")
    assert page.untrained == 0
    assert {one.trained_on for one in page.lines if one.person.username == "newa"} == {TODAY}


def test_no_training_is_recorded_of_a_day_to_come_or_by_others(council):
    before = council.dump()
    with pytest.raises(Invalid):
        trained.record(council.engine, "gail", "kim", TODAY + timedelta(1))
    with pytest.raises(Invalid):
        trained.record(council.engine, "gail", "nobody", TODAY)
    with pytest.raises(NotAllowed):
        trained.record(council.engine, "kim", "kim", TODAY)
    assert council.dump() == before


def test_the_log_shows_what_was_changed_newest_first(council):
    trained.record(council.engine, "gail", "kim", TODAY)
    page = log.changes(council.engine, "asha")
    assert (page.events[0].kind, page.events[0].actor) == ("trained", "gail")
    assert [one.n for one in page.events] == sorted((one.n for one in page.events), reverse=True)
    assert page.total == page.events[0].n
    with pytest.raises(NotAllowed):
        log.changes(council.engine, "mo")
