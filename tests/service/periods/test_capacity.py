"""Capacity: who of the pool is away, still busy or released, and the sum that the sample's size comes from (R-43)."""

from engine.service.people import directory
from engine.service.periods import capacity
from tests.factories.council import at
from tests.service.monthly import PERIOD, assigned, draw, release, upload


def of(council, period=PERIOD):
    return capacity.of_period(council.engine, "asha", period)


def test_before_it_is_confirmed_the_pool_is_counted_and_nothing_else(council):
    found = of(council)
    members = council.ask(lambda question: [one for one in question.directory.people.values() if one.in_audit_pool])
    assert found.pool == len(members)
    assert (found.confirmed, found.population, found.sample) == (None, None, None)
    assert [one.name for one in found.officers] == ["Bev", "Dan", "Eve", "Finn"]
    assert found.officer_maximum == 20
    upload(council)
    assert of(council).population == 28


def test_who_is_away_in_the_time_that_an_audit_has_is_told_with_how_much(council):
    directory.record_absence(council.engine, "asha", "kim", at(2026, 12, 1).date(), at(2026, 12, 15).date())
    directory.record_absence(council.engine, "asha", "zoe", at(2027, 2, 1).date(), at(2027, 2, 15).date())
    directory.record_absence(council.engine, "asha", "bev", at(2026, 12, 1).date(), at(2027, 2, 15).date())
    found = of(council)
    assert (found.first_day, found.last_day) == (at(2026, 12, 1).date(), at(2026, 12, 31).date())
    assert {one.name: one.away for one in found.noted} == {"Kim": 0.5}
    assert {one.name: one.away for one in found.officers}["Bev"] == 1.0


def test_the_sum_is_told_as_it_was_confirmed(council):
    draw(council, 6, 2)
    found = of(council)
    assert {name: found.confirmed[name] for name in ("pool", "each_officer", "officers")} == {
        "pool": 6,
        "each_officer": 2,
        "officers": 4,
    }
    assert found.sample == 6 + 4 * 2


def test_audits_of_earlier_periods_that_are_still_held_are_told(council):
    draw(council)
    release(council)
    council.pass_to(at(2026, 12, 14))
    (pool,) = [row for row in assigned(council) if row.source == "pool"][:1]
    council.begin(pool.auditor, "deferment", pool.case_ref, request_kind="deferment", new_start="2027-01-11")
    council.complete("asha", "Decide on deferment or dispensation", pool.case_ref, deferment_outcome="grant")
    later = of(council, "2026-12")
    name = council.ask(lambda question: question.directory.people[pool.auditor].name)
    lines = {one.name: one for one in later.noted}
    assert (lines[name].open_audits, lines[name].deferred) == (1, 1)
    assert all(one.open_audits == 0 for one in of(council).noted)
    assert sum(one.open_audits for one in (*later.noted, *later.officers)) == 14


def test_who_was_released_from_this_period_is_told(council):
    draw(council)
    release(council)
    (pool,) = [row for row in assigned(council) if row.source == "pool"][:1]
    council.begin(pool.auditor, "deferment", pool.case_ref, request_kind="dispensation")
    council.complete("asha", "Decide on deferment or dispensation", pool.case_ref, deferment_outcome="grant")
    name = council.ask(lambda question: question.directory.people[pool.auditor].name)
    assert {one.name for one in of(council).noted if one.released} == {name}


def test_after_the_release_absences_are_counted_from_its_day(council):
    draw(council)
    release(council)
    council.pass_to(at(2027, 1, 20))
    assert of(council).first_day == at(2026, 12, 1).date()
