"""A page that began from an older draft: its answers go over it, unless other ones were kept in the meantime."""

import pytest

from engine.errors import DraftChanged, NotAllowed
from engine.service.tasks import drafting, two_drafts, work
from engine.service.tasks.began import Began, mark_of
from tests.factories.council import AUDIT
from tests.factories.together import at_once

CASE = "CF-20931"


@pytest.fixture
def task(council):
    council.assign(CASE, "kim")
    return council.task(AUDIT, CASE).id


def page(*asked, **draft):
    """What a page began from that asks some questions, while the draft was `draft`."""
    return Began(frozenset(asked), mark_of(draft, asked))


def draft_of(council, task):
    return work.open_task(council.engine, "kim", task).draft


def test_blank_and_missing_answers_are_alike():
    assert mark_of({"a": "", "b": [], "c": None}, "abc") == mark_of({}, "abc")
    assert mark_of({"a": "0"}, "a") != mark_of({}, "a")


def test_what_is_not_asked_makes_no_difference():
    assert mark_of({"a": "1", "b": "2"}, "a") == mark_of({"a": "1"}, "a")


def test_answers_to_other_questions_stay_as_they_are(council, task):
    opened = page("age_band")
    work.save_draft(council.engine, "kim", task, {"facts_right": "no"})
    kept = work.save_draft(council.engine, "kim", task, {"age_band": "unborn"}, opened)
    assert kept == draft_of(council, task) == {"facts_right": "no", "age_band": "unborn"}


def test_other_answers_to_the_questions_of_the_page_are_not_overwritten(council, task):
    opened = page("age_band")
    work.save_draft(council.engine, "kim", task, {"age_band": "under_1"})
    for act in (work.save_draft, drafting.keep_section):
        given = (council.engine, "kim", task, {"age_band": "unborn"})
        with pytest.raises(DraftChanged, match="Other answers to “Audit the case record” were saved by you"):
            act(*given, *(("case_facts",) if act is drafting.keep_section else ()), began=opened)
    assert draft_of(council, task) == {"age_band": "under_1"}


def test_a_task_is_not_completed_over_other_answers(council, task):
    raw = council.filled(council.task(AUDIT, CASE))
    work.save_draft(council.engine, "kim", task, {**raw, "age_band": "under_1"})
    with pytest.raises(DraftChanged):
        work.complete(council.engine, "kim", task, {**raw, "age_band": "unborn"}, began=page("age_band"))
    assert council.task_row(task).status == "open"
    work.complete(council.engine, "kim", task, {"age_band": "unborn"}, began=page("age_band", age_band="under_1"))
    assert council.task_row(task).status == "done"


def test_what_nobody_else_may_keep_is_no_difference(council, task):
    with pytest.raises(NotAllowed):
        work.save_draft(council.engine, "zoe", task, {"age_band": "under_1"})
    assert work.save_draft(council.engine, "kim", task, {"age_band": "unborn"}, page("age_band"))


def test_of_two_windows_that_save_at_the_same_moment_one_is_kept_and_one_told(council, task):
    engines = council.again().engine, council.again().engine
    results = at_once(
        lambda: work.save_draft(engines[0], "kim", task, {"age_band": "unborn"}, page("age_band")),
        lambda: work.save_draft(engines[1], "kim", task, {"age_band": "under_1"}, page("age_band")),
    )
    assert [type(one) for one in results if not isinstance(one, dict)] == [DraftChanged]
    assert draft_of(council, task) in results


def test_two_windows_with_different_questions_at_the_same_moment_are_both_kept(council, task):
    engines = council.again().engine, council.again().engine
    at_once(
        lambda: work.save_draft(engines[0], "kim", task, {"age_band": "unborn"}, page("age_band")),
        lambda: work.save_draft(engines[1], "kim", task, {"facts_right": "no"}, page("facts_right")),
    )
    assert draft_of(council, task) == {"age_band": "unborn", "facts_right": "no"}


def test_both_answers_are_told_where_they_differ_and_nowhere_else(council, task):
    work.save_draft(council.engine, "kim", task, {"age_band": "under_1", "facts_right": "no"})
    typed = {"age_band": "unborn", "facts_right": "no"}
    two = two_drafts.compare(council.engine, "kim", task, typed, {"age_band", "facts_right"})
    (one,) = two.differences
    assert one.question.id == "age_band"
    assert (one.stored.value, one.typed.value) == ("under_1", "unborn")
