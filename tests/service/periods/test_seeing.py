"""Who sees audit periods, and which part: those who run them, nobody whose work they hide something about (I-08)."""

import pytest

from engine.errors import NotAllowed, NotFound
from engine.service.people import directory
from engine.service.periods import capacity, draws, figures, matching, population, progress, seeing, standing
from tests.factories.council import at
from tests.service.monthly import PERIOD, draw, release

RUN_BY = {"asha", "gail", "colin", "ian"}
READERS = {
    seeing.OVERVIEW: RUN_BY | {"hal"},
    seeing.LIST: RUN_BY | {"hal"},
    seeing.DRAW: RUN_BY,
    seeing.CAPACITY: RUN_BY,
    seeing.ASSIGNMENTS: RUN_BY,
    seeing.PROGRESS: RUN_BY,
    seeing.FIGURES: RUN_BY,
}
READ = {
    seeing.OVERVIEW: standing.of_period,
    seeing.LIST: population.of_period,
    seeing.DRAW: draws.of_period,
    seeing.CAPACITY: capacity.of_period,
    seeing.ASSIGNMENTS: matching.of_period,
    seeing.PROGRESS: progress.by_auditor,
    seeing.FIGURES: figures.of_period,
}


@pytest.mark.parametrize("part", READERS)
def test_exactly_those_see_a_part(council, part):
    found = set()
    for person in council.ask(lambda question: tuple(question.directory.people)):
        try:
            READ[part](council.engine, person, PERIOD)
        except NotAllowed:
            continue
        found.add(person)
    assert found == READERS[part]


def test_nobody_else_saves_repeats_or_lists(council):
    draw(council)
    release(council)
    before = council.dump()
    acts = (
        lambda person: draws.repeat(council.engine, person, PERIOD),
        lambda person: draws.certificate(council.engine, person, PERIOD),
        lambda person: draws.frame(council.engine, person, PERIOD),
        lambda person: progress.audits(council.engine, person, PERIOD),
        lambda person: matching.export(council.engine, person, PERIOD, "csv"),
        lambda person: progress.export(council.engine, person, PERIOD, "csv"),
        lambda person: population.rows_read(council.engine, person, PERIOD, "csv"),
        lambda person: standing.listed(council.engine, person),
    )
    for person in ("kim", "mo", "bev", "nia", "una", "nobody"):
        assert not seeing.may_see(council.engine, person)
        for act in acts:
            with pytest.raises(NotAllowed, match="audit periods belong to the Quality Assurance Team"):
                act(person)
    assert council.dump() == before


def test_the_analyst_sees_the_list_and_no_more(council):
    with pytest.raises(NotAllowed, match="the Social Care Research Analyst sees the population list"):
        draws.of_period(council.engine, "hal", PERIOD)
    assert standing.of_period(council.engine, "hal", PERIOD).parts == (seeing.LIST,)


def test_a_stand_in_sees_what_the_work_needs(council):
    """With all who run the periods away the work falls to somebody else, who must see it (I-06)."""
    for person in ("gail", "asha"):
        directory.record_absence(council.engine, "ian", person, at(2026, 12, 1).date(), at(2026, 12, 20).date())
    stand_ins = council.ask(lambda question: question.holders("Quality Assurance Team Administrator", None))
    assert stand_ins
    for person in stand_ins:
        assert seeing.may_see(council.engine, person)


def test_an_unknown_period_is_not_found_by_those_who_may(council):
    with pytest.raises(NotFound, match="no audit period 1999-01"):
        standing.of_period(council.engine, "asha", "1999-01")
    with pytest.raises(NotAllowed):
        standing.of_period(council.engine, "kim", "1999-01")
