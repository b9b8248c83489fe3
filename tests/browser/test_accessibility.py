"""Pages that refuse something or that something was done to: nothing for the accessibility engine to complain about."""

import pytest

from engine.service import instances
from engine.service.audits import cycles
from engine.service.case_file import blind_grades
from engine.service.tasks import work
from tests.browser.looking import look_at
from tests.factories.council import AUDIT, COUNCIL, REMEDY, REVIEW, at
from tests.factories.faulty import fails_by_clock
from tests.factories.scenes import GRADES, LIST_TO_SEND, four_months_on

CASE, OTHER, REVIEWED = "CF-20931", "CF-30510", "CF-20932"
LIST = "Upload the case population list"


@pytest.fixture
def busy(council):
    """A council with something to be refused."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 3)
    council.assign(OTHER, "kim")
    council.begin("kim", "deferment", OTHER, request_kind="deferment", new_start="2026-12-14")
    return council


def address(council, title, case=None):
    return f"/tasks/{council.task(title, case).id}"


def test_what_an_auditor_is_told(busy, sign_in):
    page = sign_in("kim")
    page.goto("/no-such-page")
    look_at(page, "not-found")
    page.goto(f"{address(busy, AUDIT, OTHER)}/sections/case_facts")
    page.get_by_role("button", name="Save and continue").click()
    look_at(page, "section-errors")
    page.get_by_role("button", name="Raise a safeguarding concern").click()
    page.get_by_role("button", name="Send").click()
    look_at(page, "concern-errors")


def test_what_managers_are_told(busy, sign_in):
    page = sign_in("mo")
    page.goto(address(busy, REMEDY, CASE))
    page.get_by_role("button", name="Complete the task").click()
    look_at(page, "remedy-errors")
    page.goto(address(busy, AUDIT, OTHER))
    look_at(page, "not-allowed")
    page = sign_in("asha")
    page.goto(address(busy, "Decide on deferment or dispensation", OTHER))
    look_at(page, "decide")
    page.goto("/cases/CF-70001")
    look_at(page, "restricted")


def test_what_a_reviewer_is_told(council, sign_in):
    council.assign(REVIEWED, "kim", drawn=True)
    council.authorise_audit(REVIEWED, 1)
    task = council.task(REVIEW, REVIEWED)
    page = sign_in(task.assignee)
    page.goto(f"/tasks/{task.id}")
    look_at(page, "review")
    page.get_by_role("button", name="Keep my grades and compare").click()
    look_at(page, "review-errors")
    blind_grades.keep(council.engine, task.assignee, task.id, GRADES)
    page.goto(f"/tasks/{task.id}")
    look_at(page, "review-after")
    page.get_by_role("link", name="Compare your grades").click()
    look_at(page, "compared")


def test_the_upload_with_its_report(council, sign_in):
    content = (COUNCIL / "cases.csv").read_bytes() + b"20931,CP&P/CIN,North CIN,nia,open,no\n"
    upload, _ = cycles.upload(council.engine, "hal", "2026-11", "cases.csv", content)
    work.save_draft(council.engine, "hal", council.task(LIST).id, {"population_list": upload})
    page = sign_in("hal")
    page.goto(address(council, LIST))
    look_at(page, "upload")


def test_the_list_of_actions_before_it_is_sent(council, sign_in):
    four_months_on(council, send=False)
    page = sign_in("gail")
    page.goto(address(council, LIST_TO_SEND))
    look_at(page, "list-to-send")


def test_signing_in_and_a_page_out_of_date(busy, sign_in):
    page = sign_in("mo")
    page.goto(address(busy, REMEDY, CASE))
    busy.pass_to(at(2027, 1, 4, 12))
    page.get_by_label("Authorisation comment").fill("I have looked at everything")
    page.get_by_role("button", name="Complete the task").click()
    look_at(page, "out-of-date")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in", exact=True).click()
    look_at(page, "sign-in-errors")


def test_taken_and_closed_tasks(busy, sign_in):
    task = busy.task(REMEDY, CASE)
    work.take(busy.engine, "mo", task.id)
    page = sign_in("mo")
    page.goto(f"/tasks/{task.id}")
    look_at(page, "taken")
    done = busy.complete("hal", LIST)
    page = sign_in("hal")
    page.goto(f"/tasks/{done.id}")
    look_at(page, "closed")


def test_incidents_refuse_to_be_given_up_without_a_reason(council, sign_in):
    council.deploy(fails_by_clock("script", "training"))
    facts = {"case": CASE, "number": 0, "later": "soon"}
    council.run(lambda command: instances.begin(command, "training", facts))
    council.pass_to(at(2027, 1, 6))
    page = sign_in("asha")
    page.goto("/standing/incidents")
    page.get_by_text("Give this work up").click()
    page.get_by_role("button", name="Give it up").click()
    look_at(page, "incidents-errors")
