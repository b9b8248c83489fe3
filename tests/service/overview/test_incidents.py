"""Work that fails leaves no half write, is kept as an incident, and holds up nobody (design 2.6, R-24)."""

from datetime import timedelta
from itertools import pairwise

import pytest

from engine.errors import Busy, Invalid, NotAllowed, NotFound, NotNow, StepFailed
from engine.service import clockwork, instances
from engine.service.operations import audit as operations_audit
from engine.service.operations import closure as operations_closure
from engine.service.overview import incident_page, incidents
from tests.factories.council import AUDIT, at
from tests.factories.faulty import STEPS, fails_by_clock, fails_by_hand

CASE = "CF-20931"
BAD = {"number": 0, "later": "soon"}
GOOD = {"number": 1, "later": "2026-12-04T09:00:00+00:00"}
DAYS_LATER = at(2026, 12, 7)


@pytest.fixture(params=STEPS)
def stumble(request):
    return request.param


def begin(council, facts=BAD):
    """Begin the errand; return its instance."""
    return council.run(lambda command: instances.begin(command, "errand", {"case": CASE, **facts}))


def cured(stumble):
    """Process data with which the errand does not fail."""
    return {**GOOD, "later": "closure_breach"} if stumble == "operation" else GOOD


def stopped(council, stumble="script"):
    """Let an errand stop at its fault by the clock; return its instance and incident."""
    council.deploy(fails_by_clock(stumble))
    broken = begin(council)
    council.pass_to(at(2026, 12, 3))
    return broken, council.incidents()[0]


def kinds(council, stream):
    return [event.kind for event in council.events(stream)]


def shown(council):
    """The open incidents as Gail reads them."""
    return [one.incident for one in incident_page.page_of(council.engine, "gail").incidents]


def breaks(error):
    def broken(*_arguments, **_named):
        raise error

    return broken


def test_what_the_clock_cannot_do_stops_its_instance_and_nothing_else(council, stumble):
    council.deploy(fails_by_clock(stumble))
    broken = begin(council)
    before = council.instance(broken)
    sound = begin(council, cured(stumble))
    council.pass_to(DAYS_LATER)
    after = council.instance(broken)
    assert after.status == "incident"
    assert (after.state, after.tokens, after.next_due) == (before.state, before.tokens, before.next_due)
    assert kinds(council, broken) == ["began", "stopped"]
    assert council.instance(sound).status == "finished"
    (kept,) = council.incidents()
    assert (kept.instance, kept.attempts, kept.next_try) == (broken, 1, None)
    assert kept.message.startswith(f"errand stopped at {kept.element}: ")
    assert kept.element == "stumble" or stumble == "timer"


def test_what_a_person_cannot_do_changes_nothing_and_is_kept(council, stumble):
    council.deploy(fails_by_hand(stumble))
    broken = begin(council)
    before = council.dump()
    with pytest.raises(StepFailed, match=r"errand stopped at .* Nothing was changed"):
        council.complete("mo", "Fetch", CASE, said="yes")
    after = council.dump()
    assert {name for name in after if after[name] != before[name]} == {"incident", "event"}
    assert council.instance(broken).status == "running"
    (kept,) = council.incidents()
    assert (kept.instance, kept.command["actor"]) == (broken, "mo")
    assert kinds(council, f"incident {kept.id}") == ["failed"]


def test_the_same_failure_again_is_one_more_attempt_and_another_is_another_incident(council):
    council.deploy(fails_by_hand("script"))
    begin(council)
    for said in ("yes", "yes", "no"):
        with pytest.raises(StepFailed):
            council.complete("mo", "Fetch", CASE, said=said)
    assert [one.attempts for one in council.incidents()] == [2, 1]


def test_a_fault_of_the_program_stops_only_its_instance_and_tells_no_data(council, monkeypatch):
    audit = council.assign(CASE, "kim")
    other = council.assign("CF-40077", "zoe")
    late = at(2027, 1, 5)
    with monkeypatch.context() as broken:
        broken.setattr(operations_audit.audits, "change", _breaks_for(audit.id, RuntimeError("the name of a child")))
        council.pass_to(late)
    assert council.instance(audit.instance).status == "incident"
    assert council.audit(other.id).late
    (kept,) = council.incidents()
    assert "RuntimeError in test_incidents.py, line " in kept.message
    assert "child" not in kept.message


def _breaks_for(audit, error):
    change = operations_audit.audits.change

    def changed(connection, identifier, values):
        if identifier == audit:
            raise error
        change(connection, identifier, values)

    return changed


def test_correcting_the_process_data_lets_it_go_on_where_it_stopped(council, stumble):
    broken, kept = stopped(council, stumble)
    incidents.retry(council.engine, "asha", kept.id, cured(stumble))
    council.pass_to(DAYS_LATER)
    assert council.instance(broken).status == "finished"
    assert council.incidents() == []
    assert kinds(council, broken)[:4] == ["began", "stopped", "corrected", "due"]
    assert kinds(council, f"incident {kept.id}") == ["failed", "went on", "tried again"]


