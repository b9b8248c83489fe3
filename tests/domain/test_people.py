"""Who answers for a post: holders, stand-ins, and nobody's task in nobody's inbox (manual 10, I-06, DEC-8)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.people import Absence, Directory, Person, PostRule, Team

DAY = date(2026, 12, 1)
TEAMS = ("North", "South", "East")
RULES = {
    "Leader": PostRule("team", "practice_manager"),
    "Head": PostRule("team", "service_manager"),
    "Clerk": PostRule("post", "Clerk"),
    "Any head": PostRule("post", "Head"),
    "Reviewer": PostRule("allocated", "reviewer"),
    "Worker": PostRule("case", "social_worker"),
}
CHAINS = {
    "Worker": ("Leader", "Head"),
    "Leader": ("Head", "Clerk"),
    "Head": ("Any head", "Clerk"),
    "Clerk": ("Head",),
}


class Book:
    """What a small policy says about its posts."""

    lanes = tuple(RULES)

    def rule(self, post):
        return RULES[post]

    def chain(self, post):
        return CHAINS.get(post, ())


BOOK = Book()


def person(username, post, team=None, active=True, **fields):
    return Person(username, username.title(), post, team, None, False, active=active, **fields)


def directory(*absences, left=(), without=()):
    """Two people in each post of North and South; `left` have gone, `without` are teams with no leader."""
    people = [
        person("ann", "Leader", "North"),
        person("bob", "Leader", "South"),
        person("cyd", "Head"),
        person("dee", "Head"),
        person("eli", "Clerk"),
        person("fay", "Clerk"),
        person("gus", "Reviewer"),
        person("hob", "Worker", "North"),
    ]
    teams = [
        Team("North", "one", None if "North" in without else "ann", "cyd", "cyd"),
        Team("South", "two", None if "South" in without else "bob", "dee", "dee"),
        Team("East", "two", None, None, None),
    ]
    known = {one.username: person(one.username, one.post, one.team, one.username not in left) for one in people}
    return Directory(known, {team.name: team for team in teams}, absences)


def away(username, first=DAY, last=DAY):
    return Absence(username, first, last)


@pytest.mark.parametrize(
    ("post", "team", "absences", "left", "holders"),
    [
        ("Leader", "North", (), (), ("ann",)),
        ("Leader", "South", (), (), ("bob",)),
        ("Leader", "North", ("ann",), (), ("cyd",)),
        ("Leader", "North", (), ("ann",), ("cyd",)),
        ("Leader", "North", ("ann", "cyd"), (), ("eli", "fay")),
        ("Head", "North", ("cyd",), (), ("dee",)),
        ("Clerk", None, (), (), ("eli", "fay")),
        ("Clerk", None, ("eli",), (), ("fay",)),
        ("Clerk", None, ("fay",), ("eli",), ("cyd", "dee")),
        ("Any head", None, (), (), ("cyd", "dee")),
        ("Reviewer", None, (), (), ("gus",)),
        ("Worker", "South", (), (), ("bob",)),
        ("Leader", "East", (), (), ("eli", "fay")),
        ("Leader", None, (), (), ("ann", "bob")),
        ("Leader", "Nowhere", (), (), ("ann", "bob")),
        ("Leader", "North", ("ann", "cyd", "eli", "fay"), (), ("ann",)),
        ("Clerk", None, ("cyd", "dee"), ("eli", "fay"), ("cyd", "dee")),
    ],
)
def test_a_post_is_answered_for_by_its_holders_or_the_first_stand_ins_present(post, team, absences, left, holders):
    asked = directory(*map(away, absences), away("gus", DAY - timedelta(9), DAY - timedelta(1)), left=left)
    assert asked.holders(BOOK, post, team, DAY) == holders


def test_a_vacant_post_of_a_team_goes_to_its_stand_in_and_not_to_other_teams():
    assert directory(without=["North"]).holders(BOOK, "Leader", "North", DAY) == ("cyd",)


def test_an_absence_counts_from_its_first_day_to_its_last():
    asked = directory(away("ann", DAY, DAY + timedelta(2)))
    absent = [day for day in range(-1, 4) if asked.is_absent("ann", DAY + timedelta(day))]
    assert absent == [0, 1, 2]
    assert not asked.is_absent("bob", DAY)


def test_who_has_left_or_was_never_there_is_absent():
    assert directory(left=["ann"]).is_absent("ann", DAY)
    assert directory().is_absent("nobody", DAY)


def test_the_share_of_an_absence_counts_working_days_after_the_first():
    friday, next_friday = date(2026, 12, 4), date(2026, 12, 11)
    asked = directory(away("ann", date(2026, 12, 5), date(2026, 12, 8)))
    assert asked.absent_share("ann", friday, next_friday) == 2 / 5
    assert asked.absent_share("bob", friday, next_friday) == 0
    assert asked.absent_share("ann", friday, friday) == 0


# Somebody stays in the last post of each chain; where nobody does, there is nobody to find.
STAY = ("dee", "eli", "gus")
names = st.sampled_from(sorted(directory().people))
absences = st.builds(
    lambda who, first, days: away(who, DAY + timedelta(first), DAY + timedelta(first + days)),
    names,
    st.integers(-30, 30),
    st.integers(0, 30),
)
councils = st.builds(
    lambda gone, left, vacant: directory(*gone, left=left, without=vacant),
    st.lists(absences, max_size=12),
    st.sets(names.filter(lambda one: one not in STAY), max_size=5),
    st.sets(st.sampled_from(TEAMS)),
)
places = st.tuples(st.sampled_from(Book.lanes), st.sampled_from((*TEAMS, None)))


@given(councils, places, st.integers(-40, 40))
def test_nobody_falls_out_of_every_chain(council, place, days):
    post, team = place
    holders = council.holders(BOOK, post, team, DAY + timedelta(days))
    assert holders
    assert all(council.people[one].active for one in holders)


@given(councils, places, st.integers(-40, 40))
def test_what_one_holds_is_what_stands_in_ones_inbox(council, place, days):
    post, team = place
    day = DAY + timedelta(days)
    team = team if RULES[post].holder in ("team", "case") else None
    inboxes = {one for one in council.people if (post, team) in council.duties(BOOK, one, day)}
    assert inboxes == set(council.holders(BOOK, post, team, day))


@given(councils, places)
def test_the_present_come_before_the_absent(council, place):
    post, team = place
    holders = council.holders(BOOK, post, team, DAY)
    absent = {one for one in holders if council.is_absent(one, DAY)}
    assert absent in (set(), set(holders))
