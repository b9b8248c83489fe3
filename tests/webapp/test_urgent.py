"""A safeguarding concern is one press away on every page of a case, and what was typed is kept (R-80)."""

import pytest

from tests.factories.council import AUDIT, REMEDY

CASE, CONCERN = "CF-20931", "Raise a safeguarding concern"


@pytest.fixture
def audit(council):
    return council.assign(CASE, "kim")


def urgent(page):
    return page.all(".urgent .govuk-button")


def test_every_page_of_a_case_offers_it_first(council, audit, visit):
    task = council.task(AUDIT, CASE).id
    pages = [f"/tasks/{task}", f"/tasks/{task}/sections/safety", f"/cases/{CASE}"]
    pages += [f"/cases/{CASE}/audits/{audit.id}", f"/cases/{CASE}/start/deferment"]
    for address in pages:
        page = visit("kim").open(address)
        assert urgent(page) == [CONCERN], address
        main = page.tree.cssselect("main")[0]
        assert "urgent" in next(one for one in main if one.tag in ("section", "div", "h1")).get("class")
    assert urgent(visit("asha").open(f"/standing/instances/{audit.instance}")) == [CONCERN]


def test_it_is_offered_to_nobody_who_may_not_raise_it(audit, visit):
    assert urgent(visit("mo").open(f"/cases/{CASE}")) == []
    assert urgent(visit("kim").open(f"/cases/{CASE}/start/safeguarding_concern")) == []
    assert urgent(visit("kim").open("/")) == []


def test_what_was_typed_in_a_section_is_kept_and_one_comes_back_to_the_task(council, audit, visit):
    section = f"/tasks/{council.task(AUDIT, CASE).id}/sections/case_facts"
    page = visit("kim").open(section).press(CONCERN, date_opened__day="31")
    assert page.path == f"/cases/{CASE}/start/safeguarding_concern"
    assert visit("kim").open(section).value("date_opened-day") == "31"
    given = {"danger_now": "no", "concern_about": ["risk"], "concern_what": "Nobody asked", "reached_at": "Desk"}
    page = page.press("Send", **given)
    assert page.path == f"/tasks/{council.task(AUDIT, CASE).id}"
    assert f"“{CONCERN}” is sent for {CASE}." in page.text
    assert len(council.titles(CASE)) == 2


def test_a_task_that_was_closed_meanwhile_keeps_nobody_from_a_concern(council, audit, visit):
    page = visit("kim").open(f"/tasks/{council.task(AUDIT, CASE).id}/sections/case_facts")
    council.authorise_audit(CASE)
    page = page.press(CONCERN, date_opened__day="31")
    assert page.path == f"/cases/{CASE}/start/safeguarding_concern"
    assert "What you typed on the page before was not kept." in page.text


def test_the_key_enter_goes_on_and_raises_nothing(council, audit, visit):
    page = visit("kim").open(f"/tasks/{council.task(AUDIT, CASE).id}/sections/safety")
    pressed = [one for one in page.tree.cssselect("button[type=submit]") if one.get("name") == "do"]
    first = pressed[0]
    assert first.get("form") == "task-form"
    assert first.get("value") == "continue"


def test_other_beginnings_keep_what_was_typed_too(council, visit):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    task = f"/tasks/{council.task(REMEDY, CASE).id}"
    page = visit("mo").open(task)
    page = page.press("Tell us about a difficulty", authorisation_comment="Half a thought")
    assert page.path == f"/cases/{CASE}/start/difficulty_notice"
    assert visit("mo").open(task).value("authorisation_comment") == "Half a thought"


def test_a_script_reads_why_a_draft_was_not_kept(council, audit, visit):
    page = visit("kim").open(f"/tasks/{council.task(AUDIT, CASE).id}/sections/case_facts")
    address, fields = page.sent_by("Save draft", {})
    council.authorise_audit(CASE)
    answer = page.visitor.client.post(address, data=fields, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert "Kim completed it on 1 December 2026 at 09:00" in answer.json["saved"]
