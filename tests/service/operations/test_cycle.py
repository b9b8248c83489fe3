"""Drawing, matching and releasing: within the population, without a conflict, hidden, and all or none (section 7)."""

from collections import Counter
from math import ceil

import pytest

from engine.errors import Invalid, NotAllowed, StepFailed
from engine.service import instances, rights
from engine.service.audits import conflicts
from engine.service.operations import cycle as operations_cycle
from engine.service.tasks import work
from engine.store import audits, cycles
from tests.factories.council import AUDIT
from tests.service.monthly import (
    CAPACITY,
    LOCK,
    PERIOD,
    RELEASE,
    SMALL,
    assigned,
    draw,
    period,
    population,
    release,
    upload,
)


def strata(council):
    return period(council).certificate["strata"]


@pytest.mark.parametrize(("pool", "each"), [(1, 0), (6, 2), (0, 5), (15, 20)])
def test_the_sample_is_as_large_as_the_capacity_and_never_larger_than_the_population(council, pool, each):
    draw(council, pool, each)
    sizes = {area: facts["sample"] for area, facts in strata(council).items()}
    assert all(sizes[area] <= SMALL[area] for area in sizes)
    assert sum(sizes.values()) == min(pool + 4 * each, sum(SMALL.values()))
    for facts in strata(council).values():
        assert len(facts["cases"]) == len(set(facts["cases"])) == facts["sample"]


def test_a_stratum_smaller_than_its_share_is_taken_whole(council):
    draw(council, 15, 5, population({"LAC": 200, "CWD": 1}))
    assert {area: facts["sample"] for area, facts in strata(council).items()} == {"LAC": 34, "CWD": 1}


@pytest.mark.parametrize(
    ("pool", "each", "sentence"),
    [
        (6, 21, "up to 20 audits in an audit period"),
        (100, 1, "The audit pool has 16 members"),
        (0, 0, "Nobody would audit anything"),
        (-1, 1, "must be between 0 and 10,000"),
    ],
)
def test_a_capacity_that_cannot_be_is_refused(council, pool, each, sentence):
    upload(council)
    council.complete("gail", LOCK)
    before = council.dump()
    with pytest.raises(Invalid, match=sentence):
        council.complete("gail", CAPACITY, pool_auditors=pool, audits_for_each_officer=each)
    assert council.dump() == before


def test_nobody_is_given_a_case_of_their_own_or_more_than_they_can_do(council):
    draw(council, 14, 3)
    rows = assigned(council)
    assert len(rows) == 26
    frame = council.ask(lambda question: _frame(question))
    forbidden = council.ask(
        lambda question: conflicts.forbidden(question, frame, sorted({row.auditor for row in rows}))
    )
    assert not {(row.case_ref, row.auditor) for row in rows} & forbidden.keys()
    each = Counter((row.auditor, row.source) for row in rows)
    assert all(number == 1 if source == "pool" else number <= 3 for (_, source), number in each.items())


def _frame(question):
    return cycles.frame_of(question.connection, PERIOD)


def test_pool_and_officers_are_each_selected_for_quality_assurance_by_their_lowest_ranks(council):
    draw(council, 10, 3)
    for source in ("pool", "officer"):
        own = sorted((row for row in assigned(council) if row.source == source), key=lambda row: row.quality_rank)
        assert [row.quality_rank for row in own] == list(range(1, len(own) + 1))
        chosen = [row.selected for row in own]
        assert chosen == sorted(chosen, reverse=True)
        assert sum(chosen) == ceil(0.2 * len(own))


def test_the_selection_is_hidden_from_auditors_and_managers(council):
    draw(council)
    release(council)
    row = assigned(council)[0]
    task = council.task(AUDIT, row.case_ref)
    seen = _seen(council, row.auditor, task)
    assert not any("rank" in name or "selected" in name for name in seen)
    for person in (row.auditor, "mo", "kim", "una"):
        reason = council.ask(
            lambda question, one=person: rights.reason_against(question, one, "see selection", "", task)
        )
        assert reason is not None


def _seen(council, person, task):
    page = work.open_task(council.engine, person, task.id)
    return {
        *page.task._mapping,
        *page.task.facts,
        *(one.id for section in page.view.sections for one in section.questions),
    }


def test_a_second_draw_needs_a_reason_and_the_log_keeps_the_first(council):
    draw(council)
    first = period(council).certificate
    with pytest.raises(Invalid, match="Say why the sample must be drawn again"):
        release(council, outcome="draw_again", reason="")
    release(council, outcome="draw_again", reason="an auditor fell ill")
    second = period(council).certificate
    assert second["seed"] != first["seed"]
    drawn = [event.details for event in council.events(f"cycle {PERIOD}") if event.kind == "drawn"]
    assert drawn == [
        {"certificate": first, "reason": None},
        {"certificate": second, "reason": "an auditor fell ill"},
    ]
    assert {row.case_ref for row in assigned(council)} == {
        case for facts in second["strata"].values() for case in facts["cases"]
    }


def test_releasing_begins_every_audit_with_its_task_and_its_notice(council):
    draw(council)
    release(council)
    rows = assigned(council)
    begun = council.ask(lambda question: audits.of_cycle(question.connection, PERIOD))
    assert {(one.case_ref, one.auditor, one.selected) for one in begun} == {
        (row.case_ref, row.auditor, row.selected) for row in rows
    }
    for row in rows:
        assert council.task(AUDIT, row.case_ref).assignee == row.auditor
        assert [letter.notice for letter in council.letters(row.auditor, row.case_ref)] == ["assigned"]


@pytest.mark.parametrize("place", [1, 7, 14])
def test_when_one_of_them_fails_nothing_is_released(council, monkeypatch, place):
    draw(council)
    assert len(assigned(council)) == 14
    before = council.dump()
    begin, begun = instances.begin, []

    def sometimes(command, process, *arguments, **named):
        begun.append(process)
        if len(begun) == place:
            raise StepFailed(process=process, element="audit_assigned", reason="it failed in the middle")
        return begin(command, process, *arguments, **named)

    monkeypatch.setattr(operations_cycle.instances, "begin", sometimes)
    with pytest.raises(StepFailed, match=r"it failed in the middle\. Nothing was changed"):
        release(council)
    monkeypatch.undo()
    assert council.dump() == before
    release(council)
    assert len(council.ask(lambda question: audits.of_cycle(question.connection, PERIOD))) == 14


def test_only_the_administrator_releases(council):
    draw(council)
    task = council.task(RELEASE)
    before = council.dump()
    for person in ("kim", "hal", "bev", "mo"):
        with pytest.raises(NotAllowed):
            council.complete(person, task.title)
    assert council.dump() == before
