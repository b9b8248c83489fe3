"""Who audits which drawn case, and the reserve that takes the place of a case that nobody may have (I-16, R-43)."""

import pytest

from engine.domain.calendar import local_day
from engine.domain.sampling import draw
from engine.service.audits import assignments
from engine.service.people import directory
from engine.store import cycles, people
from tests.factories.council import at
from tests.service.monthly import PERIOD, TEAMS, assigned, period, release, upload
from tests.service.monthly import draw as draw_period

NUMBERS = {"LAC": range(6), "CWD": range(10, 14)}


def reference(area, place):
    return f"CF-{600_000 + NUMBERS[area][place]}"


@pytest.fixture
def frame(council):
    """Six cases looked after and four of children with disabilities, on the list of November."""
    lines = ["case_reference,service_area,team,social_worker,status,restricted"]
    lines += [
        f"{reference(area, n)},{area},{TEAMS[area]},,open,no" for area in NUMBERS for n in range(len(NUMBERS[area]))
    ]
    upload(council, "\n".join(lines).encode())
    return council


def restrict(council, *references):
    def work(command):
        rows = cycles.frame_of(command.connection, PERIOD)
        kept = [{**row._mapping, "restricted": row.case_ref in references} for row in rows]
        cycles.replace_frame(command.connection, PERIOD, iter(kept))

    council.run(work)


def drawn(council, **sizes):
    found = {area: [reference(area, n) for n in range(len(NUMBERS[area]))] for area in NUMBERS}
    return draw(found, {"LAC": 0, "CWD": 0, **sizes}, "5eed" * 8, PERIOD)


def reserves(council, sample):
    return council.run(lambda command: assignments.reserves_for(command, PERIOD, sample))


def test_a_sample_that_somebody_may_audit_needs_no_reserve(frame):
    assert reserves(frame, drawn(frame, LAC=3, CWD=2)) == []


def test_a_restricted_case_is_replaced_by_the_next_reserve_of_its_stratum(frame):
    sample = drawn(frame, LAC=3, CWD=2)
    restrict(frame, sample.sample["LAC"][1])
    (used,) = reserves(frame, sample)
    assert (used["stratum"], used["replaced"]) == ("LAC", sample.sample["LAC"][1])
    assert used["by"] == sample.reserves["LAC"][0]
    assert used["reason"]


def test_a_reserve_that_nobody_may_have_is_replaced_in_its_turn(frame):
    sample = drawn(frame, LAC=3)
    restrict(frame, sample.sample["LAC"][0], sample.reserves["LAC"][0])
    used = reserves(frame, sample)
    assert [(one["replaced"], one["by"]) for one in used] == [
        (sample.sample["LAC"][0], sample.reserves["LAC"][0]),
        (sample.reserves["LAC"][0], sample.reserves["LAC"][1]),
    ]


def test_a_case_for_which_no_reserve_is_left_stays(frame):
    sample = drawn(frame, CWD=4)
    restrict(frame, sample.sample["CWD"][2])
    assert sample.reserves["CWD"] == ()
    assert reserves(frame, sample) == []


def test_who_is_cleared_may_have_a_restricted_case(frame):
    sample = drawn(frame, LAC=3)
    restrict(frame, *sample.sample["LAC"])
    frame.run(lambda command: people.change_person(command.connection, "kim", {"cleared": True}))
    assert reserves(frame.again(), sample) == []


def test_members_of_the_pool_who_are_away_are_asked_last(council):
    last = local_day(at(2026, 12, 31))
    directory.record_absence(council.engine, "asha", "kim", local_day(at(2026, 12, 1)), last)
    draw_period(council, pool=3, each=1)
    proposal = council.run(lambda command: assignments.propose(command, period(council), last))
    assert "kim" not in proposal.matching.pairs.values()
    assert set(proposal.probabilities) == set(proposal.matching.pairs)


def test_everybody_has_their_share_and_no_more(council):
    draw_period(council, pool=4, each=2)
    release(council)
    officers = council.ask(assignments.officers_of)
    shares = {
        name: [row.auditor for row in assigned(council)].count(name)
        for name in {row.auditor for row in assigned(council)}
    }
    assert all(count <= (2 if name in officers else 1) for name, count in shares.items())
    assert sum(shares.values()) == 4 + 2 * len(officers)
