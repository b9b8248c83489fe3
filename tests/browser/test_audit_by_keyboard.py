"""An auditor fills in and authorises a whole audit with the keyboard alone, with scripts and without."""

import pytest

from tests.factories.council import AUDIT
from tests.factories.keyboard import Keyboard

CASE = "CF-20931"
ACTIONS = [{"what": "Bring the chronology up to date"}, {"what": "Date and sign the plan"}]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_whole_audit(council, sign_in, scripts):
    council.assign(CASE, "kim")
    task = council.task(AUDIT, CASE)
    answers = council.filled(task, remedial_action_required="yes", remedial_actions=ACTIONS)
    page = sign_in("kim", scripts=scripts, width=375)
    page.goto(f"/tasks/{task.id}")
    page.get_by_role("link", name="0. Case facts").press("Enter")
    page.wait_for_url("**/sections/**")
    keyboard = Keyboard(page, answers)
    while "/sections/" in page.url:
        before = page.url
        keyboard.go_to_button("Save and continue")
        assert page.locator(".govuk-error-summary").count() == 0, page.locator(".govuk-error-summary").inner_text()
        assert page.url != before
    assert set(page.locator(".govuk-task-list__status").all_inner_texts()) == {"Completed", "Optional"}
    keyboard.go_to_button("Complete the task")
    assert page.get_by_text("The task is completed.").is_visible()
    assert [row.what for row in council.actions(CASE)] == [row["what"] for row in ACTIONS]
