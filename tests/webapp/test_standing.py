"""Where everything stands, as the meeting reads it: counts that lead to a diagram, that leads to case references."""

import json

import pytest

from engine.service.overview import listing
from tests.factories.council import at

CASE = "CF-20931"


@pytest.fixture
def audit(council):
    audit = council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    return audit


def test_the_way_leads_from_all_processes_to_one_instance(visit, audit):
    page = visit("asha").open("/standing")
    assert page.title == "Where everything stands – Casefile"
    page = page.visitor.open(page.links()["Case audit"])
    assert page.title == "Case audit – where it stands – Casefile"
    page = page.visitor.open(page.links()[CASE])
    assert page.title == f"Case audit – {CASE} – Casefile"
    assert "A task of this process was completed" in page.text
    assert any(one.startswith("Remedial actions") for one in page.links())


def test_the_meeting_alone_is_offered_and_shown_it(visit, audit):
    assert "Where everything stands" in visit("asha").open("/").links()
    assert "Where everything stands" not in visit("kim").open("/").links()
    for address in (
        "/standing",
        "/standing/case_audit",
        f"/standing/instances/{audit.instance}",
        "/standing/incidents",
    ):
        assert visit("kim").open(address).status == 403


@pytest.mark.parametrize("shown", ["now", "time", "late", "anything"])
def test_the_diagram_is_a_picture_and_a_table(visit, audit, shown):
    page = visit("asha").open(f"/standing/case_audit?show={shown}&days=365")
    assert len(page.all("svg title")) > 20
    assert any("Audit the case record" in one for one in page.all("svg title"))
    assert "The same as a table" in page.text


def test_the_diagram_itself_is_sent_to_those_who_may_see_it(visit, audit):
    page = visit("asha").open("/standing/case_audit/diagrams/1")
    assert page.status == 200
    assert visit("kim").open("/standing/case_audit/diagrams/1").status == 403
    assert visit("asha").open("/standing/tea/diagrams/1").status == 404
    assert visit("asha").open("/standing/case_audit/diagrams/99").status == 404


def test_a_step_on_the_picture_leads_to_its_list_and_scripts_are_told_so(visit, audit):
    page = visit("asha").open("/standing/case_audit?show=now")
    waits = [one for one in page.tree.cssselect("svg a") if "element=remedial_actions_authorised" in one.get("href")]
    assert len(waits) == 1 and "waiting" in waits[0].find("title").text
    told = json.loads(page.tree.cssselect("[data-viewer]")[0].get("data-marks"))
    assert told["remedial_actions_authorised"]["href"] == waits[0].get("href")
    assert page.visitor.open(told["remedial_actions_authorised"]["href"]).status == 200


def test_the_whole_picture_is_a_page_of_its_own(visit, audit):
    page = visit("asha").open("/standing/case_audit")
    page = page.visitor.open(page.links()["Open the whole picture"])
    assert "Audit the case record" in page.text
    page = visit("asha").open(f"/standing/instances/{audit.instance}/picture")
    assert "Audit the case record" in page.text
    for address in ("/standing/case_audit/picture", f"/standing/instances/{audit.instance}/picture"):
        assert visit("kim").open(address).status == 403


def test_a_list_is_narrowed_by_step_team_and_state(visit, audit):
    page = visit("asha").open("/standing/case_audit?element=remedial_actions_authorised&team=North CIN")
    assert CASE in page.links()
    assert "CF-90001" not in page.links()
    page = page.visitor.open("/standing/case_audit?team=Nowhere")
    assert "Nothing is there that fits." in page.text


def test_every_count_leads_to_its_list(council, visit, audit):
    council.pass_to(at(2027, 1, 6))
    page = visit("asha").open("/standing?days=365")
    counts = [one for one in page.tree.cssselect("td a") if one.get("href").startswith("/standing/list")]
    assert len(counts) > 3
    for link in counts:
        number = link.text.strip()
        assert page.visitor.open(link.get("href")).all("h1")[0] == f"All work in a list {number}"


def test_what_is_asked_for_stands_in_the_address_and_in_the_form(visit, audit):
    page = visit("asha").open(f"/standing/list?process=case_audit&case={CASE}&age=20&post=Auditor&due=none")
    asked = {name: page.value(name) for name in ("process", "case", "age", "post", "due", "state")}
    assert asked == {
        "process": "case_audit",
        "case": CASE,
        "age": "20",
        "post": "Auditor",
        "due": "none",
        "state": "",
    }
    assert visit("kim").open("/standing/list").status == 403


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_is_taken_away_as_a_file(council, visit, audit, form):
    page = visit("asha").open(f"/standing/list?case={CASE}")
    answer = page.visitor.client.get(page.links()["Excel" if form == "xlsx" else "CSV"])
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith(f".{form}")
    if form == "csv":
        text = answer.get_data(as_text=True)
        assert "OFFICIAL-SENSITIVE" in text and CASE in text and "CF-90001" not in text
    assert [event.details["form"] for event in council.events("lists")] == [form]
    assert visit("kim").client.get(f"/standing/list/{form}").status_code == 403


def test_what_does_not_exist_is_not_found(visit):
    assert visit("asha").open("/standing/tea").status == 404
    assert visit("asha").open("/standing/instances/none").status == 404


def test_cancelled_work_reads_as_cancelled(council, visit):
    audit = council.assign(CASE, "kim")
    page = visit("asha").open(f"/standing/instances/{audit.instance}/cancel").press("Cancel this work", reason="Twice")
    assert "Cancelled. It began on" in page.text and "Given up" not in page.text
    page = visit("asha").open("/standing/list?state=finished&process=case_audit")
    assert "Cancelled" in page.text and "Given up" not in page.text


def test_a_list_of_more_than_is_counted_says_so(council, visit, monkeypatch):
    council.assign("CF-20931", "kim")
    council.assign("CF-30510", "kim")
    monkeypatch.setattr(listing, "MOST_COUNTED", 1)
    page = visit("asha").open("/standing/list?post=Auditor")
    assert "more than 1" in page.all("h1")[0] and "Here are the oldest 1." in page.text


def test_how_long_tasks_took_is_asked_for_a_free_period(visit, audit):
    page = visit("asha").open("/standing/case_audit?show=time&days=30")
    assert "Another period" in page.text
    december = "from-day=1&from-month=12&from-year=2026&to-day=31&to-month=12&to-year=2026"
    page = page.visitor.open(f"/standing/case_audit?show=late&{december}")
    assert "from 1 December 2026 to 31 December 2026" in page.text
    kept = page.links()["how long tasks took"]
    assert {"show=time", "from-day=1", "from-month=12", "to-day=31"} <= set(kept.partition("?")[2].split("&"))
    done = [one for one in page.tree.cssselect("td[data-label=Done]") if one.text == "1"]
    november = december.replace("month=12", "month=11").replace("day=31", "day=30")
    other = page.visitor.open(f"/standing/case_audit?show=late&{november}")
    assert done and not [one for one in other.tree.cssselect("td[data-label=Done]") if one.text == "1"]


def test_a_period_that_is_none_says_so_and_keeps_what_was_typed(visit, audit):
    page = visit("asha").open("/standing/case_audit?show=time&from-day=31&from-month=2&from-year=2026")
    assert page.problems() == {
        "#from-day": "The first day must be a real date.",
        "#to-day": "Enter the last day.",
    }
    assert page.value("from-month") == "2" and page.title.startswith("Error: ")
