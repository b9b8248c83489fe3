"""Work is listed by process, state, age, due date, post and team, by case reference alone, and taken away on record."""

import pytest

from engine.errors import NotAllowed
from engine.service import listing
from engine.service.listing import ENDED, OVERDUE, Filter
from tests.factories.council import at

CASE, OTHER = "CF-20931", "CF-30510"


def refs(council, **asked):
    return [row.case_ref for row in rows(council, **asked) if row.case_ref in (CASE, OTHER)]


def rows(council, **asked):
    return listing.listed(council.engine, "asha", Filter(**asked), 365).rows


@pytest.fixture
def audits(council):
    """An audit whose remedial actions are open, and one that nobody has done."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    council.assign(OTHER, "kim")
    return council


def test_a_list_is_narrowed_by_process_post_team_and_case(audits):
    assert set(refs(audits)) == {CASE, OTHER}
    assert refs(audits, process="case_audit", post="Auditor") == [OTHER]
    assert refs(audits, process="case_audit", post="Auditor", team="North CIN") == []
    assert refs(audits, process="remedial_action", post="Practice Manager") == [CASE]
    assert set(refs(audits, case="CF-209")) == {CASE}


def test_a_list_is_narrowed_by_age_and_due_date(audits):
    assert refs(audits, process="case_audit", due=OVERDUE) == []
    audits.pass_to(at(2027, 1, 6))
    assert refs(audits, process="case_audit", due=OVERDUE) == [OTHER]
    assert refs(audits, process="case_audit", due="none") == [CASE]
    (row,) = (one for one in rows(audits, process="case_audit") if one.case_ref == OTHER)
    assert (row.overdue, row.lane, row.state) == (True, "Auditor", "under way")
    assert row.age >= 20 and OTHER in refs(audits, process="case_audit", age="20")
    assert OTHER not in refs(audits, process="case_audit", age="60")


def test_what_is_due_within_a_working_week_is_found(audits):
    assert OTHER not in refs(audits, process="case_audit", due="soon")
    row = audits.task("Audit the case record", OTHER)
    audits.pass_to(row.due.replace(hour=9))
    assert refs(audits, process="case_audit", due="soon") == [OTHER]


def test_what_ended_is_listed_by_its_state(audits):
    assert all(row.state == "finished" for row in rows(audits, state=ENDED))
    assert not {row.id for row in rows(audits, state=ENDED)} & {row.id for row in rows(audits)}


@pytest.mark.parametrize("asked", [{"age": "7"}, {"age": "²0"}, {"state": "x"}, {"due": "x"}])
def test_what_nobody_offers_narrows_nothing(audits, asked):
    assert set(refs(audits, **asked)) == {CASE, OTHER}


def test_a_list_that_is_taken_away_is_marked_and_on_record(audits):
    report = listing.export(audits.engine, "asha", Filter(process="case_audit", case=OTHER), 365, "xlsx")
    assert report["marking"] == "OFFICIAL-SENSITIVE"
    (table,) = report["parts"][0]["tables"]
    assert [row[1] for row in table["rows"]] == [OTHER]
    assert len(table["rows"][0]) == len(table["columns"])
    (event,) = audits.events("lists")
    assert (event.kind, event.actor) == ("exported", "asha")
    assert event.details == {
        "list": "standing",
        "form": "xlsx",
        "asked": {"process": "case_audit", "case": OTHER},
        "rows": 1,
    }


def test_a_list_too_long_for_a_file_says_so(audits, monkeypatch):
    monkeypatch.setattr(listing, "MOST_EXPORTED", 1)
    report = listing.export(audits.engine, "asha", Filter(process="case_audit"), 365, "csv")
    assert "Only the oldest 1 of " in report["status"]


def test_others_see_and_take_nothing(audits):
    with pytest.raises(NotAllowed):
        listing.listed(audits.engine, "kim", Filter(), 30)
    with pytest.raises(NotAllowed):
        listing.export(audits.engine, "kim", Filter(), 30, "csv")
    assert audits.events("lists") == []
