"""The demonstration: two months lived through the service, with work left for those who look at it."""

import pytest

from engine.service import accounts, inbox
from engine.service.clock import VirtualClock
from engine.service.composition import open_council
from tests.factories.council import at
from webapp.demo import past
from webapp.demo.running import whose_work


@pytest.fixture(scope="module", params=[at(2026, 11, 23, 16), at(2027, 1, 4, 8), at(2028, 2, 29, 12)])
def lived(request):
    engine = open_council("sqlite://", VirtualClock(request.param))
    engine.database.create_tables()
    past.live(engine)
    yield engine
    engine.database.close()


def open_work(engine):
    return {
        (person.username, task.element)
        for person in accounts.everybody(engine)
        for task in (row.task for row in inbox.open_inbox(engine, person.username).rows)
    }


def test_the_newest_period_waits_for_its_list(lived):
    assert ("hal", "upload_population_list") in open_work(lived)


def test_there_is_work_at_every_stage(lived):
    stages = {element for _, element in open_work(lived)}
    assert {"audit_case_record", "complete_remedial_actions"} <= stages


def test_whoever_shows_it_is_told_who_to_sign_in_as(lived):
    assert any(line.startswith("Hal") for line in whose_work(lived))


def test_everything_that_happened_was_done_by_somebody_or_the_clock(lived):
    assert lived.ask(lambda question: question.now) == lived.clock.now()
