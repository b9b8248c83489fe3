"""The draw: repeatable by anyone, open to nobody's steering, and fair."""

import json
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.allocation import allocate
from engine.domain.sampling import (
    Draw,
    QualityRank,
    certify,
    draw,
    frame_sha256,
    next_reserve,
    quality_ranks,
    redraw,
    selected,
)
from engine.errors import Invalid, NotReproduced

LOCKED, SEEDED = "2026-10-12T09:30:00+00:00", "2026-10-12T09:31:00+00:00"

references = st.integers(10_000, 99_999).map("CF-{}".format)
frames = st.lists(references, unique=True, max_size=60).map(
    lambda cases: {area: cases[n::3] for n, area in enumerate(("LAC", "CFA", "Next Step"))}
)


def frame_of(**counts: int) -> dict[str, list[str]]:
    return {
        area: [f"CF-{10_000 * (place + 1) + n}" for n in range(count)]
        for place, (area, count) in enumerate(counts.items())
    }


def certificate_of(drawn: Draw, **more: Any) -> dict[str, Any]:
    stated = {"locked_at": LOCKED, "seed_made_at": SEEDED, "allocation": "proportional", "guide": "1", **more}
    return json.loads(json.dumps(certify(drawn, **stated)))


def october() -> tuple[dict[str, list[str]], Draw]:
    frame = frame_of(LAC=56, CFA=64, CWD=21)
    return frame, draw(frame, {"LAC": 6, "CFA": 7, "CWD": 2}, seed="a3f1", cycle="2026-10")


def test_the_order_is_the_hash_of_seed_cycle_stratum_and_case() -> None:
    frame = frame_of(LAC=40, CWD=12)
    drawn = draw(frame, {"LAC": 5, "CWD": 2}, seed="a3f1", cycle="2026-10")
    by_hand = sorted(frame["LAC"], key=lambda case: sha256(f"a3f1|2026-10|LAC|{case}".encode()).hexdigest())
    assert [*drawn.sample["LAC"], *drawn.reserves["LAC"]] == by_hand
    assert len(drawn.sample["LAC"]) == 5


@given(frame=frames, seed=st.text(max_size=20), cycle=st.text(max_size=8), share=st.floats(0, 1))
def test_a_draw_takes_the_sizes_asked_and_loses_nobody(
    frame: dict[str, list[str]], seed: str, cycle: str, share: float
) -> None:
    sizes = {area: round(share * len(cases)) for area, cases in frame.items()}
    drawn = draw(frame, sizes, seed.encode(errors="replace").decode(), cycle.encode(errors="replace").decode())
    for area, cases in frame.items():
        assert len(drawn.sample[area]) == sizes[area]
        assert sorted([*drawn.sample[area], *drawn.reserves[area]]) == sorted(cases)
        assert drawn.probabilities[area] * len(cases) == pytest.approx(sizes[area])


