"""What is entered wrongly: refused with a sentence that names the field and the remedy, and nothing changed.

Nobody unknown does anything, no task is done twice or from an old page, no day that is past is accepted where only a
later one makes sense, and nothing comes in that is too large to keep.
"""

from datetime import date

import pytest

from engine.errors import Invalid, NotAllowed, NotFound, NotNow, Stale, TooLarge, Unreadable, Unstorable
from engine.service.cases import actions
from engine.service.inboxes import inbox
from engine.service.people import directory
from engine.service.record_system import extracts
from engine.service.record_system.extracts import CaseChange
from engine.service.tasks import answering, beginning, work
from engine.service.tasks.starting import facts_about
from tests.factories.council import AUDIT, REMEDY, SOMEBODY, at, cases, people, teams
from tests.factories.refusals import refused

CASE = "CF-20931"
TODAY = date(2026, 12, 1)
TEN_MEGABYTES = "x" * 10_000_000
GHOST = "ghost"


@pytest.fixture
def task(council):
    """An audit that Kim is about to authorise."""
    council.assign(CASE, "kim")
    return council.task(AUDIT, CASE)


@pytest.fixture
def action(council, task):
    """A remedial action that is with Mo, the Practice Manager of North CIN."""
    council.authorise_audit(CASE, 1)
    (found,) = council.actions(CASE)
    return found


def asking(council, **given):
    """What Kim sends to ask for a deferment of the audit, as a command."""
    facts = council.ask(lambda question: facts_about(question, CASE))
    raw = answering.for_start(council.engine, "deferment", facts, {"request_kind": "deferment"}) | given
    return lambda: beginning.begin(council.engine, "kim", "deferment", raw, facts)


# Unknown people, cases and teams

UNKNOWN = {
    "a person absent": (
        lambda council: directory.record_absence(council.engine, "asha", GHOST, TODAY, TODAY),
        "There is no person ghost. Check the reference and try again.",
    ),
    "a person who leaves the pool": (
        lambda council: directory.leave_pool(council.engine, "asha", ["kim", GHOST]),
        "There is no person ghost.",
    ),
    "an auditor": (lambda council: council.assign("CF-30510", GHOST), "There is no person ghost."),
    "a social worker": (
        lambda council: extracts.apply(council.engine, SOMEBODY, CaseChange(CASE, social_worker=GHOST)),
        "There is no person ghost.",
    ),
    "a line manager": (
        lambda council: directory.add_council(
            council.engine, SOMEBODY, [{**people()[0], "username": "new", "line_manager": GHOST}], []
        ),
        "There is no person ghost, named as line manager of new.",
    ),
    "the team of a person": (
        lambda council: directory.add_council(
            council.engine, SOMEBODY, [{**people()[0], "username": "new", "team": "Nowhere"}], []
        ),
        "There is no team Nowhere, named for new.",
    ),
    "who leads a team": (
        lambda council: directory.add_council(
            council.engine, SOMEBODY, [], [{**teams()[0], "name": "New team", "practice_manager": GHOST}]
        ),
        "There is no person ghost, named as practice manager of New team.",
    ),
    "a case": (lambda council: council.assign("CF-00000", "kim"), "There is no case CF-00000."),
    "the team of a case": (
        lambda council: extracts.add_cases(
            council.engine, SOMEBODY, [{**cases()[0], "reference": "CF-80001", "team": "Nowhere"}]
        ),
        "There is no team Nowhere.",
    ),
}


@pytest.mark.parametrize("what", UNKNOWN)
def test_who_or_what_the_council_does_not_know_is_named(council, what):
    act, words = UNKNOWN[what]
    assert words in refused(council, NotFound, lambda: act(council))


@pytest.mark.parametrize("person", [GHOST, "", "g" * 200, "kim ", "KIM"])
def test_nobody_unknown_does_anything_with_a_task(council, task, person):
    raw = council.filled(task)
    for act in (
        lambda: work.complete(council.engine, person, task.id, raw),
        lambda: work.take(council.engine, person, task.id),
        lambda: work.save_draft(council.engine, person, task.id, raw),
    ):
        assert "it belongs to another post" in refused(council, NotAllowed, act)
    assert inbox.open_inbox(council.engine, person).total == 0


