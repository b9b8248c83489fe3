"""A whole month in the browser, from the population list to the compliance list, by everybody whose work it is."""

import pytest
from playwright.sync_api import expect

from tests.browser.month import Month
from tests.factories.council import AUDIT, at

MERITS = "The visits are recorded in time"
SAFE = {"2.1 Is there anything suggesting the child is not safe today?": "No"}
GOOD = ("Good", "Yes", "Mostly")
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


def the_list_is_uploaded_and_locked(month):
    hal = month.desk("hal").task("Upload the case population list")
    hal.page.get_by_label("Case population list").set_input_files(month.list_of_cases())
    hal.press("Upload and check the list").sees("DAT").picture("01-list-checked").complete()
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
