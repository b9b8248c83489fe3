"""What the questions of the audit form tell, and what may be shared of it (R-10; no identities in the bulletin)."""

from engine.service.tasks import work
from tests.factories.council import AUDIT, at
from tests.service.reports.reading import figures, made, table

CASE = "CF-20931"


def test_the_questions_most_cases_fall_short_of_come_first(reported):
    report = made(reported, "management_report").report
    items = [one for name, one in figures(report).items() if name.startswith("items.item ")]
    assert len(items) == 10
    values = [one["value"] for one in items]
    assert values == sorted(values)
    assert [one for one in items if one["n"] < 5] == []


def share(council, case, text, consent):
    council.assign(case, "kim")
    task = council.task(AUDIT, case)
    given = {"strengths_to_share": text, "consent_to_share": consent, "remedial_action_required": "no"}
    work.complete(council.engine, "kim", task.id, council.filled(task, **given, remedial_actions=[]))


def test_the_bulletin_shares_what_may_be_shared_and_names_nobody(council):
    share(council, CASE, "The child's words open every plan", "yes")
    share(council, "CF-30510", "Nia saw the child alone, in CF-30510", "yes")
    council.pass_to(at(2026, 12, 2))
    report = made(council, "learning_bulletin").report
    assert table(report, "sharing", "strengths") == [["The child's words open every plan"]]
    shared = figures(report)["sharing.shared"]
    assert (shared["value"], shared["of"]) == (1, 2)


def test_nothing_is_shared_without_consent(council):
    share(council, CASE, "The child's words open every plan", "no")
    assert table(made(council, "learning_bulletin").report, "sharing", "strengths") == []
