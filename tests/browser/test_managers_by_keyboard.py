"""A Practice Manager's remedial actions and a Service Manager's concern, with the keyboard alone."""

import pytest

from tests.factories.council import AUDIT, REMEDY
from tests.factories.keyboard import Keyboard

CASE = "CF-20931"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
CONCERN = {
    "danger_now": "no",
    "concern_about": ["omission"],
    "concern_what": "No visit is recorded since March",
    "reached_at": "Extension 1234",
}
STEPS = (
    "Acknowledge the safeguarding concern",
    "Record the discussion and decision",
    "Raise the concern",
    "Record the response and close the concern",
)


@SCRIPTS
def test_remedial_actions(council, sign_in, scripts):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    page = sign_in("mo", scripts=scripts)
    Keyboard(page, {}).go_to_link(REMEDY)
    for number in (1, 2):
        Keyboard(page, {"what": f"Action {number} is done"}).go_to_button(f"Sign off action {number}")
        assert page.get_by_text(f"Remedial action {number} is signed off.").is_visible()
    Keyboard(page, {"authorisation_comment": "All is done"}).go_to_button("Complete the task")
    assert page.get_by_text("The task is completed.").is_visible()
    assert [row.state for row in council.actions(CASE)] == ["completed"] * 2


@SCRIPTS
def test_a_concern_from_the_audit_to_its_end(council, sign_in, scripts):
    council.assign(CASE, "kim")
    auditor = sign_in("kim", scripts=scripts, width=375)
    Keyboard(auditor, {}).go_to_link(AUDIT)
    Keyboard(auditor, {}).go_to_link("Raise a safeguarding concern")
    Keyboard(auditor, CONCERN).go_to_button("Send")
    page = sign_in("asha", scripts=scripts)
    for title in STEPS:
        answers = council.filled(council.task(title, CASE))
        Keyboard(page, {}).go_to_link(title)
        Keyboard(page, answers).go_to_button("Complete the task")
        assert page.get_by_text("The task is completed.").is_visible()
    assert council.titles(CASE) == [AUDIT]