def test_a_very_long_name_does_not_drown_its_sentence(council, task):
    sentence = refused(council, NotFound, lambda: work.complete(council.engine, "kim", TEN_MEGABYTES, {}))
    assert sentence.startswith("There is no task xxx")
    assert sentence.endswith("…. Check the reference and try again.")


# The wrong post


@pytest.mark.parametrize("person", ["kim", "quin", "asha", GHOST])
def test_an_action_is_signed_off_by_the_practice_manager_of_the_case_alone(council, action, person):
    sentence = refused(council, NotAllowed, lambda: actions.sign_off(council.engine, person, action.id))
    assert sentence == (
        f"You may not sign off “{REMEDY}”: only the Practice Manager of the case signs off its remedial actions."
    )


def test_a_deferment_is_asked_for_by_the_auditor_alone(council, task):
    facts = council.ask(lambda question: facts_about(question, CASE))
    for person in ("mo", "asha", GHOST):
        sentence = refused(
            council, NotAllowed, lambda who=person: beginning.begin(council.engine, who, "deferment", {}, facts)
        )
        assert sentence == "You may not start “deferment”: it belongs to another post."


def test_what_begins_by_itself_is_not_begun_by_hand(council, task):
    act = lambda process: lambda: beginning.begin(council.engine, "kim", process, {}, {"case": CASE})  # noqa: E731
    assert "its start has no form" in refused(council, NotNow, act("case_audit"))
    assert "There is no process called “no_such_process”." in refused(council, NotFound, act("no_such_process"))


# Done already, or from an old page


def test_what_is_done_is_not_done_again(council, action):
    actions.sign_off(council.engine, "mo", action.id)
    sentence = refused(council, NotNow, lambda: actions.sign_off(council.engine, "mo", action.id))
    assert sentence.startswith("Remedial action 1 is not possible now: ")
    assert "There is no remedial action 999." in refused(
        council, NotFound, lambda: actions.sign_off(council.engine, "mo", 999)
    )


def test_a_finished_task_says_who_finished_it_and_when(council, task):
    raw = council.filled(task)
    work.complete(council.engine, "kim", task.id, raw)
    sentence = refused(council, NotNow, lambda: work.complete(council.engine, "kim", task.id, raw))
    assert sentence == f"“{AUDIT}” is not possible now: Kim completed it on 1 December 2026 at 09:00."


@pytest.mark.parametrize("version", [0, 2, 10**9])
def test_a_page_of_another_version_is_refused_and_says_that_what_was_typed_is_kept(council, task, version):
    raw = council.filled(task)
    act = lambda: work.complete(council.engine, "kim", task.id, raw, version=version)  # noqa: E731
    assert refused(council, Stale, act) == (
        f"“{AUDIT}” was changed by somebody else while you had it open: its process has moved on. What you typed is "
        "kept; look at the change, then send it again."
    )


@pytest.mark.parametrize("key", ["", "a\0b", "\ud800", "zwölf", "two\nlines"])
def test_a_key_that_is_none_is_refused(council, task, key):
    act = lambda: work.complete(council.engine, "kim", task.id, council.filled(task), key=key)  # noqa: E731
    assert "Give the request a key of letters, digits and signs" in refused(council, Invalid, act)


# Days


def test_a_deferment_never_starts_on_a_day_that_is_past(council, task):
    sentence = refused(council, Invalid, asking(council, new_start="2026-11-30"))
    assert "The new start date must be today or in the future." in sentence


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"day": "30", "month": "2", "year": "2027"}, "The new start date must be a real date."),
        ({"day": "", "month": "12", "year": "2026"}, "The new start date must include a day."),
        ("9999-12-31", "The new start date must have a year from 1900 to 2199, written with 4 numbers."),
        ("the 10th", "The new start date must be a real date."),
        (["2026-12-14"], "The new start date must be a real date."),
        (20261214, "The new start date must be a real date."),
        ("", "Enter the new start date"),
    ],
)
def test_a_day_that_is_none_is_refused_by_the_name_of_its_question(council, task, typed, words):
    assert words in refused(council, Invalid, asking(council, new_start=typed))