def test_trying_again_without_a_cure_counts_one_more_attempt(council, stumble):
    broken, kept = stopped(council, stumble)
    before = council.instance(broken)
    with pytest.raises(StepFailed):
        incidents.retry(council.engine, "asha", kept.id)
    assert [one.attempts for one in council.incidents()] == [2]
    assert council.instance(broken) == before


def test_a_correction_that_does_not_help_is_rolled_back(council):
    broken, kept = stopped(council)
    before = council.instance(broken)
    with pytest.raises(StepFailed):
        incidents.retry(council.engine, "asha", kept.id, {"number": "none"})
    assert council.instance(broken) == before


def test_trying_again_what_a_person_did_is_done_in_that_persons_name(council):
    council.deploy(fails_by_hand("script"))
    broken = begin(council)
    with pytest.raises(StepFailed):
        council.complete("mo", "Fetch", CASE, said="yes")
    (kept,) = council.incidents()
    incidents.retry(council.engine, "gail", kept.id, {"number": 1})
    assert [(event.kind, event.actor) for event in council.events(broken)[1:]] == [
        ("corrected", "mo"),
        ("completed", "mo"),
    ]
    assert council.instance(broken).status == "finished"
    assert kinds(council, f"incident {kept.id}") == ["failed", "tried again"]
    assert council.events(f"incident {kept.id}")[-1].details["by"] == "gail"


