"""Progress by auditor: each audit counted once, the same by the database as one by one, and what is hidden stays so."""

from collections import Counter

import pytest

from engine.errors import NotFound
from engine.service.periods import progress
from engine.service.reports.timeliness import outcome_of
from engine.store import audits, periods
from tests.factories.council import at
from tests.factories.reported import authorise, cases
from tests.service.monthly import PERIOD, assigned, draw, release

OUTCOME_DAYS = [at(2026, 12, 1), at(2027, 1, 8), at(2027, 1, 20), at(2027, 6, 1)]


def one_by_one(council):
    state = council.ask(lambda question: periods.page(question.connection, 99, 0))
    (own,) = [row.state for row in state if row.id == PERIOD]
    return Counter(outcome_of(row, own) for row in council.ask(lambda q: audits.of_cycle(q.connection, PERIOD)))


@pytest.mark.parametrize("moment", OUTCOME_DAYS)
def test_the_database_counts_what_one_would_count_by_hand(council, moment):
    draw(council)
    release(council)
    given = cases(council)
    for case in given[:4]:
        authorise(council, case, "good")
    council.pass_to(moment)
    if moment > at(2026, 12, 30):
        authorise(council, given[4], "good")
    found = progress.by_auditor(council.engine, "asha", PERIOD)
    by_hand = one_by_one(council)
    assert {name: found.totals[name] for name in periods.OUTCOMES} == {name: by_hand[name] for name in periods.OUTCOMES}
    for name in periods.OUTCOMES:
        assert sum(getattr(one, name) for one in found.auditors) == by_hand[name]
        assert progress.audits(council.engine, "asha", PERIOD, outcome=name).total == by_hand[name]
    assert sum(one.given for one in found.auditors) == len(given) == 14


def test_others_audits_are_not_counted(council):
    draw(council)
    release(council)
    shown = {one.audit.case_ref for one in progress.audits(council.engine, "asha", PERIOD).lines}
    assert shown == {row.case_ref for row in assigned(council)}
    assert "CF-90001" not in shown


def test_who_was_released_and_who_was_deferred_are_told(council):
    draw(council)
    release(council)
    pool = [row for row in assigned(council) if row.source == "pool"]
    first, second = pool[0], pool[1]
    for row, kind in ((first, "dispensation"), (second, "deferment")):
        given = {"new_start": "2026-12-21"} if kind == "deferment" else {}
        council.begin(row.auditor, "deferment", row.case_ref, request_kind=kind, **given)
        council.complete("asha", "Decide on deferment or dispensation", row.case_ref, deferment_outcome="grant")
    found = progress.by_auditor(council.engine, "asha", PERIOD)
    lines = {one.auditor: one for one in found.auditors}
    assert (found.totals["dispensed"], found.totals["deferred"]) == (1, 1)
    assert (lines[first.auditor].given, lines[first.auditor].dispensed) == (0, 1)
    assert (lines[second.auditor].given, lines[second.auditor].deferred) == (1, 1)


def test_members_of_the_pool_without_an_audit_are_named(council, monkeypatch):
    draw(council)
    release(council)
    found = progress.by_auditor(council.engine, "asha", PERIOD)
    given = {row.auditor for row in assigned(council)}
    people = council.ask(lambda question: question.directory.people)
    left = sorted(one.name for one in people.values() if one.in_audit_pool and one.username not in given)
    assert (list(found.without), found.without_total) == (left, len(left))
    monkeypatch.setattr(progress, "NAMED", 2)
    assert progress.by_auditor(council.engine, "asha", PERIOD).without == left[:2]


def test_auditors_come_by_name_and_a_page_at_a_time(council, monkeypatch):
    draw(council)
    release(council)
    everybody = [one.auditor for one in progress.by_auditor(council.engine, "asha", PERIOD).auditors]
    names = council.ask(lambda question: {one: question.directory.people[one].name for one in everybody})
    assert everybody == sorted(everybody, key=names.__getitem__)
    monkeypatch.setattr(progress, "PAGE", 4)
    pages = [progress.by_auditor(council.engine, "asha", PERIOD, number) for number in (1, 2, 3, 4)]
    assert [one.auditor for page in pages for one in page.auditors] == everybody
    assert pages[0].total == len(everybody)


def test_an_outcome_that_there_is_not_is_not_found(council):
    with pytest.raises(NotFound, match="outcome wonderful"):
        progress.audits(council.engine, "asha", PERIOD, outcome="wonderful")


def test_the_selection_is_shown_to_the_team_and_to_nobody_of_the_pool(council):
    """Ian and Colin lead the service and are in the pool: they see the progress, and not what was drawn (I-08)."""
    draw(council)
    release(council)
    chosen = {row.case_ref: row.selected for row in assigned(council)}
    for person in ("asha", "gail"):
        lines = progress.audits(council.engine, person, PERIOD).lines
        assert {one.audit.case_ref: one.selected for one in lines} == chosen
    for person in ("ian", "colin"):
        assert all(one.selected is None for one in progress.audits(council.engine, person, PERIOD).lines)


def test_the_selection_of_ones_own_audit_is_hidden_even_from_the_team(council):
    draw(council)
    release(council)
    own = assigned(council)[0]
    person = council.ask(lambda question: question.directory.people["gail"])
    council.run(lambda command: audits.end_holding(command.connection, _audit(command, own), command.now, "released"))
    council.run(lambda command: audits.begin_holding(command.connection, _audit(command, own), "gail", command.now))
    lines = progress.audits(council.engine, person.username, PERIOD).lines
    assert {one.audit.case_ref for one in lines if one.selected is None} == {own.case_ref}


def _audit(command, row):
    (found,) = [one.id for one in audits.of_cycle(command.connection, PERIOD) if one.case_ref == row.case_ref]
    return found


def test_a_file_of_the_audits_is_recorded_and_holds_nothing_hidden(council):
    draw(council)
    release(council)
    found = progress.export(council.engine, "asha", PERIOD, "csv")
    assert (len(found.rows), found.marking) == (14, "OFFICIAL-SENSITIVE")
    names = council.ask(lambda question: {one.name for one in question.directory.people.values()})
    for row, kept in zip(found.rows, sorted(assigned(council), key=lambda one: one.case_ref), strict=True):
        assert row[0] == kept.case_ref
        assert row[1] in names
        assert row[3:] == ("2026-12-01", "2026-12-31", None, 0)
    event = council.events(f"cycle {PERIOD}")[-1]
    assert (event.actor, event.kind, event.details) == ("asha", "exported", {"what": "audits", "form": "csv"})


def test_links_go_where_the_reader_may_go(council):
    draw(council)
    release(council)
    assert all(one.may_open for one in progress.audits(council.engine, "asha", PERIOD).lines)
