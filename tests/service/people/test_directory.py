"""Absences, closure days and people: who holds what today, and due dates that only ever move later (DEC-8, DEC-2)."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.domain.calendar import local_day
from engine.domain.people import Absence
from engine.errors import Invalid, NotFound, NotNow
from engine.service import instances
from engine.service.council import leavers
from engine.service.people import directory
from engine.service.posts import place
from engine.store import cases
from engine.store import instances as instance_rows
from tests.factories.council import AUDIT, REMEDY, at, people, teams
from tests.factories.diagrams import chain, diagram, end, start, user
from tests.factories.faulty import FORM_FILE

CASE = "CF-20931"
TODAY = date(2026, 12, 1)
CHRISTMAS = date(2026, 12, 24)


def away(council, username, first, last=None):
    directory.record_absence(council.engine, "asha", username, first, last or first)


def due_day(council, title, case=CASE):
    return local_day(council.task(title, case).due)


def notices(council, person):
    return [letter.notice for letter in council.letters(person, CASE)]


# Absence


def test_a_post_is_answered_for_by_the_stand_in_while_its_holder_is_away(council):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    away(council, "mo", date(2026, 12, 2), date(2026, 12, 3))
    found = {}
    for day in (1, 2, 3, 4):
        council.pass_to(at(2026, 12, day))
        found[day] = council.holders(council.task(REMEDY, CASE))
    assert found == {1: ("mo",), 2: ("oz",), 3: ("oz",), 4: ("mo",)}


def test_a_long_absence_of_the_social_worker_passes_the_work_to_the_manager_and_tells_both(council):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    away(council, "nia", date(2026, 12, 1), date(2027, 1, 5))
    assert notices(council, "mo")[-1] == notices(council, "nia")[-1] == "work_passed_to_practice_manager"


def test_a_short_absence_tells_nobody(council):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    away(council, "nia", date(2026, 12, 1), date(2026, 12, 4))
    assert "work_passed_to_practice_manager" not in [*notices(council, "mo"), *notices(council, "nia")]


def test_an_absence_is_on_record(council):
    away(council, "mo", TODAY, CHRISTMAS)
    event = council.events("directory")[-1]
    assert (event.kind, event.actor) == ("absence", "asha")
    assert event.details == {"person": "mo", "first_day": "2026-12-01", "last_day": "2026-12-24"}


# Closure days


def test_closure_days_move_open_due_dates_later_and_every_move_is_logged(council):
    audit = council.assign(CASE, "kim")
    before = due_day(council, AUDIT)
    moved = directory.close_council(council.engine, "asha", CHRISTMAS, CHRISTMAS, "closed early")
    assert moved > 0
    assert council.ask(lambda question: question.calendar.between(before, due_day(council, AUDIT))) == 1
    event = council.events(audit.instance)[-1]
    assert event.kind == "reckoned again"
    assert {row[0] for row in event.details["moved"]} == {"audit_case_record", "audit_overdue"}
    row = council.instance(audit.instance)
    assert local_day(row.timer_due) == due_day(council, AUDIT)


def test_reminders_move_with_the_due_date(council):
    audit = council.assign(CASE, "kim")
    directory.close_council(council.engine, "asha", CHRISTMAS, CHRISTMAS, "closed early")
    due = due_day(council, AUDIT)
    wanted = council.ask(lambda question: question.calendar.subtract(due, 5))
    (first, notice, to), *_ = next(iter(council.instance(audit.instance).reminders.values()))
    assert (first[:10], notice, to) == (wanted.isoformat(), "reminder", "holder")


def test_closure_days_after_the_due_date_or_on_days_off_move_nothing(council):
    audit = council.assign(CASE, "kim")
    before = council.instance(audit.instance).next_due, due_day(council, AUDIT)
    for day in (date(2027, 6, 1), date(2026, 12, 5), date(2026, 12, 25)):
        directory.close_council(council.engine, "asha", day, day, "closed")
    assert (council.instance(audit.instance).next_due, due_day(council, AUDIT)) == before
    assert [event.kind for event in council.events(audit.instance)] == ["began"]


def test_a_closure_day_that_is_known_already_moves_nothing_again(council):
    council.assign(CASE, "kim")
    directory.close_council(council.engine, "asha", CHRISTMAS, CHRISTMAS, "closed")
    after = council.dump()
    assert directory.close_council(council.engine, "asha", CHRISTMAS, CHRISTMAS, "again") == 0
    assert council.dump() == after


def test_a_due_date_without_any_reminder_or_timer_moves_too(council):
    drawn = diagram("errand", start(), user("fetch", due="working_days(20)"), end(), chain("begun", "fetch", "done"))
    council.deploy({"processes/errand.bpmn": drawn, **FORM_FILE})
    errand = council.run(lambda command: instances.begin(command, "errand", {"case": CASE}))
    before = due_day(council, "Fetch")
    assert council.instance(errand).next_due is None
    directory.close_council(council.engine, "asha", CHRISTMAS, CHRISTMAS, "closed")
    assert due_day(council, "Fetch") > before


def test_new_work_counts_the_closure_days(council):
    directory.close_council(council.engine, "asha", date(2026, 12, 2), date(2026, 12, 4), "flood")
    council.assign("CF-40077", "kim")
    assert due_day(council, AUDIT, "CF-40077") == date(2027, 1, 6)


shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)


@shared
@given(first=st.integers(-20, 60), length=st.integers(0, 9))
def test_no_due_date_ever_moves_earlier(council, first, length):
    if not council.titles(CASE):
        council.assign(CASE, "kim")
    before = _due_moments(council)
    day = TODAY + timedelta(first)
    directory.close_council(council.engine, "asha", day, day + timedelta(length), "closed")
    after = _due_moments(council)
    assert before.keys() == after.keys()
    assert all(after[one] >= before[one] for one in before)


def _due_moments(council):
    def ask(question):
        rows = [instance_rows.get(question.connection, one) for one in instance_rows.with_due_work(question.connection)]
        return {row.id: row.timer_due for row in rows if row.timer_due is not None}

    return council.ask(ask)


# Nobody's work is lost


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_nobody_falls_out_of_every_chain_for_any_lane_team_and_date(council, data):
    names = sorted(council.ask(lambda question: question.directory.people))
    gone = data.draw(st.dictionaries(st.sampled_from(names), st.tuples(st.integers(0, 40), st.integers(0, 40))))
    days = data.draw(st.integers(0, 90))

    def ask(question):
        now = question.directory
        absences = [
            Absence(who, TODAY + timedelta(start), TODAY + timedelta(start + length))
            for who, (start, length) in gone.items()
        ]
        then = type(now)(now.people, now.teams, absences, now.closure_days)
        day = TODAY + timedelta(days)
        for lane in question.posts.lanes:
            rule = question.posts.rule(lane)
            for team in (*now.teams, None) if rule.holder in ("team", "case") else (None,):
                holders = then.holders(question.posts, lane, team, day)
                assert holders or rule.holder == "variable", (lane, team)
                inboxes = {one for one in names if (lane, team) in then.duties(question.posts, one, day)}
                assert inboxes == set(holders), (lane, team)

    council.ask(ask)


@pytest.mark.parametrize("team", [None, "A team that nobody knows"])
def test_work_about_a_case_without_a_known_team_is_in_somebodys_inbox(council, team):
    council.run(lambda command: _set_team(command, team))
    for lane in council.ask(lambda question: question.posts.lanes):
        post, found, assignee = council.ask(lambda question, lane=lane: place(question, lane, {"case": CASE}))
        if assignee is None and post is not None:
            assert found is None
            holders = council.ask(lambda question, post=post: question.holders(post, None))
            assert holders
            assert all((post, None) in council.ask(lambda question, one=one: question.duties(one)) for one in holders)


def _set_team(command, team):
    cases.change(command.connection, CASE, {"team": team})


def test_a_leavers_work_goes_to_the_stand_in(council):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    leavers.leave(council.engine, "gail", "mo")
    assert council.holders(council.task(REMEDY, CASE)) == ("oz",)
    assert council.events("directory")[-1].details["person"] == "mo"


def test_a_leaver_is_no_member_of_the_audit_pool(council):
    leavers.leave(council.engine, "gail", "kim")
    people = council.ask(lambda question: question.directory.people)
    assert {name for name in ("kim", "zoe") if people[name].in_audit_pool} == {"zoe"}


# Bad input


@pytest.mark.parametrize(
    ("act", "refusal", "sentence"),
    [
        (lambda e: directory.record_absence(e, "asha", "nobody", TODAY, TODAY), NotFound, "no person nobody"),
        (
            lambda e: directory.record_absence(e, "asha", "mo", TODAY, TODAY - timedelta(1)),
            Invalid,
            "must be its first day or later",
        ),
        (
            lambda e: directory.close_council(e, "asha", TODAY, TODAY - timedelta(1), "x"),
            Invalid,
            "must be the first one or later",
        ),
        (
            lambda e: directory.close_council(e, "asha", TODAY, date(9999, 1, 1), "x"),
            Invalid,
            "At most 366 closure days",
        ),
        (lambda e: directory.leave_pool(e, "asha", ["kim", "nobody"]), NotFound, "no person nobody"),
        (lambda e: leavers.leave(e, "gail", "nobody"), NotFound, "no person nobody"),
        (
            lambda e: directory.add_council(e, "asha", people()[:1], []),
            NotNow,
            "Adding una .* in the directory already",
        ),
        (lambda e: directory.add_council(e, "asha", [], teams()[:1]), NotNow, "Adding North CIN"),
        (lambda e: directory.add_council(e, "asha", [_new("new"), _new("new")], []), NotNow, "Adding new"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(council, act, refusal, sentence):
    before = council.dump()
    with pytest.raises(refusal, match=sentence):
        act(council.engine)
    assert council.dump() == before


def _new(username):
    return {**people()[0], "username": username}


@pytest.mark.parametrize(
    ("post", "said", "member"),
    [
        ("Head of Service", None, True),
        ("Specialist", None, True),
        ("Social Worker", None, False),
        ("Quality Assurance Officer", None, False),
        ("Specialist", False, False),
        ("Social Worker", True, True),
    ],
)
def test_the_post_says_who_is_a_member_of_the_audit_pool_unless_somebody_else_does(council, post, said, member):
    (row, *_) = people()
    new = {**row, "username": "new", "name": "New", "post": post, "team": None, "in_audit_pool": said}
    directory.add_council(council.engine, "asha", [new], [])
    found = council.ask(lambda question: question.directory.people)
    assert (found["new"].in_audit_pool, found["bev"].in_audit_pool) == (member, False)


def test_who_leaves_the_pool_is_on_record_and_others_stay(council):
    directory.leave_pool(council.engine, "asha", ["kim"])
    pool = council.ask(
        lambda question: {one.username for one in question.directory.people.values() if one.in_audit_pool}
    )
    assert "kim" not in pool
    assert "zoe" in pool
    assert council.events("directory")[-1].details == {"person": "kim"}