def test_a_process_that_could_not_be_begun_is_begun_again(council, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(operations_closure.closure, "answer", breaks(ValueError("no")))
        with pytest.raises(StepFailed):
            council.begin("mo", "case_closure", CASE)
    (kept,) = council.incidents()
    incidents.retry(council.engine, "asha", kept.id)
    assert council.incidents() == []
    assert council.letters("mo", CASE)[-1].notice == "closure_cleared"


def test_work_without_a_request_is_repeated_only_by_who_asked_for_it(council, monkeypatch):
    failure = StepFailed(process="p", element="e", reason="r")
    failure.details = {**failure.details, "incident": _told()}
    with pytest.raises(StepFailed):
        council.run(lambda _command: breaks(failure)(), "mo")
    (kept,) = council.incidents()
    with pytest.raises(NotNow, match="only the person who asked for it can repeat it"):
        incidents.retry(council.engine, "asha", kept.id)
    assert not shown(council)[0].repeatable


def _told():
    return {"instance": "", "element": "e", "message": "m", "command": {"kind": "received", "process": "p"}}


def test_a_person_who_acts_on_a_stopped_instance_lets_it_go_on_first(council, monkeypatch):
    audit = council.assign(CASE, "kim")
    with monkeypatch.context() as broken:
        broken.setattr(operations_audit.audits, "change", _breaks_for(audit.id, RuntimeError()))
        council.pass_to(at(2027, 1, 5))
    council.authorise_audit(CASE)
    assert council.audit(audit.id).late, "the lateness is on record before the answer"
    assert council.incidents() == []
    after = kinds(council, audit.instance)
    assert after[after.index("stopped") :] == ["stopped", "due", "reminded", "completed"]


def test_giving_up_ends_the_instance_and_withdraws_its_tasks(council, monkeypatch):
    audit = council.assign(CASE, "kim")
    task = council.task(AUDIT, CASE)
    with monkeypatch.context() as broken:
        broken.setattr(operations_audit.audits, "change", _breaks_for(audit.id, RuntimeError()))
        council.pass_to(at(2027, 1, 5))
    (kept,) = council.incidents()
    incidents.give_up(council.engine, "asha", kept.id, "drawn by mistake")
    ended = council.instance(audit.instance)
    assert (ended.status, ended.next_due) == ("given up", None)
    assert council.task_row(task.id).status == "withdrawn"
    assert council.incidents() == []
    assert council.events(audit.instance)[-1].details == {"reason": "drawn by mistake", "audit_state": "withdrawn"}
    assert council.audit(audit.id).state == "withdrawn"
    assert kinds(council, f"incident {kept.id}") == ["failed", "given up"]
    assert [one.notice for one in council.letters("kim", CASE)][-1] == "work_cancelled"
    assert clockwork.tick(council.engine) == 0


@pytest.mark.parametrize(
    ("begun", "because"), [("concern", "a safeguarding concern is never cancelled"), ("remedial", "never cancelled")]
)
def test_what_may_not_be_cancelled_is_not_given_up_either(council, monkeypatch, begun, because):
    council.assign(CASE, "kim")
    if begun == "concern":
        instance = council.begin("kim", "safeguarding_concern", CASE)
    else:
        council.authorise_audit(CASE, 1)
        instance = council.task("Complete the remedial actions", CASE).instance
    with monkeypatch.context() as broken:
        broken.setattr(incidents.instances, "catch_up", breaks(RuntimeError()))
        council.pass_to(at(2027, 2, 1))
    (kept,) = [one for one in council.incidents() if one.instance == instance]
    with pytest.raises(NotNow, match=because):
        incidents.give_up(council.engine, "asha", kept.id, "nobody needs it")
    assert council.instance(instance).status == "incident"
    incidents.retry(council.engine, "asha", kept.id)
    assert council.instance(instance).status == "running"


def test_giving_up_what_a_person_did_leaves_the_instance_to_them(council):
    council.deploy(fails_by_hand("script"))
    broken = begin(council)
    with pytest.raises(StepFailed):
        council.complete("mo", "Fetch", CASE, said="yes")
    incidents.give_up(council.engine, "asha", council.incidents()[0].id, "told to Mo")
    assert council.instance(broken).status == "running"
    assert council.task("Fetch", CASE).status == "open"


def test_giving_up_needs_a_reason(council):
    _, kept = stopped(council)
    with pytest.raises(Invalid, match="Say why"):
        incidents.give_up(council.engine, "asha", kept.id, "  ")
    assert len(council.incidents()) == 1


@pytest.mark.parametrize("person", ["mo", "kim", "bev", "una", "nobody"])
def test_only_the_quality_assurance_team_looks_after_incidents(council, person):
    _, kept = stopped(council)
    for act in (
        lambda: incidents.retry(council.engine, person, kept.id),
        lambda: incidents.give_up(council.engine, person, kept.id, "why"),
    ):
        with pytest.raises(NotAllowed, match="look after incidents"):
            act()
    assert [one.attempts for one in council.incidents()] == [1]


def test_a_settled_incident_says_by_whom_and_when(council):
    _, kept = stopped(council)
    incidents.retry(council.engine, "asha", kept.id, GOOD)
    for act in (
        lambda: incidents.retry(council.engine, "asha", kept.id),
        lambda: incidents.give_up(council.engine, "asha", kept.id, "why"),
    ):
        with pytest.raises(NotNow, match="Asha settled it on 3 December 2026 at 09:00"):
            act()


def test_an_unknown_incident_is_not_found(council):
    with pytest.raises(NotFound, match="no incident 4711"):
        incidents.retry(council.engine, "asha", 4711)


def test_the_list_tells_what_stopped_where_and_whose_work_it_was(council):
    broken, kept = stopped(council)
    (told,) = shown(council)
    assert (told.number, told.instance, told.process, told.element) == (kept.id, broken, "errand", "stumble")
    assert (told.actor, told.attempts, told.repeatable) == ("the clock", 1, True)
    assert "divides by zero" in told.message


def busy(council, monkeypatch, times):
    """Let the database be busy for that many commands of the clock that write an audit."""
    change, left = operations_audit.audits.change, [times]

    def changed(connection, identifier, values):
        left[0] -= 1
        if left[0] >= 0:
            raise Busy
        change(connection, identifier, values)

    monkeypatch.setattr(operations_audit.audits, "change", changed)


def test_a_busy_database_is_tried_again_at_once(council, monkeypatch):
    audit = council.assign(CASE, "kim")
    busy(council, monkeypatch, 2)
    council.pass_to(at(2027, 1, 5))
    assert council.audit(audit.id).late
    assert council.incidents() == []


def test_a_database_that_stays_busy_is_tried_again_three_times_and_then_no_more(council, monkeypatch):
    audit = council.assign(CASE, "kim")
    busy(council, monkeypatch, 1_000)
    council.pass_to(at(2027, 1, 5))
    tries = [event.at for event in council.events("incident 1")]
    pauses = [later - earlier for earlier, later in pairwise(tries)]
    assert pauses == [timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10)]
    (kept,) = council.incidents()
    assert (kept.attempts, kept.next_try) == (4, None)
    assert council.instance(audit.instance).status == "incident"


def test_a_busy_database_heals_by_itself(council, monkeypatch):
    audit = council.assign(CASE, "kim")
    busy(council, monkeypatch, 7)
    council.pass_to(at(2027, 1, 5))
    assert council.audit(audit.id).late
    assert council.instance(audit.instance).status == "running"
    assert council.incidents() == []
    assert kinds(council, "incident 1") == ["failed", "failed", "went on", "tried again"]


def test_a_fault_of_the_diagram_is_never_tried_again_by_itself(council):
    stopped(council)
    council.pass_to(at(2026, 12, 9))
    assert [(one.attempts, one.next_try) for one in council.incidents()] == [(1, None)]


def test_a_recurring_process_that_cannot_begin_does_not_hold_up_the_next(council, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(clockwork, "begin_scheduled", breaks(RuntimeError("no")))
        council.pass_to(at(2026, 12, 10, 12))
    (kept,) = [one for one in council.incidents() if one.command["process"] == "monthly_cycle"]
    assert (kept.instance, kept.command["kind"], kept.command["day"]) == ("", "scheduled", "2026-12-10")
    council.pass_to(at(2027, 1, 11))
    assert council.cycles() == ["2027-01", "2026-11"]
    incidents.retry(council.engine, "gail", kept.id)
    assert council.cycles() == ["2027-01", "2026-12", "2026-11"]
