"""Looking after many tasks at once: by who may, going on past what fails, each told in a sentence (I-06)."""

import pytest

from engine.errors import Invalid
from engine.service.inboxes import inbox, steering
from engine.service.inboxes.steering import REASSIGN, RELEASE, REMIND
from engine.service.tasks import work
from engine.service.tasks.delegating import DELEGATE
from tests.factories.council import AUDIT, REMEDY

CASE, OTHER = "CF-20931", "CF-30510"


@pytest.fixture
def remedy(council):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    council.assign(OTHER, "kim")
    return council.task(REMEDY, CASE)


@pytest.fixture
def audit(council, remedy):
    return council.task(AUDIT, OTHER)


def steer(council, doing, *tasks, person="gail", **more):
    return steering.steer(council.engine, person, doing, [getattr(one, "id", one) for one in tasks], **more)


def reminders(council, person):
    return [letter.case_ref for letter in council.letters(person) if letter.notice == "reminded"]


def test_whoever_has_the_tasks_is_reminded_once_a_day(council, remedy, audit):
    results = steer(council, REMIND, remedy, audit)
    assert [(one.case_ref, one.done, one.sentence) for one in results] == [
        (CASE, True, "Mo is reminded."),
        (OTHER, True, "Kim is reminded."),
    ]
    steer(council, REMIND, remedy)
    assert (reminders(council, "mo"), reminders(council, "kim"), reminders(council, "zoe")) == ([CASE], [OTHER], [])
    assert council.events(f"task {remedy.id}")[0].kind == "reminded by hand"


def test_tasks_are_given_to_somebody_who_may_have_them_and_the_others_are_told_as_not_done(council, remedy, audit):
    results = steer(council, REASSIGN, audit, remedy, to="oz", note="Mo has too much")
    assert [one.done for one in results] == [False, True]
    assert "it is named to one person and belongs to no post" in results[0].sentence
    assert results[1].sentence == "Oz has it now."
    assert (council.task_row(remedy.id).assignee, council.task_row(audit.id).assignee) == ("oz", "kim")
    assert work.open_task(council.engine, "oz", remedy.id).passed_on.by == "gail"
    (again,) = steer(council, REASSIGN, remedy, to="oz", note="Again")
    assert "they have it already" in again.sentence
    (wrong,) = steer(council, REASSIGN, remedy, to="quin", note="Wrong team")
    assert "They may not have this task" in wrong.sentence
    assert council.task_row(remedy.id).assignee == "oz"


def test_tasks_are_given_back_to_their_posts(council, remedy, audit):
    work.take(council.engine, "mo", remedy.id)
    results = steer(council, RELEASE, remedy, audit)
    assert (results[0].done, results[0].sentence) == (True, "It is back with the Practice Manager.")
    assert not results[1].done
    assert council.task_row(remedy.id).assignee is None
    assert council.events(f"task {remedy.id}")[-1].details == {"by": "gail", "from": "mo"}
    (again,) = steer(council, RELEASE, remedy)
    assert "nobody has taken it" in again.sentence


def test_what_is_gone_or_unknown_holds_up_nothing(council, remedy, audit):
    council.authorise_audit(OTHER)
    results = steer(council, REMIND, "none.1", audit, remedy, remedy)
    assert [one.done for one in results] == [False, False, True]
    assert results[0].sentence.startswith("There is no task none.1")
    assert "Kim completed it" in results[1].sentence


@pytest.mark.parametrize("person", ["mo", "kim", "oz", "bev", "nobody"])
@pytest.mark.parametrize("doing", [REMIND, RELEASE, REASSIGN])
def test_nobody_else_looks_after_the_work_of_others(council, remedy, person, doing):
    work.take(council.engine, "mo", remedy.id)
    before = council.dump()
    (result,) = steer(council, doing, remedy, person=person, to="oz", note="why")
    assert (result.done, result.title, result.case_ref) == (False, None, None)
    assert "looks after the work of others" in result.sentence
    assert council.dump() == before
    assert steering.people_for(council.engine, person) == ()


def test_a_concern_of_others_is_not_looked_after_and_not_named(council, remedy):
    council.begin("kim", "safeguarding_concern", OTHER)
    titles = council.titles(OTHER)
    concern = council.task(next(one for one in titles if one != AUDIT), OTHER)
    (result,) = steer(council, REMIND, concern)
    assert (result.done, result.title, result.case_ref) == (False, None, None)
    assert "only those who deal with safeguarding concerns" in result.sentence
    assert concern.title not in result.sentence


@pytest.mark.parametrize(
    ("doing", "number", "more", "field"),
    [
        ("destroy", 1, {}, "do"),
        (REMIND, 0, {}, "task"),
        (REMIND, 101, {}, "task"),
        (REASSIGN, 1, {"note": "why"}, "to"),
        (REASSIGN, 1, {"to": "oz"}, "note"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_field(council, doing, number, more, field):
    with pytest.raises(Invalid) as refusal:
        steer(council, doing, *(f"none.{one}" for one in range(number)), **more)
    assert set(refusal.value.errors) == {field}


def test_only_who_may_is_offered_to_choose_tasks(council):
    assert inbox.open_inbox(council.engine, "gail").may_steer
    assert not inbox.open_inbox(council.engine, "mo").may_steer
    assert "oz" in [one.username for one in steering.people_for(council.engine, "gail")]


# Passing on what is one's own


def test_a_holder_passes_on_what_is_theirs_and_hears_of_each(council, remedy, audit):
    results = steer(council, DELEGATE, remedy, audit, person="mo", to="oz", note="I am in court")
    assert [one.done for one in results] == [True, False]
    assert results[0].sentence == "Oz has it now."
    assert council.task_row(remedy.id).assignee == "oz"
    assert work.open_task(council.engine, "oz", remedy.id).passed_on.note == "I am in court"
    assert council.task_row(audit.id).assignee == "kim"
    assert results[1].title is None


def test_nothing_is_passed_on_to_nobody_or_without_a_note(council, remedy):
    for given in ({"to": "", "note": "Why"}, {"to": "oz", "note": " "}):
        with pytest.raises(Invalid):
            steer(council, DELEGATE, remedy, person="mo", **given)
    assert council.task_row(remedy.id).assignee is None


def test_what_is_not_ones_own_is_passed_on_by_nobody(council, remedy):
    (result,) = steer(council, DELEGATE, remedy, person="zoe", to="oz", note="Why")
    assert (result.done, result.title) == (False, None)
    assert council.task_row(remedy.id).assignee is None


def test_the_inbox_says_which_tasks_may_be_passed_on_and_to_whom(council, remedy):
    page = inbox.open_inbox(council.engine, "mo")
    assert [(row.task.id, row.may_pass_on) for row in page.rows if row.task.id == remedy.id] == [(remedy.id, True)]
    assert "oz" in {one.username for one in page.colleagues}
    assert "mo" not in {one.username for one in page.colleagues}
    page = inbox.open_inbox(council.engine, "kim")
    assert not any(row.may_pass_on for row in page.rows)
    assert page.colleagues == ()
    assert steering.colleagues_for(council.engine, "kim", [remedy.id, "no task"]) == ()
