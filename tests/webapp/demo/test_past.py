"""The demonstration: months lived through the service, with something true to show on every page."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine.domain.calendar import local_day
from engine.service.audits import training
from engine.service.clock import VirtualClock
from engine.service.composition import open_council
from engine.service.council import person
from engine.service.inboxes import waiting
from engine.service.overview import incident_page
from engine.service.record_keeping import verification
from engine.service.tasks.answering import SHORTEST
from engine.store.schema.council import audit, closure_answer, remedial_action
from engine.store.schema.execution import instance, submission
from engine.store.schema.report import report_edition
from tests.factories.council import at
from webapp.demo import deeds, past
from webapp.demo.running import whose_work

NOW = at(2026, 11, 30, 11)


def live(now, days):
    engine = open_council("sqlite://", VirtualClock(now))
    engine.database.create_tables()
    told = []
    past.live(engine, days, told.append)
    return engine, told


@pytest.fixture(scope="module")
def lived():
    """The whole past, once for all tests here."""
    engine, _ = live(NOW, past.DAYS)
    yield engine
    engine.database.close()


def rows(engine, query):
    return engine.ask(lambda question: list(question.connection.execute(query)))


def counts(engine, column):
    return dict(rows(engine, select(column, func.count()).group_by(column)))


def open_tasks(engine):
    return {task.element for one in waiting.for_everybody(engine) for task in one.tasks}


@pytest.mark.parametrize("now", [at(2026, 11, 15, 16), at(2027, 1, 4, 8), at(2028, 2, 29, 12)])
def test_it_can_be_lived_on_any_day_and_is_told_month_by_month(now):
    engine, told = live(now, 40)
    first = local_day(now - timedelta(days=40))
    assert told[0] == first
    assert all(day.day == 1 for day in told[1:])
    assert verification.verify(engine).is_sound
    assert {"audit_case_record", "acknowledge_concern"} <= open_tasks(engine)
    engine.database.close()


def test_in_the_middle_of_a_month_the_newest_period_waits_for_its_list():
    engine, _ = live(at(2026, 11, 15, 16), 10)
    assert "upload_population_list" in open_tasks(engine)
    engine.database.close()


def test_the_newest_lists_are_left_to_whoever_looks():
    engine = open_council("sqlite://", VirtualClock(NOW))
    for days, left in ((13, True), (15, False)):
        assert deeds.Past(engine, VirtualClock(NOW - timedelta(days=days)), NOW).is_newest() is left
    engine.database.close()


def test_nobody_waits_for_work_that_was_due_before_it_was_opened(lived):
    assert all(task.due > task.opened_at for one in waiting.for_everybody(lived) for task in one.tasks if task.due)


def test_its_log_is_whole_and_nothing_went_wrong(lived):
    assert verification.verify(lived).is_sound
    assert incident_page.page_of(lived, "asha").total == 0


def test_more_than_a_hundred_audits_were_drawn_and_most_are_done(lived):
    states = counts(lived, audit.c.state)
    assert sum(states.values()) > 100
    assert {"closed", "remediated", "with the Practice Manager", "assigned"} <= states.keys()


def test_remedial_actions_stand_at_every_stage(lived):
    states = counts(lived, remedial_action.c.state)
    assert {"open", "in progress", "completed", "discharged by management decision"} <= states.keys()


PLAYED = (
    "quality_assurance",
    "deferment",
    "safeguarding_concern",
    "disagreement",
    "management_decision",
    "case_closure",
    "case_reopening",
    "post_audit_review",
    "compliance_list",
    "reliability_exercise",
    "recommendation",
    "management_report",
    "policy_variation",
    "restricted_record",
    "help_request",
    "difficulty_notice",
    "thematic_audit",
    "board_report",
)


@pytest.mark.parametrize("process", PLAYED)
def test_each_process_was_played(lived, process):
    assert counts(lived, instance.c.process)[process] > 0


WAITING = (
    "acknowledge_concern",
    "audit_case_record",
    "review_audit",
    "complete_remedial_actions",
    "review_remedial_actions",
    "clear_outstanding_actions",
    "consider_earlier_remedial_actions",
    "consider_variation",
    "discuss_variations",
    "answer_request",
    "acknowledge_difficulty",
    "assign_thematic_audit",
)


@pytest.mark.parametrize("element", WAITING)
def test_something_waits_for_whoever_tries_it(lived, element):
    assert element in open_tasks(lived)


def test_a_report_to_the_board_was_drawn_up(lived):
    assert counts(lived, report_edition.c.name)["board_report"] > 0


def test_nobody_wrote_a_text_that_only_takes_the_place_of_one(lived):
    assert [one for (one,) in rows(lived, select(submission.c.answers)) if f"'{SHORTEST}'" in str(one)] == []


def test_a_closure_was_refused_and_another_cleared(lived):
    assert counts(lived, closure_answer.c.allowed).keys() == {True, False}


def test_one_auditor_is_not_trained_yet_and_one_person_is_away(lived):
    assert lived.ask(lambda question: training.untrained(question, training.auditors(question))) == ["max"]
    assert lived.ask(lambda question: question.directory.is_absent("tara", question.today))


def test_whoever_shows_it_is_told_who_to_sign_in_as(lived):
    assert any(line.startswith("Asha") for line in whose_work(lived))


def test_an_auditor_left_in_the_past_and_another_is_about_to_leave_an_open_audit(lived):
    directory = lived.ask(lambda question: question.directory)
    assert directory.has_left("ned")
    assert [name for _, name in directory.leaving] == ["yan"]
    page = person.leaving(lived, "gail", "yan")
    assert "Reassign the audit" in {step.title for one in page.going_on for step in one.onward}
