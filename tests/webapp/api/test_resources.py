"""What the resources tell: what the person of the token may see on the pages, and of a record only where it stands."""

import json
from datetime import date

import pytest

from engine.service.people import tokens
from engine.service.reports import editions
from engine.store import report_editions
from tests.factories.council import AUDIT, REMEDY, Council

CASE, CANARY = "CF-20931", "a canary that was typed about a child"


@pytest.fixture
def told(council: Council) -> Council:
    """A case about which a canary was typed into an audit and its remedial action."""
    council.assign(CASE, "kim")
    task = council.task(AUDIT, CASE)
    form = council.filled(task, remedial_action_required="yes", remedial_actions=[{"what": CANARY}])
    typed = {name: f"{CANARY} {value}" if name.endswith("_note") else value for name, value in form.items()}
    council.complete("kim", AUDIT, CASE, **{**typed, "remedial_actions": [{"what": CANARY}]})
    council.begin("mo", "case_closure", CASE)
    return council


@pytest.fixture
def asha(secret) -> str:
    """The Service Manager's token, for everything."""
    return secret(*tokens.SCOPES, name="everything", person="asha")


@pytest.fixture
def kim(secret) -> str:
    """An auditor's token, for everything."""
    return secret(*tokens.SCOPES, name="kims-tablet", person="kim")


def everything(send, token, instance):
    """The text of every answer but of forms, which are there for what is typed."""
    paths = [
        "/tasks", "/instances?process=case_audit", f"/instances/{instance}", f"/cases/{CASE}", f"/cases/{CASE}/closure",
        "/deployments", f"/events?stream={instance}", f"/events?stream=case {CASE}", "/events/verification",
    ]  # fmt: skip
    answers = [send("GET", f"/api/v1{path}", token) for path in paths]
    assert {answer.status_code for answer in answers} == {200}
    return "\n".join(answer.get_data(as_text=True) for answer in answers)


def test_nothing_that_was_typed_about_a_child_leaves_by_lists_cases_or_instances(told, send, asha):
    instance = told.task(REMEDY, CASE).instance
    assert CANARY in json.dumps(told.actions(CASE)[0].what)
    text = everything(send, asha, instance)
    assert CASE in text
    assert "canary" not in text


def test_instances_are_those_of_the_page(told, send, asha):
    listed = send("GET", "/api/v1/instances?process=case_audit&team=North CIN", asha).json
    assert [one["case"] for one in listed["items"]] == [CASE]
    one = send("GET", f"/api/v1/instances/{listed['items'][0]['id']}", asha).json
    assert (one["process"], one["status"], one["path"][0]["kind"]) == ("case_audit", "running", "began")
    assert send("GET", "/api/v1/instances/0000000000000000", asha).status_code == 404
    assert send("GET", "/api/v1/instances?process=none", asha).status_code == 404


@pytest.mark.parametrize("path", ["/instances?process=case_audit", "/events?stream=directory", "/events/verification"])
def test_who_may_not_see_it_on_a_page_does_not_see_it_here(told, send, kim, path):
    answer = send("GET", f"/api/v1{path}", kim)
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
    assert "You may not" in answer.json["detail"]


def test_a_case_is_found_by_who_has_to_do_with_it(told, send, asha, kim, secret):
    zoe = secret("cases:read", name="zoes-tablet", person="zoe")
    case = send("GET", f"/api/v1/cases/{CASE}", kim).json
    assert (case["team"], case["may_be_closed"], [one["state"] for one in case["actions"]]) == (
        "North CIN", False, ["open"],
    )  # fmt: skip
    assert send("GET", f"/api/v1/cases/{CASE}", asha).json == case
    assert send("GET", f"/api/v1/cases/{CASE}", zoe).status_code == 404


def test_reports_are_those_that_the_person_may_read_and_each_reading_is_on_record(council, send, asha, kim):
    offered = {one["name"] for one in send("GET", "/api/v1/reports", asha).json["items"]}
    assert "management_report" in offered
    report = send("GET", "/api/v1/reports/management_report?period=2026-11", asha)
    assert (report.status_code, report.json["period"]) == (200, "2026-11")
    last = council.events("report management_report")[-1]
    assert (last.actor, last.kind, last.details["form"]) == ("asha", "report exported", "json")
    assert send("GET", "/api/v1/reports/management_report", kim).status_code == 403
    assert send("GET", "/api/v1/reports/none", asha).status_code == 404
    assert send("GET", "/api/v1/reports/management_report?period=never", asha).status_code == 404


def test_a_report_is_read_as_it_was_signed_by_whoever_may_read_it(council, send, asha, kim):
    drawn = council.run(lambda command: editions.draw_up(command, "management_report", date(2026, 12, 10), "meeting"))
    comments = [{"title": "Comment", "text": "Well done."}]
    council.run(lambda command: editions.sign(command, drawn, comments))
    (listed,) = send("GET", "/api/v1/reports/management_report/editions", asha).json["items"]
    assert (listed["id"], listed["meeting"], listed["state"]) == (drawn, "2026-12-10", "signed")
    assert len(listed["sha256"]) == 64
    answer = send("GET", f"/api/v1/editions/{drawn}", asha)
    assert (answer.json["status"], answer.json["period"], answer.json["comments"]) == ("signed", "2026-11", comments)
    kept = council.ask(lambda question: report_editions.get(question.connection, drawn))
    assert answer.json["parts"] == kept.data["parts"]
    assert send("GET", f"/api/v1/editions/{drawn}", asha).headers["ETag"] == answer.headers["ETag"]
    last = council.events("report management_report")[-1]
    assert (last.actor, last.kind, last.details["report"]) == ("asha", "report exported", drawn)
    assert send("GET", f"/api/v1/editions/{drawn}", kim).status_code == 403
    assert send("GET", "/api/v1/reports/management_report/editions", kim).status_code == 403
    assert send("GET", "/api/v1/reports/none/editions", asha).status_code == 404


def test_the_policy_is_told_file_by_file(council, send, secret):
    token = secret("deployments:read")
    number = send("GET", "/api/v1/deployments", token).json["items"][0]["number"]
    names = send("GET", f"/api/v1/deployments/{number}", token).json["files"]
    assert "processes/deadlines.dmn" in names
    file = send("GET", f"/api/v1/deployments/{number}/files/processes/deadlines.dmn", token).json
    assert file["text"].startswith("<?xml")
    for path in ("99", f"{number}/files/none", f"{number}/files/../../secrets", "0", "-1", "9" * 30):
        assert send("GET", f"/api/v1/deployments/{path}", token).status_code == 404


def test_the_log_is_listed_and_verified(told, send, asha):
    instance = told.task(REMEDY, CASE).instance
    answer = send("GET", f"/api/v1/events?stream={instance}", asha).json
    assert [(one["n"], one["hash"]) for one in answer["items"]] == [(one.n, one.hash) for one in told.events(instance)]
    assert send("GET", "/api/v1/events?stream=none", asha).json == {"items": [], "total": 0}
    found = send("GET", "/api/v1/events/verification", asha).json
    assert (found["is_sound"], found["breaks"]) == (True, [])
