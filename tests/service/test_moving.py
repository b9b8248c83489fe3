"""Running work moves to another policy where nothing of it is lost, and the log says what did not (I-01, I-02)."""

import pytest

from engine.errors import NotNow
from engine.service import instances, moving
from engine.store import tasks
from tests.factories.council import AUDIT, at, policy
from tests.factories.faulty import fails_by_clock

CASE = "CF-20931"
DEADLINES = "processes/deadlines.dmn"


@pytest.fixture
def audit(council):
    return council.assign(CASE, "kim")


def longer():
    """The policy with thirty working days for an audit."""
    table = policy()[DEADLINES].decode()
    row = table.index('<text>"audit"</text>')
    return {DEADLINES: (table[:row] + table[row:].replace("<text>20</text>", "<text>30</text>", 1)).encode()}


def renamed():
    """The policy in which the audit's step is called otherwise."""
    drawn = policy()["processes/case_audit.bpmn"].decode()
    return {
        "processes/case_audit.bpmn": drawn.replace('name="Audit the case record"', 'name="Audit this record"').encode()
    }


def move(council, audit, number):
    council.run(lambda command: moving.move(command, audit.instance, number))


def test_work_follows_the_new_policy_with_the_later_due_date(council, audit):
    task = council.task(AUDIT, CASE)
    number = council.deploy(longer())
    move(council, audit, number)
    assert council.instance(audit.instance).deployment == number
    assert council.task_row(task.id).due > task.due
    assert [event.kind for event in council.events(audit.instance)] == ["began", "moved"]


def test_reminders_follow_the_new_due_date(council, audit):
    task = council.task(AUDIT, CASE)
    move(council, audit, council.deploy(longer()))
    council.pass_to(at(2027, 1, 6))
    assert council.task_row(task.id).due > council.clock.now()
    assert not council.audit(audit.id).late


def test_a_task_is_called_what_the_new_policy_calls_it(council, audit):
    task = council.task(AUDIT, CASE)
    move(council, audit, council.deploy(renamed() | stories_renamed()))
    row = council.task_row(task.id)
    assert (row.title, row.status, row.due, row.assignee) == ("Audit this record", tasks.OPEN, task.due, "kim")


def stories_renamed():
    """Stories name the task, so that they go with it."""
    return {
        path: content.replace(b"Audit the case record", b"Audit this record")
        for path, content in policy().items()
        if path.endswith((".feature", ".json", ".dmn")) and b"Audit the case record" in content
    }


def test_moved_work_can_be_finished(council, audit):
    move(council, audit, council.deploy(longer()))
    council.authorise_audit(CASE)
    assert council.titles(CASE) == ["Acknowledge the audit"]


def test_everything_moves_that_can_and_the_log_says_what_did_not(council, audit):
    council.deploy(fails_by_clock("script"))
    errand = council.run(lambda command: instances.begin(command, "errand", {"case": CASE, "number": 1, "later": "x"}))
    before = council.instance(audit.instance).deployment
    number = council.deploy(longer())
    done = council.run(lambda command: moving.move_all(command, number, apart_from="nothing"))
    assert done["kept"] == 1
    assert done["moved"] >= 1
    assert council.instance(audit.instance).deployment == number != before
    assert council.instance(errand).deployment != number
    told = council.events("deployments")[-1]
    assert (told.kind, told.details["moved"], told.details["kept"]) == ("work moved", done["moved"], 1)
    assert told.details["reasons"] == [{"reason": "there is no process “errand” any more", "count": 1}]


def test_what_an_incident_stopped_does_not_move(council):
    council.deploy(fails_by_clock("script"))
    errand = council.run(lambda command: instances.begin(command, "errand", {"case": CASE, "number": 0, "later": "x"}))
    council.pass_to(at(2026, 12, 4))
    number = council.deploy({**fails_by_clock("script"), **longer()})
    before = council.dump()
    with pytest.raises(NotNow, match="an incident stopped it"):
        council.run(lambda command: moving.move(command, errand, number))
    assert council.dump() == before


def test_one_instance_is_left_where_it_is(council, audit):
    number = council.deploy(longer())
    council.run(lambda command: moving.move_all(command, number, apart_from=audit.instance))
    assert council.instance(audit.instance).deployment != number
