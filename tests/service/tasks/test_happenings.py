"""What happened last to a task, for the reader whose page is out of date."""

from engine.service.tasks import happenings, work
from tests.factories.council import AUDIT, REMEDY, at

CASE = "CF-20931"


def test_the_last_event_of_the_task_or_of_its_process_is_told(council):
    council.assign(CASE, "kim")
    audit = council.task(AUDIT, CASE).id
    assert happenings.last_of_task(council.engine, audit).kind == "began"
    council.pass_to(at(2026, 12, 2))
    council.authorise_audit(CASE, 1)
    found = happenings.last_of_task(council.engine, council.task(REMEDY, CASE).id)
    assert (found.kind, found.who, found.at) == ("began", "Kim", at(2026, 12, 2))
    council.clock.move_to(at(2026, 12, 3))
    work.take(council.engine, "mo", council.task(REMEDY, CASE).id)
    found = happenings.last_of_task(council.engine, council.task(REMEDY, CASE).id)
    assert (found.kind, found.who, found.at) == ("taken", "Mo", at(2026, 12, 3))


def test_what_nobody_did_was_the_clock(council):
    council.assign(CASE, "kim")
    council.pass_to(at(2027, 1, 2))
    assert happenings.last_of_task(council.engine, council.task(AUDIT, CASE).id).who == "the clock"
