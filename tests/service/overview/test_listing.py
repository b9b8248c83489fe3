"""Work is listed by process, state, age, due date, post and team, by case reference alone, and taken away on record."""

from datetime import date

import pytest
from sqlalchemy import func, select

from engine.errors import NotAllowed
from engine.service import restricted as restriction
from engine.service.overview import cancelling, interventions, listing, paths, seeing
from engine.service.overview.listing import ENDED, OVERDUE, Filter
from engine.store import cases, people
from engine.store.schema.execution import instance as instances
from engine.store.schema.execution import task as tasks
from tests.factories.conflicted import bars
from tests.factories.council import at

CASE, OTHER = "CF-20931", "CF-30510"


def refs(council, **asked):
    return [row.about for row in rows(council, **asked) if row.about in (CASE, OTHER)]


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
    (row,) = (one for one in rows(audits, process="case_audit") if one.about == OTHER)
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


@pytest.fixture
def restricted(audits):
    audits.run(lambda command: cases.change(command.connection, OTHER, {"restricted": True}))
    return audits


def clear(council, person):
    council.run(lambda command: people.change_person(command.connection, person, {"cleared": True}))


def test_who_is_barred_from_a_restricted_record_is_not_told_its_reference(restricted):
    told = [row.about for row in rows(restricted, process="case_audit")]
    assert CASE in told and "Restricted" in told and OTHER not in told
    report = listing.export(restricted.engine, "asha", Filter(process="case_audit"), 365, "csv")
    (table,) = report["parts"][0]["tables"]
    assert {"Restricted", CASE} <= {row[1] for row in table["rows"]} and OTHER not in str(table)
    instance = restricted.task("Audit the case record", OTHER).instance
    assert paths.of_instance(restricted.engine, "asha", instance).about == "Restricted"
    clear(restricted, "asha")
    assert {CASE, OTHER} <= {row.about for row in rows(restricted, process="case_audit")}
    assert paths.of_instance(restricted.engine, "asha", instance).about == OTHER


def test_nobody_finds_a_restricted_record_by_trying_references(restricted):
    assert rows(restricted, case=OTHER) == () and refs(restricted, case=CASE) != []
    clear(restricted, "asha")
    assert refs(restricted, case=OTHER) == [OTHER]


def test_a_cleared_person_whom_the_table_bars_finds_nothing_of_a_restricted_record(restricted):
    clear(restricted, "asha")
    restricted.deploy(bars("Service Manager, Quality Assurance"))
    assert "Restricted" in [row.about for row in rows(restricted, process="case_audit")]
    assert rows(restricted, case=OTHER) == () and refs(restricted, case=CASE) != []
    report = listing.export(restricted.engine, "asha", Filter(process="case_audit"), 365, "csv")
    assert OTHER not in str(report)


def test_a_page_asks_about_restricted_records_once_and_not_for_each(restricted, monkeypatch):
    asked = []
    monkeypatch.setattr(restriction, "reason_against", lambda *given: asked.append(given) or "barred")
    row = restricted.ask(lambda question: cases.get(question.connection, OTHER))

    def asking(question):
        barred = seeing.barring(question, "asha")
        return [barred(row) for _ in range(50)]

    assert restricted.ask(asking) == [True] * 50 and len(asked) == 1


def test_a_long_list_says_that_there_are_more_and_does_not_count_them(audits, monkeypatch):
    asked = {"process": "case_audit", "case": "CF-"}
    whole = listing.listed(audits.engine, "asha", Filter(**asked), 365)
    assert (whole.total, whole.more) == (len(whole.rows), False) and whole.total >= 2
    monkeypatch.setattr(listing, "MOST_COUNTED", 1)
    bounded = listing.listed(audits.engine, "asha", Filter(**asked), 365)
    assert (bounded.total, bounded.more) == (1, True)
    by_index = listing.listed(audits.engine, "asha", Filter(process="case_audit"), 365)
    assert (by_index.total, by_index.more) == (whole.total, False)
    monkeypatch.setattr(listing, "MOST_BY_INDEX", 1)
    by_index = listing.listed(audits.engine, "asha", Filter(process="case_audit"), 365)
    assert (by_index.total, by_index.more) == (1, True)


def test_what_an_instance_keeps_of_its_due_dates_is_what_its_open_tasks_say(audits):
    task = audits.task("Audit the case record", OTHER)
    interventions.extend(audits.engine, "asha", task.id, date(2027, 2, 1), "Kim is away")
    audits.begin("kim", "safeguarding_concern", CASE)
    cancelling.cancel(audits.engine, "asha", audits.assign("CF-40077", "kim").instance, "Drawn by mistake")
    audits.pass_to(at(2027, 1, 20))
    first = select(func.min(tasks.c.due)).where(tasks.c.instance == instances.c.id, tasks.c.status == "open")
    with audits.database.reading() as connection:
        found = connection.execute(select(instances.c.task_due, first.scalar_subquery())).all()
    assert len(found) > 5 and all(kept == told for kept, told in found)
    assert len({kept for kept, _ in found}) > 2
