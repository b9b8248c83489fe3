"""The pages of audit periods: from the list to a period, its list, its draw and its progress, and back to the work."""

import csv
import json
from io import StringIO

import pytest

from engine.service.audits import cycles
from tests.factories.council import at
from tests.factories.visitor import words
from tests.service.monthly import LOCK, PERIOD, RELEASE, UPLOAD, draw, population, release
from webapp.render.list_files import LISTS

MORE = ("/2026-11/capacity", "/2026-11/assignments", "/2026-11/figures")


@pytest.fixture
def released(council):
    draw(council)
    release(council)
    return council


def rows(page):
    return [words(row) for row in page.tree.cssselect("tbody tr")]


def test_the_way_leads_from_the_navigation_to_one_audit(visit, released):
    page = visit("asha").open("/")
    page = page.visitor.open(page.links()["Audit periods"])
    assert page.title == "Audit periods – Casefile"
    assert any("14 audits done" in row for row in rows(page))
    page = page.visitor.open(page.links()["November 2026"])
    assert "Audits are under way" in page.text
    page = page.visitor.open(page.links()["The audits, auditor by auditor"])
    page = page.visitor.open(page.links()["All audits of the period"])
    case = next(name for name in page.links() if name.startswith("CF-"))
    assert page.visitor.open(page.links()[case]).status == 200


def test_who_may_not_is_neither_offered_nor_shown_them(visit, released):
    for person in ("kim", "mo", "bev"):
        assert "Audit periods" not in visit(person).open("/").links()
        for path in ("", "/2026-11", "/2026-11/list", "/2026-11/draw", "/2026-11/progress", "/2026-11/audits", *MORE):
            assert visit(person).open(f"/periods{path}").status == 403
        for path in ("draw/certificate.json", "draw/frame.json", "list/csv", "audits/xlsx", "assignments/csv"):
            assert visit(person).open(f"/periods/2026-11/{path}").status == 403


def test_the_analyst_is_offered_the_list_only(visit, released):
    page = visit("hal").open("/periods/2026-11")
    assert "The population list" in page.links()
    assert "The draw and its certificate" not in page.text
    assert page.visitor.open("/periods/2026-11/draw").status == 403


def test_what_happens_next_leads_to_the_task_and_the_task_back(council, visit):
    page = visit("hal").open("/periods")
    page = page.visitor.open(page.links()[UPLOAD])
    assert page.path == f"/tasks/{council.task(UPLOAD).id}"
    back = page.links()["The audit period November 2026: how far it has come"]
    assert page.visitor.open(back).title == "Audit period November 2026 – Casefile"


@pytest.mark.parametrize("title", [LOCK, RELEASE])
def test_every_task_of_the_period_leads_to_it(council, visit, title):
    draw(council) if title == RELEASE else None
    if title == LOCK:
        identifier, _ = cycles.upload(council.engine, "hal", PERIOD, "cases.csv", population())
        council.complete("hal", UPLOAD, population_list=identifier)
    page = visit("gail").open(f"/tasks/{council.task(title).id}")
    assert page.visitor.open(page.links()["The audit period November 2026: how far it has come"]).status == 200


def test_the_list_is_told_with_duplicates_and_other_names(council, visit):
    more = b"\nCF-500001,CP&P/CIN,North CIN,,open,no\nCF-600002,DAT,Assessment Central,,open,no"
    cycles.upload(council.engine, "hal", PERIOD, "cases.csv", population() + more)
    page = visit("hal").open("/periods/2026-11/list")
    assert "CF-500001 CP&P/CIN 30 2" in rows(page)
    assert "DAT CFA 1" in rows(page)
    assert "cases.csv" in page.text
    saved = page.visitor.open(page.links()["CSV"])
    lines = list(csv.reader(StringIO(saved.response.get_data().decode("utf-8-sig"))))
    assert ["Marking", "OFFICIAL-SENSITIVE"] in lines
    assert list(LISTS["population list"].columns) in lines
    assert ["", "CF-600002", "CFA", ""] in lines
    assert page.visitor.open(page.links()["Excel"]).response.data[:2] == b"PK"