@given(frame=frames, seed=st.text("0123456789abcdef", min_size=1), shuffled=st.randoms(use_true_random=False))
def test_the_order_of_the_list_does_not_matter(frame: dict[str, list[str]], seed: str, shuffled: Any) -> None:
    sizes = {area: len(cases) // 2 for area, cases in frame.items()}
    turned = {area: shuffled.sample(cases, len(cases)) for area, cases in reversed(frame.items())}
    assert draw(turned, sizes, seed, "2026-10") == draw(frame, sizes, seed, "2026-10")


def test_another_seed_or_cycle_draws_others() -> None:
    frame, first = october()
    sizes = {area: len(cases) for area, cases in first.sample.items()}
    assert draw(frame, sizes, "a3f2", "2026-10").sample != first.sample
    assert draw(frame, sizes, "a3f1", "2026-11").sample != first.sample


def test_strata_do_not_influence_one_another() -> None:
    frame, first = october()
    frame["CFA"] = frame["CFA"][:40]
    frame["Next Step"] = ["CF-90001", "CF-90002"]
    again = draw(frame, {"LAC": 6, "CFA": 3, "CWD": 2, "Next Step": 1}, "a3f1", "2026-10")
    assert again.sample["LAC"] == first.sample["LAC"]
    assert again.reserves["CWD"] == first.reserves["CWD"]
    assert again.sample["CFA"] != first.sample["CFA"]


def test_a_larger_sample_holds_the_smaller_one() -> None:
    frame, first = october()
    larger = draw(frame, {"LAC": 9, "CFA": 7, "CWD": 2}, "a3f1", "2026-10")
    assert larger.sample["LAC"][:6] == first.sample["LAC"]
    assert larger.sample["LAC"][6:] == first.reserves["LAC"][:3]


def test_every_case_is_drawn_equally_often_over_many_seeds() -> None:
    frame, draws, size = frame_of(LAC=20, CWD=7), 4000, 5
    counts = Counter(
        case
        for seed in range(draws)
        for case in draw(frame, {"LAC": size, "CWD": 1}, str(seed), "2026-10").sample["LAC"]
    )
    share = size / 20
    chi_square = sum((counts[case] - draws * share) ** 2 for case in frame["LAC"]) / (draws * share * (1 - share))
    upper_thousandth_of_19_degrees = 43.82
    assert chi_square * 19 / 20 < upper_thousandth_of_19_degrees


def test_pairs_of_cases_are_drawn_together_as_often_as_chance_has_it() -> None:
    frame, draws = frame_of(LAC=6, CWD=3), 3000
    counts = Counter(
        frozenset(draw(frame, {"LAC": 2, "CWD": 1}, str(seed), "2026-10").sample["LAC"]) for seed in range(draws)
    )
    chi_square = sum((counts[pair] - draws / 15) ** 2 / (draws / 15) for pair in counts)
    upper_thousandth_of_14_degrees = 36.12
    assert len(counts) == 15
    assert chi_square < upper_thousandth_of_14_degrees


def test_what_cannot_be_drawn_is_refused() -> None:
    frame = frame_of(LAC=3, CWD=2)
    for sizes in ({"LAC": 4, "CWD": 1}, {"LAC": -1, "CWD": 1}, {"LAC": 1}, {"LAC": 1, "CWD": 1, "CFA": 1}):
        with pytest.raises(Invalid):
            draw(frame, sizes, "a3f1", "2026-10")
    for twice in ({"LAC": ["CF-1", "CF-1"], "CWD": []}, {"LAC": ["CF-1"], "CWD": ["CF-1"]}):
        with pytest.raises(Invalid, match="CF-1 stands in the frame twice"):
            draw(twice, {"LAC": 0, "CWD": 0}, "a3f1", "2026-10")


def test_an_empty_stratum_needs_no_row_in_the_frame() -> None:
    drawn = draw(frame_of(LAC=3), {"LAC": 2, "CWD": 0}, "a3f1", "2026-10")
    assert set(drawn.sample) == {"LAC"}
    assert draw({"LAC": []}, {"LAC": 0}, "a3f1", "2026-10").probabilities == {"LAC": 0.0}


def test_the_fingerprint_of_a_frame_knows_its_cases_and_not_their_order() -> None:
    one = frame_sha256({"LAC": ["CF-1", "CF-2"], "CWD": ["CF-3"]})
    assert one == frame_sha256({"CWD": ["CF-3"], "LAC": ["CF-2", "CF-1"]})
    assert one != frame_sha256({"LAC": ["CF-1", "CF-2", "CF-3"], "CWD": []})
    assert one != frame_sha256({"LAC": ["CF-1", "CF-2"], "CWD": ["CF-4"]})


def test_the_certificate_holds_all_that_repeats_the_draw() -> None:
    frame, drawn = october()
    certificate = certificate_of(drawn)
    assert {key: certificate[key] for key in ("cycle", "seed", "locked_at", "seed_made_at", "allocation", "guide")} == {
        "cycle": "2026-10",
        "seed": "a3f1",
        "locked_at": LOCKED,
        "seed_made_at": SEEDED,
        "allocation": "proportional",
        "guide": "1",
    }
    assert certificate["strata"]["CWD"] == {
        "population": 21,
        "sample": 2,
        "probability": 2 / 21,
        "cases": list(drawn.sample["CWD"]),
    }
    assert redraw(certificate, frame) == drawn


def test_drawing_again_from_the_certificate_of_a_whole_month_gives_the_same_cases() -> None:
    frame = frame_of(LAC=560, CIN=900, CFA=640, CWD=210, Next=150)
    sizes = allocate({area: len(cases) for area, cases in frame.items()}, 54).sizes
    drawn = draw(frame, sizes, "5f0c", "2026-10")
    assert redraw(certificate_of(drawn), frame).sample == drawn.sample
    assert sum(map(len, drawn.sample.values())) == 54


TAMPERINGS: dict[str, Callable[[dict[str, Any]], object]] = {
    "a case put in": lambda paper: paper["strata"]["LAC"]["cases"].append("CF-10001"),
    "a case taken out": lambda paper: paper["strata"]["LAC"]["cases"].pop(),
    "a case exchanged": lambda paper: paper["strata"]["LAC"]["cases"].__setitem__(0, "CF-10999"),
    "two cases in another order": lambda paper: paper["strata"]["LAC"]["cases"].reverse(),
    "a smaller sample": lambda paper: paper["strata"]["LAC"].update(sample=5),
    "a larger sample than the stratum": lambda paper: paper["strata"]["LAC"].update(sample=500),
    "a size that is no number": lambda paper: paper["strata"]["LAC"].update(sample="six"),
    "another population": lambda paper: paper["strata"]["LAC"].update(population=57),
    "another probability": lambda paper: paper["strata"]["LAC"].update(probability=0.5),
    "a stratum left out": lambda paper: paper["strata"].pop("CWD"),
    "a stratum made up": lambda paper: paper["strata"].update(Other=paper["strata"]["LAC"]),
    "another seed": lambda paper: paper.update(seed="a3f2"),
    "another cycle": lambda paper: paper.update(cycle="2026-11"),
    "another frame": lambda paper: paper.update(frame_sha256="0" * 64),
    "a seed made before the lock": lambda paper: paper.update(seed_made_at="2026-10-12T09:29:59+00:00"),
    "a moment without offset": lambda paper: paper.update(locked_at="2026-10-12T09:30:00"),
    "a line more": lambda paper: paper.update(note="checked"),
    "a line less": lambda paper: paper.pop("guide"),
    "a reserve that was not used": lambda paper: paper["reserves_used"].append({"stratum": "LAC"}),
    "no strata at all": lambda paper: paper.update(strata=None),
}


@pytest.mark.parametrize("change", TAMPERINGS.values(), ids=list(TAMPERINGS))
def test_tampering_with_a_certificate_is_found(change: Callable[[dict[str, Any]], object]) -> None:
    frame, drawn = october()
    certificate = certificate_of(drawn)
    redraw(certificate, frame)
    change(certificate)
    with pytest.raises(NotReproduced):
        redraw(certificate, frame)


def test_tampering_with_the_frame_is_found() -> None:
    frame, drawn = october()
    certificate = certificate_of(drawn)
    undrawn = drawn.reserves["LAC"][-1]
    for changed in (
        {**frame, "LAC": [case for case in frame["LAC"] if case != undrawn]},
        {**frame, "LAC": [*frame["LAC"], "CF-99999"]},
        {**frame, "LAC": [case for case in frame["LAC"] if case != undrawn], "CWD": [*frame["CWD"], undrawn]},
    ):
        with pytest.raises(NotReproduced, match="frame_sha256"):
            redraw(certificate, changed)


def test_the_seed_is_made_after_the_frame_is_locked() -> None:
    _, drawn = october()
    with pytest.raises(Invalid, match="before the frame was locked"):
        certificate_of(drawn, seed_made_at="2026-10-12T10:30:00+01:00", locked_at=SEEDED)
    assert certificate_of(drawn, seed_made_at=LOCKED)["seed_made_at"] == LOCKED


def test_reserves_are_used_in_their_order_and_stand_on_the_certificate() -> None:
    frame, drawn = october()
    first, second = drawn.reserves["LAC"][:2]
    closed = drawn.sample["LAC"][2]
    assert next_reserve(drawn, "LAC", ()) == first
    assert next_reserve(drawn, "LAC", {first}) == second
    assert next_reserve(drawn, "LAC", drawn.reserves["LAC"]) is None
    used = [
        {"stratum": "LAC", "replaced": closed, "by": first, "reason": "closed_before_start"},
        {"stratum": "LAC", "replaced": first, "by": second, "reason": "restricted"},
    ]
    certificate = certificate_of(drawn, reserves_used=used)
    assert certificate["reserves_used"] == used
    assert redraw(certificate, frame) == drawn


def test_reserves_out_of_turn_and_for_cases_never_drawn_are_refused() -> None:
    _, drawn = october()
    first, second = drawn.reserves["LAC"][:2]
    case, other = drawn.sample["LAC"][:2]

    def used(*pairs: tuple[str, str]) -> list[dict[str, str]]:
        return [{"stratum": "LAC", "replaced": old, "by": new, "reason": "closed_before_start"} for old, new in pairs]

    for wrong in (
        used((case, second)),
        used((case, first), (other, first)),
        used((second, first)),
        used((case, first), (case, second)),
        used((drawn.sample["CWD"][0], first)),
    ):
        with pytest.raises(Invalid):
            certificate_of(drawn, reserves_used=wrong)


def assigned(pool: int, officer: int) -> dict[str, str]:
    return {f"CF-{n}": "pool" if n < pool else "officer" for n in range(pool + officer)}


@given(pool=st.integers(0, 60), officer=st.integers(0, 60), seed=st.text("0123456789abcdef", min_size=1))
def test_quality_ranks_number_each_source_from_one(pool: int, officer: int, seed: str) -> None:
    ranks = quality_ranks(assigned(pool, officer), seed)
    for source, count in (("pool", pool), ("officer", officer)):
        assert sorted(rank.rank for rank in ranks.values() if rank.source == source) == list(range(1, count + 1))


def test_quality_ranks_are_repeatable_and_do_not_follow_the_draw() -> None:
    everyone = assigned(40, 80)
    ranks = quality_ranks(everyone, "secret")
    assert ranks == quality_ranks(dict(reversed(everyone.items())), "secret")
    assert ranks != quality_ranks(everyone, "other")
    pool = sorted((name for name in everyone if everyone[name] == "pool"), key=lambda name: ranks[name])
    assert tuple(pool) != draw({"pool": pool}, {"pool": 40}, "secret", "2026-10").sample["pool"]


def test_a_fifth_of_each_source_is_selected_and_at_least_one() -> None:
    ranks = quality_ranks(assigned(40, 81), "secret")
    chosen = selected(ranks, 0.2, 1)
    assert Counter(ranks[name].source for name in chosen) == {"pool": 8, "officer": 17}
    assert all(ranks[name].rank <= 17 for name in chosen)
    few = quality_ranks(assigned(2, 1), "secret")
    assert Counter(few[name].source for name in selected(few, 0.2, 1)) == {"pool": 1, "officer": 1}
    assert selected({}, 0.2, 1) == frozenset()


def test_a_later_rank_takes_the_place_of_an_audit_that_was_missed() -> None:
    ranks = {name: QualityRank("pool", place) for place, name in enumerate("abcdefghij", start=1)}
    assert selected(ranks, 0.2, 1) == {"a", "b"}
    assert selected(ranks, 0.2, 1, missed={"b", "j"}) == {"a", "c"}
    assert selected(ranks, 0.2, 1, missed=set("abcdefghij")) == frozenset()
    assert selected(ranks, 1, 0) == set(ranks)
    assert selected(ranks, 0, 0) == frozenset()


@given(fraction=st.floats(0, 1), minimum=st.integers(0, 5), pool=st.integers(0, 40), officer=st.integers(0, 40))
def test_selection_reaches_its_share_of_each_source(fraction: float, minimum: int, pool: int, officer: int) -> None:
    ranks = quality_ranks(assigned(pool, officer), "secret")
    counted = Counter(ranks[name].source for name in selected(ranks, fraction, minimum))
    for source, count in (("pool", pool), ("officer", officer)):
        wanted = fraction * count
        assert min(count, max(minimum, wanted)) - 1e-9 <= counted[source] < max(minimum, wanted) + 1 + 1e-9


@pytest.mark.parametrize(("fraction", "minimum"), [(-0.1, 1), (1.1, 1), (float("nan"), 1), (0.2, -1)])
def test_an_impossible_selection_is_refused(fraction: float, minimum: int) -> None:
    with pytest.raises(Invalid):
        selected({"a": QualityRank("pool", 1)}, fraction, minimum)
