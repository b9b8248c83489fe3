"""The inbox: what is due first, in views by whose it is, narrowed, and nothing that rights.dmn hides (I-04, I-06)."""

import pytest

from engine.service.council import leavers
from engine.service.inboxes import inbox
from engine.service.inboxes.inbox import ALL, COVERED, EVERYBODY, MINE, POSTS, TEAM, Wanted
from engine.service.people import directory
from engine.service.tasks import work
from engine.store import cases, people
from tests.factories.conflicted import bars
from tests.factories.council import AUDIT, REMEDY, REVIEW, SOMEBODY, at

CASE, OTHER = "CF-20931", "CF-30510"


@pytest.fixture
def task(council):
    """An audit that Kim is about to authorise."""
    council.assign(CASE, "kim")
    return council.task(AUDIT, CASE)


@pytest.fixture
def remedy(council, task):
    """Remedial actions on the list of the Practice Manager of North CIN."""
    council.authorise_audit(CASE, 1)
    return council.task(REMEDY, CASE)


def shown(council, person, view=ALL, page=1, **wanted):
    return inbox.open_inbox(council.engine, person, page, Wanted(view, **wanted))


def titles(council, person, view=ALL, **wanted):
    return [(row.task.title, row.task.case_ref) for row in shown(council, person, view, **wanted).rows]


def away(council, person, first=1, last=4):
    days = (at(2026, 12, first).date(), at(2026, 12, last).date())
    directory.record_absence(council.engine, SOMEBODY, person, *days)


def test_what_is_due_first_comes_first(council):
    for case, day in (("CF-30510", 1), ("CF-20931", 2), ("CF-50008", 3)):
        council.pass_to(at(2026, 12, day))
        council.assign(case, "kim")
    council.begin("kim", "deferment", "CF-30510", request_kind="deferment", new_start="2026-12-14")
    council.complete("asha", "Decide on deferment or dispensation", "CF-30510", deferment_outcome="grant")
    page = shown(council, "kim")
    assert [row.task.case_ref for row in page.rows] == ["CF-20931", "CF-50008", "CF-30510"]
    assert (page.total, page.today.isoformat()) == (3, "2026-12-03")


def test_an_inbox_holds_the_work_of_ones_post_and_of_nobody_else(council, remedy):
    assert titles(council, "mo") == [(REMEDY, CASE)]
    assert (REMEDY, CASE) not in titles(council, "quin")
    assert titles(council, "kim") == []
    assert titles(council, "nobody") == []


@pytest.mark.parametrize("page", [-(10**30), -1, 0, 1])
def test_pages_before_the_first_are_the_first(council, task, page):
    assert [row.task.id for row in shown(council, "kim", page=page).rows] == [task.id]


@pytest.mark.parametrize("page", [2, 10**30])
def test_pages_after_the_last_are_empty(council, task, page):
    found = shown(council, "kim", page=page)
    assert (found.rows, found.total) == ((), 1)


def test_views_part_what_is_named_to_one_from_what_belongs_to_ones_posts(council, remedy):
    assert titles(council, "mo", POSTS) == [(REMEDY, CASE)]
    assert titles(council, "mo", MINE) == []
    work.take(council.engine, "mo", remedy.id)
    assert titles(council, "mo", POSTS) == []
    assert titles(council, "mo", MINE) == [(REMEDY, CASE)]
    assert titles(council, "mo") == [(REMEDY, CASE)]
    counts = shown(council, "mo").counts
    assert (counts[ALL], counts[MINE], counts[POSTS], counts[COVERED]) == (1, 1, 0, 0)


def test_the_work_of_who_is_away_is_covered_and_says_for_whom(council, remedy):
    assert titles(council, "oz", COVERED) == []
    away(council, "mo")
    (row,) = shown(council, "oz", COVERED).rows
    assert ((row.task.id, row.covering), titles(council, "oz", POSTS)) == ((remedy.id, ("Mo",)), [])
    assert row.may_open
    assert titles(council, "oz") == [(REMEDY, CASE)]


def test_what_somebody_took_before_going_away_is_covered_too(council, remedy):
    work.take(council.engine, "mo", remedy.id)
    away(council, "mo")
    (row,) = shown(council, "oz", COVERED).rows
    assert (row.covering, row.may_take, row.may_give_back) == (("Mo",), True, False)
    work.take(council.engine, "oz", remedy.id)
    assert titles(council, "oz", MINE) == [(REMEDY, CASE)]


def test_a_vacant_post_is_covered_for_nobody(council, remedy):
    leavers.leave(council.engine, "gail", "mo")
    (row,) = shown(council, "oz", COVERED).rows
    assert row.covering == ()


def test_who_answers_for_a_team_sees_what_others_hold_of_its_work(council, remedy):
    assert titles(council, "oz", TEAM) == [(REMEDY, CASE)]
    (row,) = shown(council, "oz", TEAM).rows
    assert (row.may_open, row.may_take, row.may_give_back) == (False, False, False)
    assert titles(council, "ros", TEAM) == []
    assert titles(council, "mo", TEAM) == []


