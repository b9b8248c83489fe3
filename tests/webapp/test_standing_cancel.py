"""The page on which work is cancelled: it tells what happens first, keeps what was typed, and is offered to few."""

import pytest

from engine.store import cases

CASE = "CF-20931"


@pytest.fixture
def audit(council):
    return council.assign(CASE, "kim")


def test_work_is_cancelled_after_its_page_told_what_happens(council, visit, audit):
    page = visit("asha").open(f"/standing/instances/{audit.instance}")
    page = page.visitor.open(page.links()["Cancel this work"])
    assert page.title == f"Cancel this work – {CASE} – Casefile"
    assert "“Audit the case record” is withdrawn" in page.text and "stands as “withdrawn”" in page.text
    page = page.press("Cancel this work", reason="Drawn by mistake")
    assert page.path == f"/standing/instances/{audit.instance}"
    assert "The work is cancelled." in page.text and "It was cancelled: Drawn by mistake" in page.text
    assert "Cancel this work" not in page.links()
    assert council.audit(audit.id).state == "withdrawn"


def test_what_was_typed_stays_with_the_sentence_about_it(council, visit, audit):
    typed = "x" * 2_001
    page = visit("asha").open(f"/standing/instances/{audit.instance}/cancel")
    page = page.press("Cancel this work", reason=typed)
    assert (page.status, list(page.problems())) == (422, ["#reason"])
    assert page.tree.get_element_by_id("reason").text.strip() == typed
    assert council.instance(audit.instance).status == "running"


def test_others_are_neither_offered_nor_allowed_it(council, visit, audit):
    page = visit("bev").open(f"/standing/instances/{audit.instance}")
    assert "Cancel this work" not in page.links()
    page = visit("bev").open(f"/standing/instances/{audit.instance}/cancel")
    assert page.status == 403 and "cancels work" in page.text


def test_work_that_the_policy_keeps_is_refused_in_a_sentence(council, visit, audit):
    concern = council.begin("kim", "safeguarding_concern", CASE)
    page = visit("asha").open(f"/standing/instances/{concern}")
    assert "Cancel this work" not in page.links()
    page = page.visitor.open(f"/standing/instances/{concern}/cancel")
    assert page.status == 409 and "a safeguarding concern is never cancelled" in page.text


def test_a_restricted_record_is_not_named_to_who_is_barred_from_it(council, visit, audit):
    council.run(lambda command: cases.change(command.connection, CASE, {"restricted": True}))
    for page in ("", "/cancel", "/change"):
        shown = visit("asha").open(f"/standing/instances/{audit.instance}{page}")
        assert CASE not in shown.response.text and "Restricted" in shown.title
