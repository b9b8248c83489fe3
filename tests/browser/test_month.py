"""A whole month in the browser, from the population list to the compliance list, by everybody whose work it is."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.month import Month
from tests.factories.council import AUDIT, REMEDY, REVIEW, at, people

MERITS = "The visits are recorded in time"
SAFE = {"2.1 Is there anything suggesting the child is not safe today?": "No"}
GOOD = ("Good", "Yes", "Mostly")
GRADED = (
    "Safety now",
    "Chronology and history",
    "Assessment",
    "Child's voice and lived experience",
    "Plan",
    "Management oversight and supervision",
    "Difference made",
    "Overall quality",
)
REPORT = "Monthly report to the Performance Management Meeting"
COMPLIANCE = "Review the remedial actions"
MOST_BYTES = 100_000
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def month(council, sign_in, tmp_path, scripts):
    return Month(council, sign_in, tmp_path, scripts)


@SCRIPTS
def test_a_month(month):
    the_list_is_uploaded_and_locked(month)
    the_sample_is_drawn_and_drawn_again(month)
    the_assignments_are_released(month)
    an_audit_is_drafted_and_a_concern_raised(month)
    the_concern_is_decided_at_once(month)
    the_audit_is_completed(month)
    the_practice_manager_sees_to_the_actions(month)
    the_service_manager_decides_and_the_form_is_authorised(month)
    another_audit_is_reviewed_blind(month)
    an_action_is_disputed(month)
    the_report_to_the_meeting_is_signed(month)
    four_months_later_compliance_is_reviewed(month)
    the_list_is_distributed_and_cleared(month)
    nothing_personal_is_in_a_title(month)
    every_page_is_light(month)


def the_list_is_uploaded_and_locked(month):
    hal = month.desk("hal").task("Upload the case population list")
    hal.page.get_by_label("Case population list").set_input_files(month.list_of_cases())
    hal.press("Upload and check the file").sees("DAT").picture("01-list-checked").complete()
    gail = month.desk("gail").task("Check and lock the population list")
    gail.picture("02-list-to-lock").press("Complete the task")
    gail.refused("Select whether to lock the list or return it.")
    gail.choose("Is the list right?", "Accept and lock the list").complete()


def the_sample_is_drawn_and_drawn_again(month):
    gail = month.desk("gail").task("Confirm auditor capacity")
    gail.write("Pool auditors", "6").write("Audits for each Quality Assurance Officer", "2").complete()
    gail.follow("Audit periods").follow("November 2026").picture("03-period").follow("The draw and its certificate")
    gail.press("Draw it again and compare").sees("Drawn again, the sample is the same: 14 cases").picture("04-draw")


def the_assignments_are_released(month):
    gail = month.desk("gail").task("Release the assignments").picture("05-release")
    gail.choose("What do you want to do?", "Release the assignments").answer().complete()
    gail.follow("Audit periods").follow("November 2026").follow("The audits, auditor by auditor").picture("06-progress")


def an_audit_is_drafted_and_a_concern_raised(month):
    month.pass_to(at(2026, 12, 2))
    audit = month.audit(selected=False)
    desk = month.desk(audit.auditor).task(AUDIT, audit.case_ref).follow("2. Safety now")
    desk.choose("2.2 Are risks named and understood, including outside the home?", "Partly")
    desk.press("Save draft").sees("Draft saved 2 December 2026")
    desk.write("Merits", MERITS).press("Raise a safeguarding concern")
    desk.picture("07-concern").press("Send").refused("Select yes if the child is in danger now.")
    desk.choose("Is the child in danger now?", "No").choose("What is it about?", "Something that was not done")
    desk.write("What suggests that a child may not be safe?", "No visit is recorded since March")
    desk.write("Where can you be reached today?", "Extension 1234").press("Send").picture("08-concern-sent")
    desk.task(AUDIT, audit.case_ref).follow("2. Safety now")
    question = desk.page.get_by_role("group", name="2.2 Are risks named and understood, including outside the home?")
    expect(question.get_by_role("radio", name="Partly")).to_be_checked()
    expect(desk.page.get_by_label("Merits", exact=True)).to_have_value(MERITS)


def the_concern_is_decided_at_once(month):
    case = month.audit(selected=False).case_ref
    asha = month.desk("asha")
    asha.task("Acknowledge the safeguarding concern", case).sees("No visit is recorded since March")
    asha.picture("09-concern-to-acknowledge").answer().complete()
    asha.task("Record the discussion and decision", case).answer().picture("10-decision").complete()
    asha.task("Raise the concern", case).press("Add an attempt").answer(choices=["Yes"]).picture("11-raise").complete()
    asha.task("Record the response and close the concern", case).answer().complete()


def the_audit_is_completed(month):
    month.pass_to(at(2026, 12, 8))
    audit = month.audit(selected=False)
    desk = month.desk(audit.auditor).task(AUDIT, audit.case_ref).follow("0. Case facts")
    answer_sections(desk, [{"What must be done?": one} for one in ("Date the plan", "Update the chronology")])
    desk.picture("12-audit-answered").complete()


def answer_sections(desk, actions):
    """Answer section after section as they come, until all have been seen."""
    while "/sections/" in desk.page.url:
        before = desk.page.url
        if desk.page.get_by_role("heading", name="20. Remedial actions").is_visible():
            desk.choose("Are remedial actions required?", "Yes")
            for number, action in enumerate(actions, 1):
                desk.press("Add another remedial action" if number > 1 else "Add a remedial action")
                desk.answer(action)
        desk.answer(SAFE, GOOD).press("Save and continue")
        assert desk.page.url != before, desk.page.get_by_role("main").inner_text()


def the_practice_manager_sees_to_the_actions(month):
    case = month.audit(selected=False).case_ref
    mo = month.desk("mo").open(f"/cases/{case}").follow("Ask to close a case").answer().press("Send")
    mo.open(f"/cases/{case}").sees("Not now, because").picture("13-closure-refused")
    mo.task(REMEDY, case).write("What was done on action 1", "The plan is dated").press("Sign off action 1")
    mo.sees("Remedial action 1 is signed off.").picture("14-signed-off")
    mo.follow("Ask for a management decision on action 2").answer({"Observation reference": "OBS-114"})
    mo.picture("15-management-decision").press("Send").task(REMEDY, case).press("Complete the task")
    mo.sees("management decision").picture("16-decision-awaited")


def the_service_manager_decides_and_the_form_is_authorised(month):
    case = month.audit(selected=False).case_ref
    oz = month.desk("oz").task("Decide the management decision", case).sees("OBS-114")
    oz.picture("17-to-decide").choose("What do you decide?", "Authorise").complete()
    mo = month.desk("mo").task(REMEDY, case).write("Authorisation comment", "").press("Complete the task")
    mo.refused("OBS-114").picture("18-comment-refused")
    mo.write("Authorisation comment", "See OBS-114").complete()
    mo.open(f"/cases/{case}").sees("Yes. Nothing from an audit stands open.").follow("Closure certificate")
    mo.sees("It stands").picture("19-certificate")


def another_audit_is_reviewed_blind(month):
    audit = month.audit(selected=True)
    month.council.authorise_audit(audit.case_ref, 1)
    reviewer = month.desk(month.council.task(REVIEW, audit.case_ref).assignee).task(REVIEW, audit.case_ref)
    for question in GRADED:
        reviewer.choose(question, "Requires improvement" if question == "Overall quality" else "Good")
    reviewer.picture("20-blind-grades").press("Keep my grades and compare").sees("1 of 8 answers differs.")
    reviewer.picture("21-side-by-side").follow("The review")
    reviewer.answer({"What is the outcome of your review?": "Agreed"}).complete()
    auditor = month.desk(audit.auditor).open(f"/cases/{audit.case_ref}").follow("1 December 2026 (audit assigned)")
    auditor.follow("Compare the audit with its review").sees("1 of 8 answers differs.")


def an_action_is_disputed(month):
    audit = month.audit(selected=True)
    manager = month.desk(month.manager(audit.case_ref)).open(f"/cases/{audit.case_ref}").follow("Remedial action 1")
    manager.follow("Raise a disagreement about a remedial action").picture("22-disagreement")
    manager.answer({"Does it bear on safeguarding?": "No"}).press("Send")
    auditor = month.desk(audit.auditor).task("Attempt to resolve the disagreement", audit.case_ref)
    auditor.press("Add an attempt").answer().picture("23-attempt").complete()
    manager.open(f"/cases/{audit.case_ref}").follow("Remedial action 1").sees("About its necessity")
    manager.picture("24-settled")


def the_report_to_the_meeting_is_signed(month):
    gail = month.desk("gail").task("Set the date of the meeting")
    chair = {"Who chairs it?": "Ian – Assistant Director, Specialist Services"}
    gail.answer(chair | {"Day of this month's Performance Management Meeting": "2026-12-22"}).complete()
    month.pass_to(at(2026, 12, 15))
    asha = month.desk("asha").follow("Figures and reports").follow(f"{REPORT}, ").picture("25-report-drawn-up")
    asha.task("Sign the monthly report").write("What do the figures mean?", "Chronologies are improving.")
    asha.choose("What do you want to do?", "Sign the report").complete()
    asha.follow("Figures and reports").follow(f"{REPORT}, ").sees("Signed by Asha").picture("26-report-signed")
    asha.sees("Chronologies are improving.")
    assert asha.download("PDF", month.folder / "report.pdf").startswith(b"%PDF-")
    assert b"xl/workbook.xml" in asha.download("Excel", month.folder / "report.xlsx")


def four_months_later_compliance_is_reviewed(month):
    case = month.audit(selected=False).case_ref
    month.pass_to(at(2027, 4, 9))
    reviewer = month.desk(month.reviewer(case)).task(COMPLIANCE, case)
    for number, fulfilled in (("1", "No"), ("2", "Not applicable")):
        reviewer.press("Add another finding" if number != "1" else "Add a finding")
        reviewer.answer({"Action": number, "Fulfilled": fulfilled})
    reviewer.picture("27-compliance").complete()


def the_list_is_distributed_and_cleared(month):
    case = month.audit(selected=False).case_ref
    month.pass_to(at(2027, 5, 6))
    month.desk("gail").task("Distribute the compliance list").answer().picture("28-list").complete()
    mo = month.desk("mo").task("Clear outstanding remedial actions", case).picture("29-outstanding")
    mo.press("Add an action").answer({"Action": "1"}).complete()
    mo.follow("My notices").sees("Remedial actions four months after the audit: your team").picture("30-notices")


def nothing_personal_is_in_a_title(month):
    names = {row["name"] for row in people()}
    for address, title in month.shown("titles").items():
        assert not names & set(re.findall(r"\w+", title)), f"{address} has a name in its title: {title}"
        if "CF-" in title:
            assert re.search(r"/(cases|tasks|actions)/", address), f"{address} is about no case: {title}"


def every_page_is_light(month):
    heavy = {address: weight for address, weight in month.shown("weights").items() if weight > MOST_BYTES}
    assert not heavy, f"heavier than {MOST_BYTES} bytes compressed: {heavy}"
