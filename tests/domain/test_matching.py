"""Matching cases to auditors: as many as possible, never a forbidden pair, fairly spread, and repeatable."""

from collections import Counter
from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.matching import Auditor, Matching, Unmatched, match
from engine.errors import Invalid
from tests.factories.timing import least_seconds


def pool(count: int) -> list[Auditor]:
    return [Auditor(f"pool{n}", capacity=1, owed=1) for n in range(count)]


def officers(count: int, capacity: int = 20) -> list[Auditor]:
    return [Auditor(f"officer{n}", capacity) for n in range(count)]


def numbered(count: int) -> list[str]:
    return [f"CF-{20_000 + n}" for n in range(count)]


def loads(matching: Matching) -> Counter[str]:
    return Counter(matching.pairs.values())


def most_matched(cases: list[str], caps: dict[str, int], forbidden: dict[tuple[str, str], str]) -> int:
    """Try everything: the size of the largest matching under `caps`."""
    names = sorted(caps)

    @cache
    def best(place: int, left: tuple[int, ...]) -> int:
        if place == len(cases):
            return 0
        found = best(place + 1, left)
        for n, name in enumerate(names):
            if left[n] and (cases[place], name) not in forbidden:
                found = max(found, 1 + best(place + 1, (*left[:n], left[n] - 1, *left[n + 1 :])))
        return found

    return best(0, tuple(caps[name] for name in names))


@st.composite
def boards(draw: st.DrawFn) -> tuple[list[str], list[Auditor], dict[tuple[str, str], str]]:
    cases = numbered(draw(st.integers(0, 7)))
    auditors = [
        Auditor(name, draw(st.integers(0, 3)), draw(st.integers(0, 1)))
        for name in ("bev", "dan", "kim", "zoe")[: draw(st.integers(0, 4))]
    ]
    pairs = [(case, auditor.name) for case in cases for auditor in auditors]
    chosen = draw(st.sets(st.sampled_from(pairs))) if pairs else set()
    return cases, auditors, dict.fromkeys(chosen, "own team")


@given(board=boards(), seed=st.text("abc", max_size=4))
def test_no_matching_is_larger_and_no_pair_is_forbidden(
    board: tuple[list[str], list[Auditor], dict[tuple[str, str], str]], seed: str
) -> None:
    cases, auditors, forbidden = board
    matching = match(cases, auditors, forbidden, seed)
    assert not set(matching.pairs.items()) & set(forbidden)
    assert set(matching.pairs) | {one.case for one in matching.unmatched} == set(cases)
    assert len(matching.pairs) + len(matching.unmatched) == len(cases)
    assert all(loads(matching)[one.name] + matching.unused[one.name] == one.capacity for one in auditors)
    assert all(left >= 0 for left in matching.unused.values())
    assert len(matching.pairs) == most_matched(cases, {one.name: one.capacity for one in auditors}, forbidden)


@given(board=boards(), seed=st.text("abc", max_size=4))
def test_no_matching_is_fairer(board: tuple[list[str], list[Auditor], dict[tuple[str, str], str]], seed: str) -> None:
    """As many as can be have what they are owed; then as many as can be one case; then two; then three."""
    cases, auditors, forbidden = board
    given_out = loads(match(cases, auditors, forbidden, seed))
    for step in range(4):
        caps = {one.name: min(one.capacity, max(one.owed, step)) for one in auditors}
        assert sum(min(given_out[name], cap) for name, cap in caps.items()) == most_matched(cases, caps, forbidden)


@given(board=boards(), seed=st.text("abc", max_size=4), shuffled=st.randoms(use_true_random=False))
def test_the_order_of_cases_auditors_and_pairs_does_not_matter(
    board: tuple[list[str], list[Auditor], dict[tuple[str, str], str]], seed: str, shuffled: Random
) -> None:
    cases, auditors, forbidden = board
    turned = match(
        shuffled.sample(cases, len(cases)),
        shuffled.sample(auditors, len(auditors)),
        dict(reversed(forbidden.items())),
        seed,
    )
    straight = match(cases, auditors, forbidden, seed)
    assert turned.pairs == straight.pairs
    assert turned.unused == straight.unused


def test_another_seed_gives_another_matching() -> None:
    cases, auditors = numbered(40), pool(40)
    assert match(cases, auditors, {}, "a").pairs == match(cases, auditors, {}, "a").pairs
    assert match(cases, auditors, {}, "a").pairs != match(cases, auditors, {}, "b").pairs


def test_every_auditor_is_equally_likely_to_get_a_case() -> None:
    auditors, case = pool(5), "CF-20931"
    counts = Counter(match([case], auditors, {}, str(seed)).pairs[case] for seed in range(2000))
    chi_square = sum((counts[one.name] - 400) ** 2 / 400 for one in auditors)
    upper_thousandth_of_4_degrees = 18.47
    assert chi_square < upper_thousandth_of_4_degrees


