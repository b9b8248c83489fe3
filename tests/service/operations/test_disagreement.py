"""A disagreement about a remedial action: its rungs are on record, its outcome is carried out (section 10, M10)."""

import pytest

from engine.store import disagreements
from tests.factories.council import REMEDY
from tests.factories.doing import complete

CASE, OTHER = "CF-20931", "CF-30510"
ATTEMPT = "Attempt to resolve the disagreement"


@pytest.fixture
def disputed(council):
    """Mo disputes whether the second of three actions can be done; an action of another case has the same number."""
    for case in (OTHER, CASE):
        council.assign(case, "kim")
        council.authorise_audit(case, 3)
    given = {"action_number": 2, "disagreement_kind": "feasibility", "safeguarding": "no"}
    return council.begin("mo", "disagreement", CASE, **given)


def found(council, instance):
    return council.ask(lambda question: disagreements.find(question.connection, instance))


def action(council, number=2, case=CASE):
    return next(row for row in council.actions(case) if row.number == number)


def resolve(council, **given):
    complete(council, ATTEMPT, CASE, attempt_outcome="resolved", **given)


def test_what_is_disputed_is_on_record_with_who_and_when(council, disputed):
    row = found(council, disputed)
    assert (row.case_ref, row.action_number, row.kind, row.safeguarding) == (CASE, 2, "feasibility", False)
    assert (row.raised_by, row.raised_at) == ("mo", council.clock.now())
    assert [line["by"] for line in row.history] == ["mo"]


def test_raising_it_stops_no_clock(council, disputed):
    assert action(council).state == action(council, 1).state
    assert REMEDY in council.titles(CASE)


def test_an_action_that_stands_stays_as_it_was(council, disputed):
    before = council.actions(CASE)
    resolve(council, action_outcome="stands")
    assert council.actions(CASE) == before
    row = found(council, disputed)
    assert len(row.history) == 2
    assert row.state == row.history[-1]["state"]


def test_an_action_that_is_withdrawn_is_withdrawn_alone(council, disputed):
    resolve(council, action_outcome="withdrawn")
    assert action(council).state == "withdrawn"
    assert {action(council, n).state for n in (1, 3)} == {action(council, 2, OTHER).state}
    assert action(council, 2, OTHER).state != "withdrawn"


def test_an_action_that_is_changed_keeps_its_earlier_wording(council, disputed):
    resolve(council, action_outcome="changed", new_wording="Visit within the month")
    row = action(council)
    assert (row.what, row.details["earlier_wordings"]) == ("Visit within the month", ["Do the thing 2"])
    assert action(council, 2, OTHER).what == "Do the thing 2"