def test_days_in_the_wrong_order_are_refused(council):
    yesterday = date(2026, 11, 30)
    for act, words in (
        (
            lambda: directory.record_absence(council.engine, "asha", "mo", TODAY, yesterday),
            "The last day of the absence must be its first day or later.",
        ),
        (
            lambda: directory.close_council(council.engine, "asha", TODAY, yesterday, "Snow"),
            "The last closure day must be the first one or later.",
        ),
        (
            lambda: directory.close_council(council.engine, "asha", TODAY, date(2036, 1, 1), "Snow"),
            "At most 366 closure days are recorded at once.",
        ),
        (
            lambda: directory.close_council(council.engine, "asha", TODAY, TODAY, TEN_MEGABYTES),
            "Give a reason of at most 200 characters.",
        ),
    ):
        assert words in refused(council, Invalid, act)


# What is too large, or no answer at all


def test_answers_of_ten_megabytes_are_refused(council, task):
    raw = council.filled(task)
    for large in ({"overall_grade": TEN_MEGABYTES}, {"no such question": TEN_MEGABYTES}, {TEN_MEGABYTES: "yes"}):
        for act in (
            lambda answers: work.complete(council.engine, "kim", task.id, answers),
            lambda answers: work.save_draft(council.engine, "kim", task.id, answers),
        ):
            sentence = refused(council, TooLarge, lambda act=act, large=large: act({**raw, **large}))
            assert sentence == ("What was entered is too large: over 1,000,000 characters, and the most is 1,000,000.")


def test_evidence_of_ten_megabytes_is_refused(council, action):
    for act in (actions.sign_off, actions.record_work):
        sentence = refused(council, TooLarge, lambda act=act: act(council.engine, "mo", action.id, TEN_MEGABYTES))
        assert sentence == "The text is too large: 10,000,000 characters, and the most is 10,000."


def test_work_of_which_nothing_is_said_is_refused(council, action):
    act = lambda: actions.record_work(council.engine, "mo", action.id, " \n")  # noqa: E731
    assert "Say what was done." in refused(council, Invalid, act)


@pytest.mark.parametrize("raw", [None, [], "yes", 7, [{"overall_grade": "good"}]])
def test_answers_that_are_no_record_are_refused(council, task, raw):
    for act in (work.complete, work.save_draft):
        sentence = refused(council, Unreadable, lambda act=act: act(council.engine, "kim", task.id, raw))
        assert sentence == "What was entered cannot be read: it is no record of answers by question."


@pytest.mark.parametrize("raw", [{"comment": "\ud800"}, {1: "x"}, {"comment": 10**30}, {"comment": object()}])
def test_a_draft_that_is_no_json_is_refused(council, task, raw):
    sentence = refused(council, Unstorable, lambda: work.save_draft(council.engine, "kim", task.id, raw))
    assert "it is not made of text, numbers, lists and records" in sentence


def test_a_draft_of_brackets_is_refused(council, task):
    deep: dict = {}
    for _ in range(100_000):
        deep = {"deeper": deep}
    refused(council, Unstorable, lambda: work.save_draft(council.engine, "kim", task.id, {"comment": deep}))


def test_characters_that_are_no_text_are_refused_by_the_name_of_the_question(council, task):
    raw = council.filled(task)
    question = next(name for name in raw if "merits" in name)
    for bad in ("a\0b", "a\ud800b", "a\x07b"):
        act = lambda bad=bad: work.complete(council.engine, "kim", task.id, {**raw, question: bad})  # noqa: E731
        sentence = refused(council, Invalid, act)
        assert "Merits must not contain control characters. Paste it as plain text, or type it." in sentence


def test_a_case_has_no_other_status_than_open_or_closed(council):
    rows = [{**cases()[0], "reference": "CF-80001", "status": "ajar"}]
    sentence = refused(council, Invalid, lambda: extracts.add_cases(council.engine, SOMEBODY, rows))
    assert "“ajar” is no status of a case. Write open or closed." in sentence


def test_a_policy_of_a_past_day_leaves_open_pages_as_they_were(council, task):
    version = work.open_task(council.engine, "kim", task.id).version
    refused(council, Invalid, lambda: council.deploy({"processes/README.md": b"# New"}, at(2026, 1, 1)))
    work.complete(council.engine, "kim", task.id, council.filled(task), version=version)
