"""What is due is done once, in due order, whoever ticks, and after however long a time without anybody (T1 to T4)."""

import re
from datetime import timedelta

from engine.service import clockwork
from tests.factories.council import AUDIT, at, policy
from tests.factories.together import at_once

CASE = "CF-20931"
CASES = ("CF-20931", "CF-30510", "CF-40077", "CF-50008", "CF-60003", "CF-21040")


def fired(council):
    """When each instance's timers fired, in the order of the log."""
    rows = []
    for stream in _streams(council):
        rows += [(event.id, event.details["at"], stream) for event in council.events(stream) if event.kind == "due"]
    return [(at, stream) for _, at, stream in sorted(rows)]


def _streams(council):
    return [row[0] for row in council.dump()["instance"]]


def test_nothing_is_done_before_its_moment_and_everything_at_it(council):
    audit = council.assign(CASE, "kim")
    due = council.task(AUDIT, CASE).due
    council.pass_to(due - timedelta(seconds=1))
    assert not council.audit(audit.id).late
    council.clock.move_to(due)
    assert clockwork.tick(council.engine) > 0
    assert council.audit(audit.id).late
    assert clockwork.tick(council.engine) == 0


def test_what_is_due_is_done_in_due_order(council):
    for number, case in enumerate(CASES[:4]):
        council.pass_to(at(2026, 12, 1 + number))
        council.assign(case, "kim" if number % 2 else "zoe")
    council.clock.move_to(at(2027, 2, 1))
    clockwork.tick(council.engine)
    moments = [moment for moment, _ in fired(council)]
    assert moments == sorted(moments)
    assert len(moments) > 4


def test_ticking_again_does_nothing_again(council):
    council.assign(CASE, "kim")
    council.clock.move_to(at(2027, 1, 20))
    clockwork.tick(council.engine)
    after = council.dump()
    assert clockwork.tick(council.engine) == clockwork.tick(council.again().engine) == 0
    assert council.dump() == after


def test_several_who_tick_at_once_do_everything_once(council):
    audits = [
        council.assign(case, who) for case, who in zip(CASES, ("kim", "zoe", "bev", "dan", "eve", "kim"), strict=True)
    ]
    council.clock.move_to(at(2027, 1, 20))
    engines = [council.again().engine for _ in range(4)]
    done = at_once(*(lambda engine=engine: clockwork.tick(engine) for engine in engines))
    assert clockwork.tick(council.engine) == 0
    assert sum(done) >= len(audits)
    for audit in audits:
        kinds = [event.kind for event in council.events(audit.instance)]
        assert kinds.count("due") == 1
        assert kinds.count("reminded") == 4
        assert council.audit(audit.id).late
    notices = [letter.dedup_key for letter in council.letters("kim")]
    assert len(notices) == len(set(notices))


def test_a_tick_does_at_most_so_many_pieces(council):
    for case in CASES[:3]:
        council.assign(case, "kim")
    council.clock.move_to(at(2027, 1, 20))
    assert clockwork.tick(council.engine, 2) == 2
    assert clockwork.next_moment(council.engine) <= council.clock.now()


def test_time_that_passed_without_anybody_is_caught_up_as_if_somebody_had_ticked(council):
    ticked, slept = council, council.again()
    audit = ticked.assign(CASE, "kim")
    slept.clock.move_to(at(2027, 1, 20))
    clockwork.tick(slept.engine)
    events = [(event.kind, event.at) for event in ticked.events(audit.instance)]
    due = ticked.task(AUDIT, CASE).due
    assert ("due", due) in events
    assert [at for _, at in events] == sorted(at for _, at in events)


def test_each_month_begins_once_although_several_tick(council):
    council.clock.move_to(at(2026, 12, 10, 6))
    engines = [council.again().engine for _ in range(4)]
    at_once(*(lambda engine=engine: clockwork.tick(engine) for engine in engines))
    assert council.cycles() == ["2026-12", "2026-11"]
    assert council.incidents() == []


def test_months_that_passed_without_anybody_each_begin(council):
    council.clock.move_to(at(2027, 3, 11))
    clockwork.tick(council.engine)
    assert council.cycles() == ["2027-03", "2027-02", "2027-01", "2026-12", "2026-11"]


def test_a_recurring_process_begins_at_its_hour_in_london_in_summer_and_winter(council):
    council.pass_to(at(2027, 7, 10, 5, 59))
    assert council.cycles()[0] == "2027-06"
    council.pass_to(at(2027, 7, 10, 6))
    assert council.cycles()[0] == "2027-07"


def test_a_recurring_process_that_the_policy_drops_ends(council):
    files = {"processes/schedules.dmn": _without(council, "monthly_cycle")}
    council.deploy(files)
    council.pass_to(at(2027, 2, 11))
    assert council.cycles() == ["2026-11"]
    assert council.incidents() == []


def _without(council, process):
    text = policy()["processes/schedules.dmn"].decode()
    rules = re.findall(r"\s*<rule .*?</rule>", text, re.DOTALL)
    (dropped,) = [rule for rule in rules if f'"{process}"' in rule]
    return text.replace(dropped, "").encode()


def test_a_recurring_process_that_the_policy_brings_begins_from_its_day_on(council):
    council.pass_to(at(2026, 12, 11))
    dropped = {"processes/schedules.dmn": _without(council, "monthly_cycle")}
    council.deploy(dropped)
    council.pass_to(at(2027, 1, 12))
    council.deploy({}, at(2027, 2, 1))
    council.pass_to(at(2027, 3, 11))
    assert council.cycles() == ["2027-03", "2027-02", "2026-12", "2026-11"]


def test_the_next_moment_is_the_earliest_of_timers_reminders_and_recurring_processes(council):
    before = clockwork.next_moment(council.engine)
    council.assign(CASE, "kim")
    assert before <= at(2026, 12, 10, 6)
    assert clockwork.next_moment(council.engine) == before