def test_the_button_draws_again_and_says_that_it_is_the_same(visit, released):
    page = visit("asha").open("/periods/2026-11/draw")
    assert "Drawn again" not in page.text
    page = page.press("Draw it again and compare")
    assert page.status == 200
    assert "Drawn again, the sample is the same: 14 cases, case by case" in page.text
    assert "casefile redraw 2026-11" in page.text


def test_the_button_says_what_differs(visit, released, council):
    def forge(command):
        row = cycles.cycles.get(command.connection, PERIOD)
        cycles.cycles.change(command.connection, PERIOD, {"certificate": {**row.certificate, "seed": "another"}})

    council.run(forge)
    page = visit("asha").open("/periods/2026-11/draw").press("Draw it again and compare")
    assert "Drawn again, the sample is not the same" in page.text
    assert "the drawn cases" in page.text


def test_certificate_and_list_come_as_files_that_the_command_takes(visit, released):
    page = visit("asha").open("/periods/2026-11/draw")
    certificate = page.visitor.open(page.links()["certificate"])
    assert certificate.response.headers["Content-Disposition"] == "attachment; filename=certificate-2026-11.json"
    frame = json.loads(page.visitor.open(page.links()["locked list"]).response.data)
    facts = json.loads(certificate.response.data)["strata"]
    assert {area: len(cases) for area, cases in frame.items()} == {
        area: one["population"] for area, one in facts.items()
    }


def test_the_pages_tell_who_can_audit_what_and_who_must_not(visit, council):
    draw(council, pool=12)  # of 16, of whom 5 manage a team with cases: whoever is asked, one of them is
    release(council)
    page = visit("asha").open("/periods/2026-11")
    capacity = page.visitor.open(page.links()["Who can audit"])
    assert "12 members of the audit pool with one audit each and 4 officers with 2 audits each" in capacity.text
    assert "12 + 4 × 2 = 20 audits" in capacity.text
    pairs = page.visitor.open(page.links()["Cases and auditors"])
    assert "20 cases with an auditor" in pairs.text
    assert "the case is in the auditor's own team" in pairs.text
    saved = pairs.visitor.open(pairs.links()["CSV"]).response.get_data().decode("utf-8-sig")
    assert "OFFICIAL-SENSITIVE" in saved
    assert "own team: " in saved


def test_figures_are_shown_from_the_cut_off_on(visit, released, council):
    assert "What the audits say of all open cases" not in visit("asha").open("/periods/2026-11").links()
    assert "No figures are made before the cut-off" in visit("asha").open("/periods/2026-11/figures").text
    council.pass_to(at(2027, 1, 20))
    page = visit("asha").open("/periods/2026-11")
    page = page.visitor.open(page.links()["What the audits say of all open cases"])
    assert "Provisional, 8 January 2027" in page.text
    assert "0 of 14" in page.text


def test_the_audits_are_narrowed_by_auditor_and_outcome(visit, released):
    page = visit("asha").open("/periods/2026-11/progress")
    names = [words(one) for one in page.tree.cssselect("tbody th a")]
    one = page.visitor.open(page.links()[names[0]])
    assert f"Audits of {names[0]}" in one.text
    assert all(names[0] in row for row in rows(one))
    assert "There are none." in page.visitor.open("/periods/2026-11/audits?outcome=missed").text
    assert page.visitor.open("/periods/2026-11/audits?outcome=wonderful").status == 404


def test_the_selection_is_shown_to_the_team_alone(visit, released):
    assert "Drawn for it" in visit("gail").open("/periods/2026-11/audits").text
    for person in ("ian", "colin"):
        page = visit(person).open("/periods/2026-11/audits")
        assert "Quality assurance" not in " ".join(page.all("th"))
        assert "Drawn for it" not in page.text


def test_a_period_that_there_is_not_is_not_found(visit):
    assert visit("asha").open("/periods/1999-01").status == 404
    assert visit("asha").open("/periods/2026-11/list/pdf").status == 404
