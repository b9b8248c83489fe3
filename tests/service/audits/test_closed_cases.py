"""A drawn case that closed before its audit began is replaced by the next reserve of its stratum (R-97, DEC-7)."""

from datetime import timedelta

import pytest

from engine.domain.sampling import sampled_cases
from engine.service.audits import cycles as service_cycles
from engine.service.policy import deployments
from engine.store import audits, cases, cycles
from tests.service.monthly import PERIOD, assigned, draw, period, release


@pytest.fixture
def drawn(council):
    """A council whose sample of fourteen is drawn, ready to be released."""
    draw(council)
    return council


def close(council, *references):
    """The record system shows these cases as closed."""
    frame = {
        row.case_ref: row
        for row in council.ask(lambda question: cycles.frame_of(question.connection, PERIOD))
        if row.case_ref in references
    }
    rows = [
        {
            "reference": row.case_ref,
            "service_area": row.stratum,
            "team": row.team,
            "social_worker": None,
            "status": cases.CLOSED,
            "restricted": False,
            "changed_at": council.clock.now(),
        }
        for row in frame.values()
    ]
    council.run(lambda command: cases.add(command.connection, rows))


def in_area(council, area):
    frame = council.ask(lambda question: cycles.frame_of(question.connection, PERIOD))
    return {row.case_ref for row in frame if row.stratum == area}


def begun(council):
    return council.ask(lambda question: audits.of_cycle(question.connection, PERIOD))


def test_the_next_reserve_takes_its_place_with_the_same_auditor(drawn):
    before = {row.case_ref: row.auditor for row in assigned(drawn)}
    gone = next(case for case in before if case in in_area(drawn, "CP&P/CIN"))
    close(drawn, gone)
    release(drawn)
    after = {row.case_ref: row.auditor for row in begun(drawn)}
    (new,) = after.keys() - before.keys()
    assert (gone in after, after[new], len(after)) == (False, before[gone], len(before))
    assert new in in_area(drawn, "CP&P/CIN")
    others = before.keys() - {gone}
    assert {case: after[case] for case in others} == {case: before[case] for case in others}


def test_the_certificate_says_so_and_the_draw_can_still_be_repeated(drawn):
    gone = assigned(drawn)[0].case_ref
    close(drawn, gone)
    release(drawn)
    (used,) = period(drawn).certificate["reserves_used"]
    assert (used["replaced"], used["reason"]) == (gone, "closed before its audit began")
    assert {row.case_ref for row in begun(drawn)} == {
        case for those in sampled_cases(period(drawn).certificate).values() for case in those
    }
    assert service_cycles.drawn_again(drawn.engine, PERIOD).cycle == PERIOD
    assert [one.details["cases"] for one in drawn.events(f"cycle {PERIOD}") if one.kind == "closed before start"] == [
        [gone]
    ]


def test_a_reserve_that_closed_too_is_passed_over(drawn):
    sample = {row.case_ref for row in assigned(drawn)}
    area = in_area(drawn, "LAC")
    gone = sorted(sample & area)[0]
    drawn_again = service_cycles.drawn_again(drawn.engine, PERIOD)
    first = drawn_again.reserves["LAC"][0]
    close(drawn, gone, first)
    release(drawn)
    held = {row.case_ref for row in begun(drawn)}
    assert not held & {gone, first}
    assert len(held) == len(sample)


def test_without_a_reserve_the_assignment_ends_and_nobody_has_missed_it(drawn):
    area = in_area(drawn, "Next Step")
    sample = {row.case_ref for row in assigned(drawn)}
    close(drawn, *area)
    release(drawn)
    held = begun(drawn)
    assert {row.case_ref for row in held} == sample - area
    drawn.pass_to(drawn.clock.now() + timedelta(days=1))
    assert not any(row.late for row in begun(drawn))


def test_an_open_case_stays(drawn):
    before = {(row.case_ref, row.auditor) for row in assigned(drawn)}
    release(drawn)
    assert {(row.case_ref, row.auditor) for row in begun(drawn)} == before
    assert period(drawn).certificate["reserves_used"] == []


def test_the_guide_may_have_closed_records_audited(drawn):
    files = dict(deployments.files(drawn.engine))
    guide = files["processes/sampling_guide.dmn"]
    assert b'"replace"</text>' in guide
    files["processes/sampling_guide.dmn"] = guide.replace(b'"replace"</text>', b'"audit"</text>')
    deployments.deploy(drawn.engine, "gail", files, "closed records are audited")
    before = {row.case_ref for row in assigned(drawn)}
    close(drawn, sorted(before)[0])
    release(drawn)
    assert {row.case_ref for row in begun(drawn)} == before
