"""Every page, wide and narrow: nothing that axe finds, no sideways scrolling, and a picture to look at."""

import json
from pathlib import Path

import pytest

from engine.service import instances
from engine.service.audits import cycles
from engine.service.tasks import work
from tests.browser.conftest import SCREENSHOTS
from tests.factories.council import AUDIT, COUNCIL, REMEDY, ROOT, at
from tests.factories.faulty import fails_by_clock

AXE = ROOT / "webapp" / "assets" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 375)
CASE, OTHER = "CF-20931", "CF-30510"
LIST = "Upload the case population list"


@pytest.fixture
def busy(council):
    """A council with something on every page."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 3)
    council.assign(OTHER, "kim")
    council.begin("kim", "deferment", OTHER, request_kind="deferment", new_start="2026-12-14")
    content = (COUNCIL / "cases.csv").read_bytes() + b"20931,CP&P/CIN,North CIN,nia,open,no\n"
    upload, _ = cycles.upload(council.engine, "hal", "2026-11", "cases.csv", content)
    work.save_draft(council.engine, "hal", council.task(LIST).id, {"population_list": upload})
    return council


def address(council, title, case=None):
    return f"/tasks/{council.task(title, case).id}"


def look_at(page, name):
    """Take a picture and expect nothing to complain about."""
    width = page.viewport_size["width"]
    page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, f"{name} scrolls sideways"
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    complaints = [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found["violations"]]
    assert not complaints, json.dumps(complaints, indent=1)
    assert len(found["passes"]) > 10


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_an_auditor(busy, sign_in, width):
    page = sign_in("kim", width=width)
    audit = address(busy, AUDIT, OTHER)
    sections = [f"{audit}/sections/{name}" for name in ("case_facts", "safety", "remedial")]
    pages = {"inbox": "/", "audit": audit, **{Path(one).name: one for one in sections}}
    pages |= {"notices": "/notices", "case": f"/cases/{OTHER}", "find": "/cases", "help": "/help", "manual": "/manual"}
    pages |= {"accessibility": "/accessibility", "not-found": "/no-such-page", "errors": f"{sections[0]}?check=1"}
    pages |= {"start": f"/cases/{OTHER}/start/deferment"}
    for name, path in pages.items():
        page.goto(path)
        look_at(page, name)


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_managers(busy, sign_in, width):
    page = sign_in("mo", width=width)
    page.goto(address(busy, REMEDY, CASE))
    look_at(page, "remedy")
    page.get_by_role("button", name="Complete the task").click()
    look_at(page, "remedy-errors")
    page.goto(f"/cases/{CASE}")
    look_at(page, "case-of-manager")
    page.goto(address(busy, AUDIT, OTHER))
    look_at(page, "not-allowed")
    page = sign_in("asha", width=width)
    page.goto(address(busy, "Decide on deferment or dispensation", OTHER))
    look_at(page, "decide")


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_the_meeting(busy, sign_in, width):
    busy.deploy(fails_by_clock("script"))
    facts = {"case": CASE, "number": 0, "later": "soon"}
    broken = busy.run(lambda command: instances.begin(command, "errand", facts))
    busy.pass_to(at(2027, 1, 6))
    page = sign_in("asha", width=width)
    pages = {"standing": "/standing", "standing-process": "/standing/case_audit", "incidents": "/standing/incidents"}
    pages |= {
        "standing-time": "/standing/case_audit?show=time&days=365",
        "standing-path": f"/standing/instances/{broken}",
    }
    pages |= {"start-list": "/start", "start-without-case": "/start/policy_variation", "manual": "/manual"}
    for name, path in pages.items():
        page.goto(path)
        look_at(page, name)
    page.goto("/standing/incidents")
    page.get_by_role("button", name="Give it up").first.click()
    look_at(page, "incidents-errors")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_upload_with_its_report(busy, sign_in, width):
    page = sign_in("hal", width=width)
    page.goto(address(busy, LIST))
    look_at(page, "upload")


@pytest.mark.parametrize("width", WIDTHS)
def test_signing_in_and_a_page_out_of_date(busy, sign_in, width):
    page = sign_in("mo", width=width)
    page.goto(address(busy, REMEDY, CASE))
    busy.pass_to(at(2027, 1, 4, 12))
    page.get_by_label("Authorisation comment").fill("I have looked at everything")
    page.get_by_role("button", name="Complete the task").click()
    look_at(page, "out-of-date")
    page.get_by_role("button", name="Sign out").click()
    look_at(page, "sign-in")
    page.get_by_role("button", name="Sign in", exact=True).click()
    look_at(page, "sign-in-errors")


@pytest.mark.parametrize("width", WIDTHS)
def test_taken_and_closed_tasks(busy, sign_in, width):
    task = busy.task(REMEDY, CASE)
    work.take(busy.engine, "mo", task.id)
    page = sign_in("mo", width=width)
    page.goto(f"/tasks/{task.id}")
    look_at(page, "taken")
    done = busy.complete("hal", LIST)
    page = sign_in("hal", width=width)
    page.goto(f"/tasks/{done.id}")
    look_at(page, "closed")
