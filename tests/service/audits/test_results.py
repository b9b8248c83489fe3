"""The result of an audit in short, for those who work with the case (R-07)."""

from engine.service.case_file import entered
from tests.factories.council import AUDIT, REVIEW, at

CASE = "CF-20931"


def record(council, person, audit):
    return entered.of_audit(council.engine, person, CASE, audit)


def test_a_social_worker_reads_each_grade_with_its_merits_and_deficits_and_the_actions(council):
    audit = council.assign(CASE, "kim").id
    task = council.task(AUDIT, CASE)
    actions = [{"what": "Date the plan"}]
    given = {"voice_grade": "requires_improvement", "voice_merits": "Seen alone", "voice_deficits": "No wishes noted"}
    council.complete("kim", AUDIT, CASE, **given, remedial_action_required="yes", remedial_actions=actions)
    found = record(council, "nia", audit)
    voice = next(one for one in found.results if one.section.startswith("Child's voice"))
    assert (voice.grade, voice.merits, voice.deficits) == ("Requires improvement", "Seen alone", "No wishes noted")
    overall = found.results[-1]
    assert (overall.section, overall.grade, overall.merits) == ("Overall", "Good", "")
    assert [one.what for one in found.actions] == ["Date the plan"]
    assert task.audit == audit


def test_there_is_no_result_for_whom_the_audit_is_not_open_yet(council):
    audit = council.assign(CASE, "kim", drawn=True).id
    council.authorise_audit(CASE, 1)
    found = record(council, "nia", audit)
    assert (found.results, found.actions) == ((), ())


def test_an_amended_audit_has_its_new_result(council):
    audit = council.assign(CASE, "kim", drawn=True).id
    council.authorise_audit(CASE)
    council.complete(council.task(REVIEW, CASE).assignee, REVIEW, CASE, outcome="returned", reason="Look again")
    council.clock.move_to(at(2026, 12, 2))
    council.complete("kim", "Amend the audit", CASE, overall_grade="requires_improvement")
    assert record(council, "kim", audit).results[-1].grade == "Requires improvement"