@pytest.mark.parametrize("person", ["kim", "nia", "bev"])
def test_who_answers_for_no_team_is_offered_no_work_of_others(council, remedy, person):
    found = shown(council, person, TEAM)
    assert (set(found.counts), found.rows, found.total) == ({ALL, MINE, POSTS, COVERED}, (), 0)


def test_who_looks_after_the_work_of_the_council_sees_all_of_it(council, remedy):
    assert (REMEDY, CASE) in titles(council, "gail", EVERYBODY)
    assert EVERYBODY not in shown(council, "oz").counts
    assert titles(council, "oz", EVERYBODY) == []


def test_what_is_drawn_for_review_is_hidden_from_teams_and_shown_to_who_leads_the_reviews(council):
    council.assign("CF-40077", "kim", drawn=True)
    council.authorise_audit("CF-40077", 1)
    review = (REVIEW, "CF-40077")
    assert review in titles(council, "gail", EVERYBODY)
    assert review in titles(council, "asha", EVERYBODY)
    for person in ("oz", "ros", "ravi", "tara", "pat", "jo", "kim"):
        assert review not in titles(council, person, TEAM)


def restrict(council, *cleared):
    council.run(lambda command: cases.change(command.connection, CASE, {"restricted": True}))
    for person in cleared:
        council.run(lambda command, person=person: people.change_person(command.connection, person, {"cleared": True}))


def test_work_of_others_on_a_restricted_record_is_shown_as_the_table_says(council):
    council.assign(CASE, "kim")
    council.assign(OTHER, "kim")
    restrict(council)
    assert (AUDIT, CASE) not in titles(council, "gail", EVERYBODY)
    assert (AUDIT, OTHER) in titles(council, "gail", EVERYBODY)
    assert shown(council, "gail").counts[EVERYBODY] == len(titles(council, "gail", EVERYBODY))
    restrict(council, "gail", "asha")
    assert (AUDIT, CASE) in titles(council, "gail", EVERYBODY)
    council.deploy(bars("Quality Assurance Team Administrator"))
    assert (AUDIT, CASE) not in titles(council, "gail", EVERYBODY)
    assert (AUDIT, CASE) in titles(council, "asha", EVERYBODY)


def test_who_is_in_charge_of_a_restricted_case_sees_what_others_hold_of_it(council, remedy):
    restrict(council)
    assert titles(council, "oz", TEAM) == [(REMEDY, CASE)]
    assert (REMEDY, CASE) not in titles(council, "gail", EVERYBODY)
    council.deploy(bars("Service Manager, Quality Assurance"))
    restrict(council, "asha", "gail")
    assert (REMEDY, CASE) in titles(council, "gail", EVERYBODY)
    assert (REMEDY, CASE) not in titles(council, "asha", EVERYBODY)


def test_concerns_of_others_are_listed_for_those_alone_who_deal_with_them(council):
    council.assign(CASE, "kim")
    council.begin("kim", "safeguarding_concern", CASE)
    concern = next(title for title in council.titles(CASE) if title != AUDIT)
    assert (concern, CASE) not in titles(council, "gail", EVERYBODY)
    assert (AUDIT, CASE) in titles(council, "gail", EVERYBODY)


def test_work_is_taken_from_a_list_where_a_post_shares_it(council, remedy):
    (row,) = shown(council, "mo").rows
    assert (row.may_open, row.may_take, row.may_give_back) == (True, False, False)
    work.take(council.engine, "mo", remedy.id)
    (row,) = shown(council, "mo").rows
    assert (row.may_take, row.may_give_back) == (False, True)


def test_work_is_found_by_case_kind_and_due_date(council, task):
    council.pass_to(at(2026, 12, 21))
    council.assign(OTHER, "kim")
    assert titles(council, "kim", case=OTHER) == [(AUDIT, OTHER)]
    assert len(titles(council, "kim", process="case_audit")) == 2
    assert titles(council, "kim", process="remedial_action") == []
    assert (titles(council, "kim", due="overdue"), titles(council, "kim", due="today")) == ([], [])
    council.pass_to(at(2026, 12, 31))
    assert titles(council, "kim", due="today") == titles(council, "kim", due="week") == [(AUDIT, CASE)]
    council.pass_to(at(2027, 1, 6))
    assert titles(council, "kim", due="overdue") == titles(council, "kim", due="week") == [(AUDIT, CASE)]
    assert titles(council, "kim", due="today") == titles(council, "kim", due="none") == []
    assert shown(council, "kim", due="overdue").counts[MINE] == 1


def test_the_kinds_of_work_are_named_in_order(council):
    names = list(shown(council, "kim").processes.values())
    assert names == sorted(names)
    assert len(names) > 10
