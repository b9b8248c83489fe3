"""Reminders before, notices after, escalations later: by working days and by the table (I-05)."""

from engine.domain.calendar import LONDON, local_day, parse_moment
from engine.service import reminders
from engine.service.cases import actions
from engine.service.people import directory
from tests.factories.council import AUDIT, REMEDY, at

CASE = "CF-20931"


def told(council, person):
    return [
        (letter.notice, f"{letter.created_at.astimezone(LONDON):%Y-%m-%d %H:%M}")
        for letter in council.letters(person, CASE)
        if letter.notice in ("reminder", "overdue", "escalation")
    ]


def test_an_auditor_is_reminded_five_and_one_working_days_before_and_told_the_day_after(council):
    council.assign(CASE, "kim")
    assert local_day(council.task(AUDIT, CASE).due).isoformat() == "2026-12-31"
    council.pass_to(at(2027, 1, 15))
    assert told(council, "kim") == [
        ("reminder", "2026-12-22 09:00"),
        ("reminder", "2026-12-30 09:00"),
        ("overdue", "2027-01-04 09:00"),
    ]
    assert told(council, "asha") == [("escalation", "2027-01-08 09:00")]
    assert told(council, "zoe") == []


def test_no_reminder_follows_a_task_that_is_done(council):
    council.assign(CASE, "kim")
    council.pass_to(at(2026, 12, 23))
    council.authorise_audit(CASE)
    council.pass_to(at(2027, 1, 15))
    assert told(council, "kim") == [("reminder", "2026-12-22 09:00")]


def test_the_reminder_goes_to_who_holds_the_task_on_its_day(council):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    directory.record_absence(council.engine, "gail", "mo", at(2026, 12, 28).date(), at(2027, 1, 29).date())
    council.pass_to(at(2027, 1, 29))
    assert [notice for notice, _ in told(council, "mo")] == []
    assert [notice for notice, _ in told(council, "oz")][:3] == ["reminder", "reminder", "overdue"]


def test_a_reminder_names_the_task_and_its_day_and_never_a_person_of_the_record(council):
    council.assign(CASE, "kim")
    council.pass_to(at(2026, 12, 23))
    letter = council.letters("kim", CASE)[-1]
    assert AUDIT in letter.body
    assert "31 December 2026" in letter.body
    assert "nia" not in letter.body.lower().split()


def test_each_reminder_is_on_record_once(council):
    audit = council.assign(CASE, "kim")
    council.pass_to(at(2026, 12, 31, 12))
    reminded = [event.details for event in council.events(audit.instance) if event.kind == "reminded"]
    assert [(one["notice"], one["to"]) for one in reminded] == [("reminder", "kim")] * 2


def test_what_was_due_while_nobody_ticked_is_caught_up_in_order(council):
    audit = council.assign(CASE, "kim")
    council.clock.move_to(at(2027, 1, 15))
    council.pass_to(at(2027, 1, 15))
    kinds = [event.kind for event in council.events(audit.instance)]
    assert kinds == ["began", "reminded", "reminded", "due", "reminded", "reminded"]
    days = [f"{event.at:%m-%d}" for event in council.events(audit.instance)]
    assert days == ["12-01", "12-22", "12-30", "12-31", "01-04", "01-08"]


def test_none_is_planned_for_the_past_or_without_a_deadline(council):
    def planned(deadline, due):
        return council.ask(lambda question: reminders.planned(question, deadline, due))

    assert planned(None, at(2026, 12, 31)) == planned("audit", None) == []
    rows = planned("audit", at(2026, 12, 3))
    assert [parse_moment(moment) > council.clock.now() for moment, _, _ in rows] == [True] * len(rows)
    assert [notice for _, notice, _ in rows] == ["reminder", "overdue", "escalation"]


def test_the_first_of_all_tasks_comes_first_and_leaves_its_place_to_the_next():
    waiting = {
        "3": [["2026-12-02T09:00:00+00:00", "reminder", "holder"], ["2026-12-05T09:00:00+00:00", "overdue", "holder"]],
        "7": [["2026-12-01T09:00:00+00:00", "reminder", "holder"]],
        "9": [],
    }
    assert reminders.first(waiting) == (parse_moment("2026-12-01T09:00:00+00:00"), "7")
    rest = reminders.without_first(waiting, "7")
    assert set(rest) == {"3"}
    assert reminders.first(reminders.without_first(rest, "3")) == (parse_moment("2026-12-05T09:00:00+00:00"), "3")
    assert reminders.first({}) is None


def test_remedial_actions_escalate_to_two_posts(council):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    task = council.task(REMEDY, CASE)
    council.pass_to(at(2027, 2, 1))
    day = council.ask(lambda question: question.calendar.add(local_day(task.due), 5))
    for person in ("oz", "asha"):
        assert told(council, person) == [("escalation", f"{day} 09:00")]
    actions.sign_off(council.engine, "mo", council.actions(CASE)[0].id, "done")
