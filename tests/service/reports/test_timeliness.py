"""Every audit of the period is counted once, and every member of the pool is shown (R-28, R-59, R-64)."""

from engine.service.record_system import extracts
from engine.service.record_system.extracts import CaseChange
from engine.service.reports.timeliness import OUTCOMES
from engine.store import audits, cycles
from tests.factories.council import at
from tests.service.reports.reading import figures, made, table


def every_audit(question):
    periods = [row.id for row in cycles.every(question.connection)]
    return [one for period in periods for one in audits.of_cycle(question.connection, period)]


def test_the_outcomes_make_up_the_audits_assigned(reported):
    found = figures(made(reported, "management_report").report)
    counted = {outcome: found[f"timeliness.{outcome}"]["value"] for outcome in OUTCOMES}
    assert sum(counted.values()) == found["timeliness.assigned"]["value"]
    assert (counted["late"], counted["overdue"], counted["missed"]) == (1, 1, 0)


def test_what_is_not_done_when_the_period_is_final_was_missed(reported):
    reported.pass_to(at(2027, 6, 1))
    found = figures(made(reported, "management_report", "2026-11").report)
    assert (found["timeliness.missed"]["value"], found["timeliness.overdue"]["value"]) == (1, 0)


def test_the_rate_of_the_last_months_is_exact_and_has_no_interval(reported):
    found = figures(made(reported, "management_report").report)
    rate = found["timeliness.rate"]
    assert rate["value"] == found["timeliness.on_time"]["value"] / found["timeliness.assigned"]["value"]
    assert rate["low"] is None
    assert any("no sampling error" in one for one in rate["remarks"])


def test_every_member_of_the_pool_and_every_officer_is_shown(reported):
    rows = {row[0]: row for row in table(made(reported, "management_report").report, "timeliness", "members")}
    people = reported.ask(lambda question: question.directory.people).values()
    assert {one.name for one in people if one.in_audit_pool} <= rows.keys()
    assert {"Bev", "Dan", "Eve", "Finn"} <= rows.keys()
    assert "No audit" in {row[1] for row in rows.values()}
    found = figures(made(reported, "management_report").report)
    assert sum(row[3] for row in rows.values()) == found["timeliness.on_time"]["value"]


def test_whoever_an_audit_was_taken_away_from_has_not_missed_it(reported):
    open_audit = next(one for one in reported.ask(every_audit) if one.authorised_at is None and one.late)
    extracts.apply(reported.engine, "extract", CaseChange(open_audit.case_ref, restricted=True))
    reported.pass_to(at(2027, 6, 1))
    name = reported.ask(lambda question: question.directory.people[open_audit.auditor].name)
    report = made(reported, "management_report", "2026-11").report
    rows = {row[0]: row for row in table(report, "timeliness", "members")}
    assert "Withdrawn" in rows[name][1]
    assert "Missed" not in rows[name][1]