def test_an_ordinary_month_gives_the_pool_one_each_and_the_officers_twenty() -> None:
    given_out = loads(match(numbered(120), [*pool(40), *officers(4)], {}, "5f0c"))
    assert all(given_out[one.name] == 1 for one in pool(40))
    assert all(given_out[one.name] == 20 for one in officers(4))


def test_in_a_small_month_the_pool_comes_first_and_the_officers_share_the_rest_evenly() -> None:
    given_out = loads(match(numbered(50), [*officers(4), *pool(40)], {}, "5f0c"))
    assert all(given_out[one.name] == 1 for one in pool(40))
    assert sorted(given_out[one.name] for one in officers(4)) == [2, 2, 3, 3]


def test_when_there_are_too_few_cases_for_the_pool_officers_get_none() -> None:
    given_out = loads(match(numbered(30), [*officers(4), *pool(40)], {}, "5f0c"))
    assert sum(given_out[one.name] for one in pool(40)) == 30
    assert not any(given_out[one.name] for one in officers(4))


def test_a_case_is_moved_to_make_room_for_one_that_only_one_auditor_may_take() -> None:
    cases, auditors = ["CF-1", "CF-2"], [Auditor("kim", 1, 1), Auditor("zoe", 1, 1)]
    for picky in cases:
        for barred in ("kim", "zoe"):
            matching = match(cases, auditors, {(picky, barred): "own team"}, "5f0c")
            assert matching.pairs[picky] != barred
            assert matching.unmatched == ()


def test_a_long_chain_of_moves_is_found() -> None:
    count = 400
    cases, auditors = numbered(count), pool(count)
    only = {case: {f"pool{n}", f"pool{n + 1}"} for n, case in enumerate(cases[:-1])} | {cases[-1]: {"pool0"}}
    forbidden = {(case, one.name): "own team" for case in cases for one in auditors if one.name not in only[case]}
    expected = {case: f"pool{(n + 1) % count}" for n, case in enumerate(cases)}
    assert match(cases, auditors, forbidden, "5f0c").pairs == expected


def test_what_could_not_be_matched_is_explained() -> None:
    auditors = [Auditor("bev", 0), Auditor("kim", 1, 1), Auditor("mo", 1, 1), Auditor("quin", 1, 1)]
    forbidden = {
        ("CF-20931", "mo"): "own team",
        ("CF-70001", "bev"): "restricted",
        ("CF-70001", "kim"): "restricted",
        ("CF-70001", "mo"): "own team",
        ("CF-70001", "quin"): "restricted",
        **{(f"CF-3000{n}", name): "audited within a year" for n in range(3) for name in ("bev", "quin", "mo")},
    }
    cases = ["CF-20931", "CF-70001", "CF-30000", "CF-30001", "CF-30002"]
    matching = match(cases, auditors, forbidden, "5f0c")
    explained = {one.case: one for one in matching.unmatched}
    assert explained.pop("CF-70001") == Unmatched("CF-70001", {"restricted": 3, "own team": 1}, full=0)
    assert len(explained) == 2
    assert all(one.barred == {"audited within a year": 3} and one.full == 1 for one in explained.values())
    assert matching.unused == {"bev": 0, "kim": 0, "mo": 1, "quin": 0}


def test_nobody_and_nothing() -> None:
    assert match([], pool(2), {}, "5f0c") == Matching({}, (), {"pool0": 1, "pool1": 1})
    assert match(["CF-1"], [], {}, "5f0c") == Matching({}, (Unmatched("CF-1", {}, 0),), {})


def test_pairs_of_unknown_cases_and_auditors_forbid_nothing() -> None:
    assert match(["CF-1"], pool(1), {("CF-2", "pool0"): "own team", ("CF-1", "kim"): "own team"}, "x").pairs == {
        "CF-1": "pool0"
    }


@pytest.mark.parametrize(
    ("cases", "auditors"),
    [(["CF-1", "CF-1"], pool(2)), (["CF-1"], [*pool(1), *pool(1)]), (["CF-1"], [Auditor("kim", -1)])],
)
def test_names_given_twice_and_negative_capacities_are_refused(cases: list[str], auditors: list[Auditor]) -> None:
    with pytest.raises(Invalid):
        match(cases, auditors, {}, "5f0c")


@pytest.mark.parametrize(("share_forbidden", "at_least"), [(0.0, 1000), (0.3, 1000), (0.9, 990), (0.985, 600)])
def test_a_thousand_cases_and_two_hundred_auditors_take_less_than_two_seconds(
    share_forbidden: float, at_least: int
) -> None:
    chance = Random(7)
    cases, auditors = numbered(1000), [*pool(150), *officers(50, capacity=17)]
    forbidden = {
        (case, one.name): "own team" for case in cases for one in auditors if chance.random() < share_forbidden
    }
    matching = match(cases, auditors, forbidden, "5f0c")
    assert least_seconds(lambda: match(cases, auditors, forbidden, "5f0c")) < 2
    assert len(matching.pairs) >= at_least
