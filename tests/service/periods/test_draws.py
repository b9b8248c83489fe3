"""The draw on the page: repeated on the spot, with what was changed named, and taken away as files on record (I-07)."""

import pytest
from sqlalchemy import delete, update

from engine.errors import NotNow
from engine.service.periods import draws
from engine.store.schema.council import cycle, frame
from tests.service.monthly import PERIOD, assigned, draw, period, release


def test_before_the_draw_there_is_nothing_to_repeat(council):
    before = council.dump()
    assert draws.of_period(council.engine, "asha", PERIOD).row.certificate is None
    for act in (draws.repeat, draws.certificate, draws.frame):
        with pytest.raises(NotNow, match="no sample has been drawn yet"):
            act(council.engine, "asha", PERIOD)
    assert council.dump() == before


def test_drawing_again_is_the_same_and_on_record(council):
    draw(council)
    found = draws.repeat(council.engine, "ian", PERIOD).repetition
    assert found.is_same
    assert found.cases == 14
    event = council.events(f"cycle {PERIOD}")[-1]
    assert (event.actor, event.kind) == ("ian", "drawn again")
    assert event.details == {"same": True, "differing": None, "seed": period(council).certificate["seed"]}


def test_a_case_swapped_in_the_database_is_found(council):
    draw(council)
    certificate = period(council).certificate
    area = next(iter(certificate["strata"]))
    drawn = certificate["strata"][area]["cases"]
    put = council.ask(lambda question: question.connection.execute(
        frame.select().where(frame.c.stratum == area, frame.c.case_ref.not_in(drawn))
    ).first()).case_ref  # fmt: skip
    left, certificate["strata"][area]["cases"][0] = drawn[0], put
    forged = update(cycle).where(cycle.c.id == PERIOD).values(certificate=certificate)
    council.run(lambda command: command.connection.execute(forged) and None)
    found = draws.repeat(council.engine, "asha", PERIOD).repetition
    assert not found.is_same
    own = next(one for one in found.strata if one.stratum == area)
    assert (own.only_certified, own.only_repeated) == ((put,), (left,))
    assert council.events(f"cycle {PERIOD}")[-1].details["same"] is False


def test_every_draw_is_told_with_its_reason(council):
    draw(council)
    first = period(council).certificate["seed"]
    release(council, outcome="draw_again", reason="an auditor fell ill")
    found = draws.of_period(council.engine, "asha", PERIOD)
    assert [(one.by, one.reason) for one in found.draws] == [("Gail", None), ("Gail", "an auditor fell ill")]
    assert [one.seed for one in found.draws] == [first, found.row.certificate["seed"]]
    assert found.row.capacity["minimum"] == 2


def test_certificate_and_list_are_taken_away_on_record(council):
    draw(council)
    assert draws.certificate(council.engine, "asha", PERIOD) == period(council).certificate
    cases = draws.frame(council.engine, "asha", PERIOD)
    assert sum(map(len, cases.values())) == 28
    told = [event.details for event in council.events(f"cycle {PERIOD}") if event.kind == "exported"]
    assert told == [{"what": "certificate", "form": "json"}, {"what": "frame", "form": "json"}]


def test_nothing_of_the_hidden_selection_is_on_the_certificate(council):
    draw(council)
    text = str(draws.certificate(council.engine, "ian", PERIOD))
    assert "rank" not in text
    assert "selected" not in text
    assert any(row.selected for row in assigned(council))


def test_an_erased_list_cannot_be_drawn_from(council):
    draw(council)
    erased = delete(frame).where(frame.c.cycle == PERIOD)
    council.run(lambda command: command.connection.execute(erased) and None)
    with pytest.raises(NotNow, match="has been erased"):
        draws.repeat(council.engine, "asha", PERIOD)
