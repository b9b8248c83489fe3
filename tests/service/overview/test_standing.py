"""Where everything stands, for the meeting and the Quality Assurance Team alone (I-04)."""

import pytest

from engine.errors import NotAllowed, NotFound
from engine.service import instances
from engine.service.overview import standing
from engine.service.overview.listing import OVERDUE, Filter
from tests.factories.council import at, policy
from tests.factories.faulty import fails_by_clock

CASE, OTHER = "CF-20931", "CF-30510"


def of(council, process, **wanted):
    return standing.of_process(council.engine, "asha", Filter(process, **wanted), days=365)


@pytest.fixture
def before(council):
    """What stands where before the tests begin anything: work that no test is about."""
    return of(council, "case_audit")


@pytest.fixture
def audits(before, council):
    """An audit whose remedial actions are open, and one that nobody has done."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    council.assign(OTHER, "kim")
    return council


def ours(page):
    return [row for row in page.list.rows if row.about in (CASE, OTHER)]


def counts(council):
    return {one.process: one for one in standing.overview(council.engine, "asha")}


@pytest.mark.parametrize("person", ["asha", "bev", "gail"])
def test_the_quality_assurance_team_sees_where_everything_stands(audits, person):
    assert standing.may_see(audits.engine, person)
    assert standing.overview(audits.engine, person)


@pytest.mark.parametrize("person", ["kim", "mo", "nia"])
def test_others_do_not(audits, person):
    assert not standing.may_see(audits.engine, person)
    with pytest.raises(NotAllowed, match="Performance Management Meeting"):
        standing.overview(audits.engine, person)
    with pytest.raises(NotAllowed):
        standing.of_process(audits.engine, person, Filter("case_audit"))


def test_every_process_is_counted_whether_or_not_it_runs(audits, before):
    found = counts(audits)
    assert found["case_audit"].under_way == before.count.under_way + 2
    assert (found["case_audit"].stopped, found["case_audit"].overdue) == (0, before.count.overdue)
    assert (found["disagreement"].under_way, found["disagreement"].oldest) == (0, None)
    assert found["case_audit"].oldest == before.count.oldest == at(2026, 11, 2)


def test_what_runs_comes_first(audits):
    running = [one.under_way > 0 for one in standing.overview(audits.engine, "asha")]
    assert running == sorted(running, reverse=True)


def test_the_diagram_says_what_waits_where_and_listening_is_not_waiting(audits, before):
    page = of(audits, "case_audit")
    added = {
        element: mark.waiting - (before.marks[element].waiting if element in before.marks else 0)
        for element, mark in page.marks.items()
    }
    assert {element: count for element, count in added.items() if count} == {
        "audit_case_record": 1,
        "remedial_actions_authorised": 1,
    }
    edges = {shape.id for shape in page.picture.shapes if shape.kind == "boundaryEvent"}
    assert not edges & page.marks.keys()
    assert {row.about: row.places for row in ours(page)} == {
        CASE: ("Remedial actions authorised",),
        OTHER: ("Audit the case record",),
    }


def test_time_and_lateness_are_told_of_tasks_that_were_done(audits, before):
    audits.pass_to(at(2027, 1, 6))
    audits.authorise_audit(OTHER)
    earlier, mark = before.marks["audit_case_record"], of(audits, "case_audit").marks["audit_case_record"]
    assert (mark.done - earlier.done, mark.late - earlier.late) == (2, 1)
    assert mark.days is not None and 0 <= mark.days <= 23


def test_what_is_overdue_is_counted_and_found(audits):
    audits.pass_to(at(2027, 1, 6))
    page = of(audits, "case_audit", due=OVERDUE)
    assert [row.about for row in ours(page)] == [OTHER]
    assert page.marks["audit_case_record"].overdue == page.list.total == counts(audits)["case_audit"].overdue


def test_a_list_is_narrowed_to_a_team_and_to_a_step(audits):
    page = of(audits, "case_audit", team="North CIN")
    assert [row.about for row in page.list.rows] == [CASE]
    page = of(audits, "case_audit", element="audit_case_record")
    assert [row.about for row in ours(page)] == [OTHER]


def test_an_unknown_process_is_not_found(audits):
    with pytest.raises(NotFound):
        of(audits, "tea")


def test_work_of_an_older_policy_stands_on_the_diagram_it_began_with(council):
    older = council.deploy(fails_by_clock("script"))
    identifier = council.run(lambda command: instances.begin(command, "errand", {"case": CASE, "number": 1}))
    council.deploy({"processes/training.bpmn": policy()["processes/training.bpmn"] + b"\n"})
    page = of(council, "errand")
    assert page.deployment == older
    assert [row.id for row in page.list.rows] == [identifier]
    assert standing.diagram(council.engine, "asha", older, "errand").startswith(b"<")
    with pytest.raises(NotAllowed):
        standing.diagram(council.engine, "kim", older, "errand")


def test_a_step_that_the_newest_diagram_has_not_is_counted_by_its_name(council):
    council.deploy(fails_by_clock("script"))
    council.run(lambda command: instances.begin(command, "errand", {"case": CASE, "number": 1}))
    changed = {name: content.replace(b"next_day", b"another_day") for name, content in fails_by_clock("script").items()}
    newer = council.deploy(changed)
    page = of(council, "errand")
    assert page.deployment == newer
    assert page.marks["next_day"].waiting == 1
    assert "next_day" in page.names and "next_day" not in {shape.id for shape in page.picture.shapes}
