"""The pages of work about a case, wide and narrow: tasks, audits and their reviews, actions, history, certificates."""

import pytest

from engine.service.case_file import blind_grades
from engine.service.cases import actions
from engine.service.tasks import work
from tests.browser.test_accessibility import WIDTHS, look_at
from tests.factories.council import AUDIT, REMEDY, REVIEW, at
from tests.factories.doing import complete

CASE, REVIEWED, CLOSED, FRESH = "CF-20931", "CF-20932", "CF-30510", "CF-21040"
ALIKE = ("chronology_grade", "assessment_grade", "voice_grade", "plan_grade", "oversight_grade", "difference_grade")
MINE = {"safety_grade": "inadequate", **dict.fromkeys(ALIKE, "good"), "overall_grade": "requires_improvement"}


@pytest.fixture
def lived(council):
    """A case with actions under way, one in review, one that may be closed, and an audit just begun."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 3)
    first, second, _third = council.actions(CASE)
    actions.sign_off(council.engine, "mo", first.id, "See the note of this week")
    actions.record_work(council.engine, "nia", second.id, "Asked the school for its reports")
    council.begin("mo", "management_decision", CASE, action_number=3, observation_reference="OBS-114")
    council.begin("nia", "disagreement", CASE, action_number=2)
    council.assign(REVIEWED, "kim", drawn=True)
    council.authorise_audit(REVIEWED, 1)
    council.begin("lee", "case_closure", CLOSED, closing_reason="The plan is finished", other_assessments="yes")
    council.assign(FRESH, "kim")
    return council


def look(page, addresses):
    for name, address in addresses.items():
        page.goto(address)
        look_at(page, f"casework-{name}")


@pytest.mark.parametrize("width", WIDTHS)
def test_what_an_auditor_sees(lived, sign_in, width):
    page = sign_in("kim", width=width)
    audit = f"/tasks/{lived.task(AUDIT, FRESH).id}"
    look(page, {"sections": audit, "section": f"{audit}/sections/safety", "audited": f"/cases/{CASE}"})
    page.goto(f"{audit}/sections/safety")
    page.get_by_role("button", name="Raise a safeguarding concern").click()
    look_at(page, "casework-concern")


@pytest.mark.parametrize("width", WIDTHS)
def test_what_a_reviewer_sees(lived, sign_in, width):
    task = lived.task(REVIEW, REVIEWED)
    page = sign_in(task.assignee, width=width)
    look(page, {"review": f"/tasks/{task.id}"})
    page.get_by_role("button", name="Keep my grades and compare").click()
    look_at(page, "casework-review-errors")
    blind_grades.keep(lived.engine, task.assignee, task.id, MINE)
    comparison = f"/cases/{REVIEWED}/audits/{task.audit}/comparison"
    look(page, {"compared": comparison, "compared-all": f"{comparison}?show=all", "review-after": f"/tasks/{task.id}"})
    work.complete(lived.engine, task.assignee, task.id, lived.filled(task, **MINE, outcome="agreed"))
    look(sign_in("kim", width=width), {"compared-auditor": comparison})


@pytest.mark.parametrize("width", WIDTHS)
def test_what_a_social_worker_and_the_managers_see(lived, sign_in, width):
    first, second, third = (f"/actions/{row.id}" for row in lived.actions(CASE))
    audit = f"/cases/{CASE}/audits/{lived.actions(CASE)[0].audit}"
    look(sign_in("nia", width=width), {"mine": "/cases", "worked": f"/cases/{CASE}", "read": audit, "disputed": second})
    pages = {"remedy": f"/tasks/{lived.task(REMEDY, CASE).id}", "history": f"/cases/{CASE}/history"}
    look(sign_in("mo", width=width), {**pages, "signed-off": first, "decided": third})
    closed = {"certificate": f"/cases/{CLOSED}/certificate", "may-close": f"/cases/{CLOSED}"}
    look(sign_in("lee", width=width), closed)
    look(sign_in("asha", width=width), {"restricted": "/cases/CF-70001"})


@pytest.mark.parametrize("width", WIDTHS)
def test_what_teams_are_told_four_months_on(council, sign_in, width):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    council.pass_to(at(2027, 4, 1))
    facts = (("yes", "yes", "yes"), ("no", "yes", "no"))
    rows = [
        {"action": n, "fulfilled": a, "completed": b, "authorised": c} for n, (a, b, c) in enumerate(facts, start=1)
    ]
    complete(council, "Review the remedial actions", CASE, findings=rows)
    council.pass_to(at(2027, 4, 5, 12))
    sending = council.task("Distribute the compliance list")
    look(sign_in("gail", width=width), {"list-to-send": f"/tasks/{sending.id}", "lists": "/compliance-lists"})
    council.complete("gail", sending.title, covering_note="Look first at what waits longest.")
    look(sign_in("mo", width=width), {"list": "/compliance-lists/North%20CIN", "letters": "/notices"})
