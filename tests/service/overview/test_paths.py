"""One process instance: where it has been, what it waits for, what happened and what belongs to it."""

import pytest

from engine.errors import NotAllowed, NotFound
from engine.service import instances
from engine.service.overview import paths
from tests.factories.council import AUDIT, REMEDY, at
from tests.factories.faulty import fails_by_clock

CASE = "CF-20931"


@pytest.fixture
def audit(council):
    council.assign("CF-30510", "kim")
    audit = council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    return audit


def page(council, instance):
    return paths.of_instance(council.engine, "asha", instance)


def test_where_it_has_been_and_where_it_waits(council, audit):
    found = page(council, audit.instance)
    assert "audit_case_record" in found.passed
    assert {element: mark.waiting for element, mark in found.marks.items()} == {"remedial_actions_authorised": 1}
    assert found.awaited == ("Remedial actions authorised",)
    assert (found.name, found.row.case_ref, found.waiting) == ("Case audit", CASE, ())


def test_what_happened_is_told_in_order_with_names(council, audit):
    kinds = [(one.kind, one.who) for one in page(council, audit.instance).happenings]
    assert kinds == [("began", "the tests"), ("completed", "Kim")]
    assert [one.what for one in page(council, audit.instance).happenings] == ["", AUDIT]


def test_a_letter_about_a_task_is_told_with_its_subject_and_to_whom_it_went(council, audit):
    remedial = next(one for one in page(council, audit.instance).relatives if one.name == "Remedial actions")
    council.pass_to(at(2027, 1, 20))
    told = [one.what for one in page(council, remedial.id).happenings if one.kind == "reminded"]
    assert told[0] == f"“Reminder: {REMEDY}”, to Practice Manager"
    assert f"“Still overdue: {REMEDY}”, to Service Manager, Quality Assurance" in told


def test_what_belongs_to_it_is_named(council, audit):
    names = {one.name: one for one in page(council, audit.instance).relatives}
    remedial = names["Remedial actions"]
    assert (remedial.is_parent, remedial.about) == (False, CASE)
    task = page(council, remedial.id)
    assert [(one.title, one.holders, one.overdue) for one in task.waiting] == [
        ("Complete the remedial actions", ("Mo",), False)
    ]
    assert [one.id for one in task.relatives if one.is_parent] == [audit.instance]


def test_it_is_told_who_is_next(council):
    audit = council.assign(CASE, "kim")
    (task,) = page(council, audit.instance).waiting
    titles = {one.title: one for one in task.next}
    assert "Mo" in titles["Acknowledge the audit"].names


def test_an_overdue_task_is_marked(council, audit):
    remedial = next(one for one in page(council, audit.instance).relatives if one.name == "Remedial actions")
    council.pass_to(at(2027, 1, 12))
    found = page(council, remedial.id)
    assert [one.overdue for one in found.waiting] == [True]
    assert sum(mark.overdue for mark in found.marks.values()) == 1


def test_what_an_incident_stopped_is_marked_with_it(council):
    council.deploy(fails_by_clock("script"))
    broken = council.run(lambda command: instances.begin(command, "errand", {"case": CASE, "number": 0, "later": "x"}))
    council.pass_to(at(2026, 12, 4))
    found = page(council, broken)
    assert [one.instance for one in found.incidents] == [broken]
    assert found.marks["stumble"].stopped == 1


def test_others_than_the_meeting_see_nothing(council, audit):
    with pytest.raises(NotAllowed):
        paths.of_instance(council.engine, "kim", audit.instance)


def test_an_unknown_instance_is_not_found(council):
    with pytest.raises(NotFound):
        page(council, "nothing")
