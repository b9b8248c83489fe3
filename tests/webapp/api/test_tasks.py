"""Tasks over the interface: what the person of the token may do on the pages, once for each key, on what was read."""

import pytest

from engine.service.inboxes import inbox
from engine.service.tasks import work
from tests.factories.council import AUDIT, Council

CASE, OTHER = "CF-20931", "CF-20932"


@pytest.fixture
def kim(secret) -> str:
    return secret("tasks:read", "tasks:write", name="kims-tablet", person="kim")


@pytest.fixture
def mo(secret) -> str:
    return secret("tasks:read", "tasks:write", name="mos-tablet", person="mo")


@pytest.fixture
def audit(council: Council):
    council.assign(OTHER, "kim")
    council.assign(CASE, "kim")
    return council.task(AUDIT, CASE)


@pytest.fixture
def act(send):
    """act(token, task, "take") does that with a task as it stands now; more are headers."""

    def do(token, task, what, body=None, method="POST", **headers):
        tag = send("GET", f"/api/v1/tasks/{task}", token).headers.get("ETag", '"none"')
        given = {"If_Match": tag, "Idempotency_Key": f"{what}-1", **headers}
        sent = {name.replace("_", "-"): value for name, value in given.items() if value is not None}
        return send(method, f"/api/v1/tasks/{task}/{what}", token, headers=sent, json=body)

    return do


def test_the_list_is_the_inbox_of_the_person(council, send, kim, audit):
    answer = send("GET", "/api/v1/tasks?case=CF-20931", kim)
    (listed,) = answer.json["items"]
    assert (answer.json["total"], listed["id"], listed["case"]) == (1, audit.id, CASE)
    assert listed["due"] == audit.due.isoformat()
    everything = send("GET", "/api/v1/tasks", kim).json
    assert [one["id"] for one in everything["items"]] == [
        row.task.id for row in inbox.open_inbox(council.engine, "kim").rows
    ]


def test_long_lists_lead_from_page_to_page(send, kim, audit, monkeypatch):
    monkeypatch.setattr(inbox, "PAGE", 1)
    answer = send("GET", "/api/v1/tasks?page=1&due=", kim)
    assert len(answer.json["items"]) == 1 < answer.json["total"]
    assert '</api/v1/tasks?page=2&due=>; rel="next"' in answer.headers["Link"]
    following = send("GET", "/api/v1/tasks?page=2", kim)
    assert 'page=1>; rel="prev"' in following.headers["Link"]
    assert following.json["items"] != answer.json["items"]


def test_a_task_is_read_by_who_may_open_it(send, kim, mo, audit):
    answer = send("GET", f"/api/v1/tasks/{audit.id}", kim)
    assert (answer.json["title"], answer.json["status"], answer.json["assignee"]) == (AUDIT, "open", "kim")
    for path in ("", "/form"):
        refused = send("GET", f"/api/v1/tasks/{audit.id}{path}", mo)
        assert (refused.status_code, refused.mimetype) == (403, "application/problem+json")
        assert send("GET", f"/api/v1/tasks/none.1{path}", kim).status_code == 404


def test_who_has_it_already_gets_nothing_again(send, kim, audit):
    for path in (f"/api/v1/tasks/{audit.id}", f"/api/v1/tasks/{audit.id}/form", "/api/v1/tasks"):
        tag = send("GET", path, kim).headers["ETag"]
        again = send("GET", path, kim, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")


def test_the_form_comes_with_its_questions_and_the_draft(council, send, act, kim, audit):
    answers = {"date_opened": {"day": "3", "month": "3", "year": "2025"}, "facts_right": "yes"}
    assert act(kim, audit.id, "draft", {"answers": answers}, "PUT").json == {"task": audit.id}
    form = send("GET", f"/api/v1/tasks/{audit.id}/form", kim).json
    asked = {one["id"]: one for section in form["sections"] for one in section["questions"]}
    assert asked["date_opened"]["value"] == answers["date_opened"]
    assert [one["value"] for one in asked["facts_right"]["options"] if one["chosen"]] == ["yes"]
    assert form["draft_at"] == council.clock.now().isoformat()


def test_a_completed_task_moves_its_process_on_once_for_its_key(council, send, act, kim, audit):
    body = {"answers": council.filled(audit, remedial_action_required="no")}
    tag = send("GET", f"/api/v1/tasks/{audit.id}", kim).headers["ETag"]
    assert act(kim, audit.id, "complete", body).json == {"task": audit.id}
    assert council.titles(CASE) == ["Acknowledge the audit"]
    before = council.dump()
    again = act(kim, audit.id, "complete", body, If_Match=tag)
    assert (again.status_code, again.json) == (200, {"task": audit.id})
    assert council.dump() == before
    assert council.events("token kims-tablet")[-1].details == {"person": "kim"}


def test_wrong_answers_are_told_by_question_and_change_nothing(council, act, kim, audit):
    before = council.dump()
    answer = act(kim, audit.id, "complete", {"answers": {"date_opened": "yesterday"}})
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert "date_opened" in answer.json["errors"]
    assert council.dump() == before


def test_what_was_changed_meanwhile_is_not_changed_again(council, send, act, kim, audit):
    tag = send("GET", f"/api/v1/tasks/{audit.id}", kim).headers["ETag"]
    work.save_draft(council.engine, "kim", audit.id, {"facts_right": "yes"})
    before = council.dump()
    answer = act(kim, audit.id, "complete", {"answers": {}}, If_Match=tag)
    assert (answer.status_code, answer.mimetype) == (412, "application/problem+json")
    assert act(kim, audit.id, "complete", {"answers": {}}, If_Match=None).status_code == 428
    assert act(kim, audit.id, "complete", {"answers": {}}, Idempotency_Key=None).status_code == 400
    assert council.dump() == before


def test_a_task_of_a_post_is_taken_and_given_back(council, act, mo):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    task = council.task("Complete the remedial actions", CASE)
    assert act(mo, task.id, "take").json == {"task": task.id}
    assert council.task_row(task.id).assignee == "mo"
    assert act(mo, task.id, "give-back").json == {"task": task.id}
    assert council.task_row(task.id).assignee is None
    assert act(mo, task.id, "give-back", Idempotency_Key="other").status_code == 409


@pytest.mark.parametrize("what", ["take", "give-back", "complete", "draft"])
def test_nobody_does_with_a_token_what_they_may_not_do_themselves(council, act, mo, audit, what):
    before = council.dump()
    body = {"answers": {}} if what in ("complete", "draft") else None
    answer = act(mo, audit.id, what, body, "PUT" if what == "draft" else "POST", If_Match="*")
    assert answer.status_code == (409 if what == "give-back" else 403)
    assert council.dump() == before


def test_the_same_key_for_something_else_is_a_conflict(council, act, kim, audit):
    body = {"answers": council.filled(audit, remedial_action_required="no")}
    act(kim, audit.id, "complete", body)
    before = council.dump()
    assert act(kim, audit.id, "complete", {"answers": {}}).status_code == 409
    assert council.dump() == before
