"""Practising at both widths: nothing for the accessibility engine to complain about, refused or accepted."""

from tests.browser.looking import look_at


def test_answers_that_would_be_refused(council, sign_in):
    page = sign_in("kim")
    page.goto("/help/practise/concern_raising")
    page.get_by_role("button", name="Try it: nothing is kept").click()
    look_at(page, "practice-refused")


def test_answers_that_would_be_accepted(council, sign_in):
    page = sign_in("kim")
    page.goto("/help/practise/acknowledge_audit")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Try it: nothing is kept").click()
    assert page.get_by_text("These answers would be accepted").is_visible()
    look_at(page, "practice-accepted")
