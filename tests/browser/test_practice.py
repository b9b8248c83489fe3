"""Practising at both widths: nothing for the accessibility engine to complain about, refused or accepted."""

import pytest

from tests.browser.test_accessibility import WIDTHS, look_at


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_practising(council, sign_in, width):
    page = sign_in("kim", width=width)
    for name, path in {"practices": "", "practice": "/audit", "practice-urgent": "/concern_raising"}.items():
        page.goto(f"/help/practise{path}")
        look_at(page, name)
    page.get_by_role("button", name="Try it: nothing is kept").click()
    look_at(page, "practice-refused")


@pytest.mark.parametrize("width", WIDTHS)
def test_answers_that_would_be_accepted(council, sign_in, width):
    page = sign_in("kim", width=width)
    page.goto("/help/practise/acknowledge_audit")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Try it: nothing is kept").click()
    assert page.get_by_text("These answers would be accepted").is_visible()
    look_at(page, "practice-accepted")
