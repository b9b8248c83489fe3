"""What somebody typed: a page's answers over their draft, and nobody else's."""

import pytest
from werkzeug.datastructures import MultiDict

from engine.errors import NotAllowed, NotFound
from engine.service.tasks import drafting, work
from tests.factories.council import AUDIT

CASE = "CF-20931"


@pytest.fixture
def task(council):
    council.assign(CASE, "kim")
    return council.task(AUDIT, CASE).id


def test_only_the_questions_of_the_page_are_taken_over(council, task):
    work.save_draft(council.engine, "kim", task, {"facts_right": "no", "age_band": "unborn"})
    page = MultiDict({"facts_right": "yes", "age_band": "under_1"})
    raw = drafting.typed(council.engine, "kim", task, page, {"facts_right"})
    assert raw == {"facts_right": "yes", "age_band": "unborn"}


def test_what_was_taken_back_is_blank(council, task):
    work.save_draft(council.engine, "kim", task, {"facts_right": "no"})
    assert drafting.typed(council.engine, "kim", task, MultiDict(), {"facts_right"}) == {"facts_right": ""}


def test_a_page_without_questions_leaves_the_draft_as_it_is(council, task):
    work.save_draft(council.engine, "kim", task, {"facts_right": "no"})
    assert drafting.typed(council.engine, "kim", task, MultiDict()) == {"facts_right": "no"}
    assert drafting.typed(council.engine, "zoe", task, MultiDict()) == {}


def test_what_would_be_refused_is_told_before(council, task):
    assert "age_band" in drafting.faults(council.engine, task, {})
    assert drafting.faults(council.engine, task, council.filled(council.task(AUDIT, CASE))) == {}


def test_a_section_is_kept_whatever_it_is_and_its_end_told(council, task):
    whole = council.filled(council.task(AUDIT, CASE))
    end = drafting.keep_section(council.engine, "kim", task, {"facts_right": "no"}, "case_facts")
    assert (end.right, end.following) == (False, "how_audited")
    assert drafting.typed(council.engine, "kim", task, MultiDict()) == {"facts_right": "no"}
    end = drafting.keep_section(council.engine, "kim", task, whole, "case_facts")
    assert (end.right, end.following) == (True, "how_audited")
    assert drafting.keep_section(council.engine, "kim", task, whole, "authorise").following == ""


def test_a_section_is_kept_by_those_alone_who_may_complete_the_task(council, task):
    with pytest.raises(NotAllowed):
        drafting.keep_section(council.engine, "zoe", task, {"facts_right": "no"}, "case_facts")


def test_an_unknown_task_is_not_found(council):
    with pytest.raises(NotFound):
        drafting.typed(council.engine, "kim", "0000000000000000.1", MultiDict())
