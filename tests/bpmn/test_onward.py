"""What follows a step, read off the diagrams: through gateways, begun processes and messages."""

import pytest

from engine.bpmn.model import read_model
from engine.bpmn.onward import ended_by, following, taking_away
from tests.factories.council import ROOT


@pytest.fixture(scope="module")
def models():
    found = (read_model(path.name, path.read_bytes()) for path in sorted((ROOT / "processes").glob("*.bpmn")))
    return {model.process_id: model for model in found}


def told(models, process, element):
    return {(one.name, one.lane): one.when for one in following(models, process, element)}


def test_a_decision_is_told_with_each_task_that_hangs_on_it(models):
    drawn, not_drawn = (f"Drawn for quality assurance? {way}" for way in ("Drawn", "Not drawn"))
    assert told(models, "case_audit", "audit_case_record") == {
        ("Hold the conversation about the audit", "Service Manager, Quality Assurance"): (
            "Graded Inadequate? Inadequate",
        ),
        ("Review the audit", "Quality Assurance Officer"): (drawn,),
        ("Complete the remedial actions", "Practice Manager"): (not_drawn, "Remedial actions? Required"),
        ("Acknowledge the audit", "Practice Manager"): (not_drawn, "Remedial actions? None"),
    }


def test_a_message_leads_on_into_the_process_that_waits_for_it(models):
    found = told(models, "quality_assurance", "review_audit")
    assert set(found) == {
        ("Complete the remedial actions", "Practice Manager"),
        ("Acknowledge the audit", "Practice Manager"),
        ("Amend the audit", "Auditor"),
    }


def test_what_comes_after_a_question_names_its_answer(models):
    found = told(models, "case_audit", "reassign_audit")
    assert found == {("Audit the case record", "Auditor"): ("Auditor found? Found",)}


def test_after_the_last_task_comes_nothing(models):
    assert following(models, "case_audit", "acknowledge_audit") == ()
    assert following(models, "case_audit", "an element of another version") == ()


def test_every_task_of_the_policy_can_be_asked(models):
    for process, model in models.items():
        for task in model.of_kind("userTask", "manualTask"):
            for one in following(models, process, task.get("id")):
                assert one.lane is not None
                assert one.name in {node.get("name") for node in models[one.process].nodes.values()}


def test_a_task_is_taken_away_by_what_sends_the_message_at_its_edge(models):
    assert "deferment" in taking_away(models, "case_audit", "audit_case_record")
    assert taking_away(models, "case_audit", "acknowledge_audit") == ()
    assert taking_away(models, "case_audit", "no_such_task") == ()


def test_the_event_at_which_a_message_ends_a_task_leads_on(models):
    event = ended_by(models, "case_audit", "audit_case_record", "Auditor left")
    assert event == "auditor_left"
    assert [one.name for one in following(models, "case_audit", event)] == ["Reassign the audit"]
    assert ended_by(models, "case_audit", "audit_case_record", "Copies closed") is None
    assert ended_by(models, "case_audit", "no_such_task", "Auditor left") is None
