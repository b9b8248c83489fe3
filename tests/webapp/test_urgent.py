"""A safeguarding concern is one press away on every page of a case, and what was typed is kept (R-80)."""

from datetime import date

import pytest

from engine.service.people import directory
from tests.browser.tour import NO_PAGES
from tests.factories.council import AUDIT, REMEDY
from tests.factories.scenes import CASE, CLOSED, FRESH, REVIEWED, casework

TODAY = date(2026, 12, 1)
CONCERN, DEFERMENT = "Raise a safeguarding concern", "Decide on deferment or dispensation"


@pytest.fixture
def audit(council):
    return council.assign(CASE, "kim")


def urgent(page):
    return page.all(".urgent .govuk-button")


# What the address of a page that shows a case has in it.
NAMES_A_CASE = {"action", "audit", "identifier", "reference", "task_id"}


@pytest.fixture
def pages_of_a_case(council, app):
    """Addresses for every route that shows a case, by endpoint."""
    known = casework(council)
    council.begin("kim", "deferment", FRESH, request_kind="deferment", new_start="2026-12-14")
    task, decision = council.task(AUDIT, FRESH), council.task(DEFERMENT, FRESH)
    known |= {"process": "deferment", "section": "safety", "action": known["disputed"]}
    known |= {"identifier": task.instance, "task_id": task.id}
    special = {
        "cases.compare": {"reference": REVIEWED, "audit": known["reviewed_audit"]},
        "cases.show_certificate": {"reference": CLOSED},
        "delegating.show": {"task_id": decision.id},
    }
    adapter = app.url_map.bind("127.0.0.1")
    return {
        rule.endpoint: adapter.build(
            rule.endpoint, {name: {**known, **special.get(rule.endpoint, {})}[name] for name in rule.arguments}
        )
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and rule.arguments & NAMES_A_CASE
        if rule.endpoint not in NO_PAGES and not rule.rule.startswith("/api/")
    }


def test_every_page_of_a_case_offers_it_first(pages_of_a_case, visit):
    assert len(pages_of_a_case) > 12
    visitors = [visit(person) for person in ("kim", "asha")]
    for endpoint, address in pages_of_a_case.items():
        opened = [page for visitor in visitors if (page := visitor.open(address)).status == 200]
        assert opened, f"{endpoint} opens at {address} for nobody"
        assert urgent(opened[0]) == [CONCERN], endpoint
        main = opened[0].tree.cssselect("main")[0]
        assert "urgent" in next(one for one in main if one.tag in ("section", "div", "h1")).get("class"), endpoint


def test_it_is_offered_to_nobody_who_may_not_raise_it(audit, visit):
    assert urgent(visit("mo").open(f"/cases/{CASE}")) == []
    assert urgent(visit("kim").open(f"/cases/{CASE}/start/safeguarding_concern")) == []
    assert urgent(visit("kim").open("/")) == []


def test_what_was_typed_in_a_section_is_kept_and_one_comes_back_to_it(council, audit, visit):
    section = f"/tasks/{council.task(AUDIT, CASE).id}/sections/case_facts"
    page = visit("kim").open(section).press(CONCERN, date_opened__day="31")
    assert page.path == f"/cases/{CASE}/start/safeguarding_concern"
    assert visit("kim").open(section).value("date_opened-day") == "31"
    given = {"danger_now": "no", "concern_about": ["risk"], "concern_what": "Nobody asked", "reached_at": "Desk"}
    page = page.press("Send", **given)
    assert page.path == section
    assert page.value("date_opened-day") == "31"
    assert f"“{CONCERN}” is sent for {CASE}. Asha is told." in page.text
    assert len(council.titles(CASE)) == 2


def test_who_stands_in_is_who_was_told(council, audit, visit):
    directory.record_absence(council.engine, "the tests", "asha", TODAY, TODAY)
    page = visit("kim").open(f"/cases/{CASE}/start/safeguarding_concern")
    given = {"danger_now": "no", "concern_about": ["risk"], "concern_what": "Nobody asked", "reached_at": "Desk"}
    assert f"“{CONCERN}” is sent for {CASE}. Colin is told." in page.press("Send", **given).text


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
