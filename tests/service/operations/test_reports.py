"""Reports for meetings: drawn up five working days before, signed, and never changed afterwards (R-32, R-33)."""

import pytest
from sqlalchemy import update

from engine.errors import NotAllowed, NotFound, NotNow, Unreadable
from engine.service.functions import functions_of
from engine.service.reports import editions
from engine.service.tasks import answering, beginning, work
from engine.store import report_editions, tasks
from engine.store.schema.report import report_edition
from tests.factories.council import at, policy

SET, SIGN = "Set the date of the meeting", "Sign the monthly report"
CALL, SIGN_BOARD = "Call for a report to the Improvement Board", "Sign the board report"
OUTSIDE = "2027-02-23"
PLAN = (b'"9999-12-30" &lt;= ? &lt;= "9999-12-31"', b'"2026-01-01" &lt;= ? &lt;= "2028-12-31"')


@pytest.fixture
def council(reported):
    """February's report, whose meeting is on Tuesday 23 February 2027."""
    reported.pass_to(at(2027, 2, 1, 12))
    task = next(one for one in reported.ask(lambda q: titled(q, SET)) if one.opened_at >= at(2027, 2, 1, 0))
    finish(reported, "gail", task, meeting_on=OUTSIDE, chair="ian", chair_is_deputy="no")
    return reported


def titled(question, title):
    return tasks.open_titled(question.connection, title, None)


def finish(council, person, task, **given):
    work.complete(council.engine, person, task.id, council.filled(task, **given))


def drafts(council):
    return editions.drawn(council.engine, "asha")


def test_the_draft_stands_five_working_days_before_the_meeting(council):
    council.pass_to(at(2027, 2, 15, 23, 59))
    assert drafts(council) == []
    council.pass_to(at(2027, 2, 16, 0, 1))
    (draft,) = drafts(council)
    assert (draft.state, draft.period, draft.meeting.isoformat()) == ("draft", "2027-01", OUTSIDE)
    assert council.holders(council.task(SIGN)) == ("asha",)
    assert [one.notice for one in council.letters("asha")][-1] == "management_report_ready"


def signed(council):
    council.pass_to(at(2027, 2, 16))
    council.complete("asha", SIGN, report_outcome="sign", commentary="Chronologies have improved.")
    return next(one for one in drafts(council) if one.state == "signed")


def test_a_signed_report_carries_its_comments_and_who_signed(council):
    report = editions.read(council.engine, "ian", signed(council).id)
    assert report["signed_by"] == "Asha"
    assert report["comments"] == [{"title": "What do the figures mean?", "text": "Chronologies have improved."}]
    assert [one.notice for one in council.letters("ian")][-1] == "management_report_signed"


def test_a_signed_report_says_the_same_whatever_happens_later(council):
    identifier = signed(council).id
    before = editions.read(council.engine, "asha", identifier)
    rows = editions.rows_behind(council.engine, "asha", identifier, "workload:tasks")
    council.assign("CF-20931", "kim")
    council.pass_to(at(2027, 6, 1))
    assert editions.read(council.engine, "asha", identifier) == before
    assert editions.rows_behind(council.engine, "asha", identifier, "workload:tasks") == rows
    with pytest.raises(NotNow, match="signed already"):
        council.run(lambda command: editions.sign(command, identifier, []))


def test_a_signed_report_that_was_changed_is_not_shown(council):
    identifier = signed(council).id
    with council.database.transaction() as connection:
        row = report_editions.get(connection, identifier)
        changed = {**row.data, "title": "Everything is fine"}
        connection.execute(update(report_edition).where(report_edition.c.id == identifier).values(data=changed))
    with pytest.raises(Unreadable, match="not as it was signed"):
        editions.read(council.engine, "asha", identifier)


def test_a_report_drawn_up_again_takes_the_place_of_the_draft(council):
    council.pass_to(at(2027, 2, 16))
    (first,) = drafts(council)
    council.complete("asha", SIGN, report_outcome="draw_up_again", commentary="One audit was corrected.")
    (second,) = drafts(council)
    assert second.id != first.id
    with pytest.raises(NotNow, match="drawn up again"):
        council.run(lambda command: editions.sign(command, first.id, []))


def test_reading_it_is_for_the_same_readers_and_on_record(council):
    identifier = signed(council).id
    with pytest.raises(NotAllowed, match="other readers"):
        editions.read(council.engine, "mo", identifier)
    with pytest.raises(NotAllowed, match="Quality Assurance Team"):
        editions.rows_behind(council.engine, "ian", identifier, "workload:tasks")
    with pytest.raises(NotFound):
        editions.read(council.engine, "asha", "none")
    editions.read(council.engine, "ian", identifier, "pdf")
    last = council.events("report management_report")[-1]
    assert (last.kind, last.actor, last.details["form"]) == ("report exported", "ian", "pdf")
    assert editions.drawn(council.engine, "nia") == []


def board(council, day):
    raw = answering.for_start(council.engine, "board_report", {}, {"meeting_date": day})
    return beginning.begin(council.engine, "gail", "board_report", raw, {})


def test_without_an_improvement_plan_there_is_no_board_report(council):
    instance = board(council, OUTSIDE)
    assert council.instance(instance).status == "finished"
    assert [one for one in drafts(council) if one.title.startswith("Report to")] == []


def test_while_the_plan_runs_the_board_has_its_report(council):
    table = policy()["processes/improvement_plan.dmn"].replace(*PLAN)
    council.deploy({"processes/improvement_plan.dmn": table})
    board(council, OUTSIDE)
    council.pass_to(at(2027, 2, 16))
    council.complete("asha", SIGN_BOARD, board_commentary="The plan holds.", board_signed=["signed"])
    found = next(one for one in drafts(council) if one.title == "Report to the Safeguarding Improvement Board")
    report = editions.read(council.engine, "una", found.id)
    assert report["comments"][0]["text"] == "The plan holds."
    assert {part["subject"] for part in report["parts"]} == {"estimates", "timeliness", "actions", "compliance"}


@pytest.mark.parametrize(
    ("activity", "start", "due"),
    [
        ("management_report", "2026-12-22", "2026-12-15T23:59:59+00:00"),
        ("management_report", "2026-12-31", "2026-12-22T23:59:59+00:00"),
        ("report_signature", "2027-01-04", "2026-12-31T23:59:59+00:00"),
        ("board_report", "2026-04-07", "2026-03-27T23:59:59+00:00"),
    ],
)
def test_working_days_before_are_counted_back_over_holidays(council, activity, start, due):
    def asked(question):
        return functions_of(question.moment, question.calendar, question.policy)["deadline"](activity, start)

    assert council.ask(asked) == due
