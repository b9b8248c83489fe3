"""Practising: every form can be tried with an invented case, is judged by its own rules, and leaves nothing behind."""

import pytest

from engine.bpmn.forms.filler import example_facts, fill
from engine.service.tasks import practice
from tests.factories.council import policy

AUDIT = "/help/practise/audit"


@pytest.fixture
def forms(council):
    return practice.offered(council.engine)


def test_help_leads_to_every_form_that_takes_no_file(visit, forms):
    page = visit("nia").open("/help")
    page = page.visitor.open(page.links()["practise"])
    assert page.title == "Practice: nothing is kept – Casefile"
    assert {one.title for one in forms} <= set(page.links())
    names = {one.name for one in forms}
    assert {"audit", "quality_assurance", "closure_request"} <= names
    assert "population_upload" not in names
    assert all(f"forms/{name}.json" in policy() for name in names)


def test_every_page_says_that_nothing_is_kept(visit, forms):
    visitor = visit("kim")
    for one in forms:
        page = visitor.open(f"/help/practise/{one.name}")
        assert page.status == 200, one.name
        assert page.title == f"Practice: nothing is kept – {one.title} – Casefile"
        assert "Practice: nothing is kept. The case is invented." in page.text


def test_what_would_be_refused_is_told_as_in_real_work_and_nothing_is_kept(council, visit):
    visitor = visit("kim")
    before = council.dump()
    page = visitor.open(AUDIT).press("Try it")
    assert page.status == 422
    assert page.title.startswith("Error: Practice: nothing is kept")
    assert len(page.problems()) > 10
    assert council.dump() == before


def test_what_would_be_accepted_is_told_and_nothing_is_kept(council, visit):
    visitor = visit("mo")
    before = council.dump()
    page = visitor.open("/help/practise/difficulty").press("Try it", **_filled(council, "difficulty"))
    assert page.status == 200, page.problems()
    assert "These answers would be accepted" in page.text
    assert council.dump() == before


def _filled(council, name):
    def work(question):
        form = question.policy.form(f"{name}.json")
        return fill(form, {**example_facts(form), "today": question.today.isoformat()}, question.language, {})

    return council.ask(work)


def test_rows_are_added_and_removed_without_keeping_anything(council, visit):
    page = visit("kim").open(AUDIT)
    before = council.dump()
    asked = page.press("Try it", remedial_action_required="yes")
    more = asked.press("Add a")
    added = len(more.all("fieldset.repeated")) - len(asked.all("fieldset.repeated"))
    assert added == 1
    assert len(more.press("Remove").all("fieldset.repeated")) == len(asked.all("fieldset.repeated"))
    assert council.dump() == before


def test_guidance_stands_beside_the_questions(visit):
    page = visit("kim").open(AUDIT)
    assert page.all("details") or page.all(".govuk-hint")


def test_a_form_of_something_urgent_says_where_the_real_one_is(visit, forms):
    urgent = [one for one in forms if one.urgent]
    assert {"concern", "concern_raising"} <= {one.name for one in urgent}
    for one in urgent:
        page = visit("kim").open(f"/help/practise/{one.name}")
        assert "Is this about a real child? Then do not use this page." in page.text
    assert "Is this about a real child?" not in visit("kim").open(AUDIT).text


def test_a_form_that_there_is_not_is_not_found(visit):
    assert visit("kim").open("/help/practise/population_upload").status == 404
    assert visit("kim").open("/help/practise/nothing").status == 404


def test_a_stranger_signs_in_first(app):
    assert app.test_client().get(AUDIT).status_code == 302


def test_a_row_of_repeated_questions_is_called_by_what_it_is(visit):
    page = visit("kim").open("/help/practise/concern_raising").press("Add an attempt")
    assert "Attempt 1" in page.all("legend")
    assert "Attempt 2" in page.press("Add another attempt").all("legend")
