"""The life of a remedial action: every state and every event, those of the table and no others (M6)."""

from itertools import product

import pytest

from engine.errors import NotAllowed, NotFound, NotNow
from engine.service.cases import actions
from engine.service.people import directory
from engine.store import actions as rows
from engine.store import cases
from tests.factories.council import REMEDY, at

CASE = "CF-20931"
# Manual section 10 and the state machine M6.
ALLOWED = {
    ("proposed", "opened"): "open",
    ("open", "work recorded"): "in progress",
    ("in progress", "work recorded"): "in progress",
    ("open", "signed off"): "completed",
    ("in progress", "signed off"): "completed",
    ("open", "management decision asked"): "awaiting management decision",
    ("in progress", "management decision asked"): "awaiting management decision",
    ("awaiting management decision", "management decision authorised"): "discharged by management decision",
    ("awaiting management decision", "management decision refused"): "open",
    ("awaiting management decision", "management decision withdrawn"): "open",
    ("discharged by management decision", "management decision revoked"): "open",
    ("open", "withdrawn"): "withdrawn",
    ("in progress", "withdrawn"): "withdrawn",
    ("awaiting management decision", "withdrawn"): "withdrawn",
    ("open", "case closed"): "dormant",
    ("in progress", "case closed"): "dormant",
    ("awaiting management decision", "case closed"): "dormant",
    ("dormant", "found feasible"): "open",
    ("dormant", "management decision asked"): "awaiting management decision",
    ("dormant", "found done"): "completed",
}
STATES = sorted({state for state, _ in ALLOWED} | set(ALLOWED.values()))
EVENTS = sorted({event for _, event in ALLOWED})


@pytest.fixture
def action(council):
    """The first of two remedial actions that are open, on the list of Mo."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    return council.actions(CASE)[0]


def test_every_transition_of_the_table_happens_and_every_other_is_refused(council, action):
    found, refused = {}, []
    for state, event in product(STATES, EVENTS):
        try:
            found[state, event] = council.run(lambda command, s=state, e=event: _tried(command, action, s, e))
        except NotNow as refusal:
            refused.append((state, event))
            assert refusal.sentence == (
                f"Remedial action 1 is not possible now: a remedial action that is {state} cannot be {event}."
            )
    assert found == ALLOWED
    assert len(refused) + len(found) == len(STATES) * len(EVENTS)


def _tried(command, action, state, event):
    rows.change(command.connection, action.id, {"state": state})
    return actions.change_state(command, rows.get(command.connection, action.id), event)


def test_a_change_of_state_is_on_record_and_touches_one_action(council, action):
    actions.record_work(council.engine, "nia", action.id, "visited the child")
    first, second = council.actions(CASE)
    assert (first.state, second.state) == ("in progress", "open")
    assert first.work == [{"by": "nia", "at": council.clock.now().isoformat(), "what": "visited the child"}]
    event = council.events(f"case {CASE}")[-1]
    assert event.details == {"action": 1, "audit": action.audit, "event": "work recorded", "state": "in progress"}


def test_a_sign_off_keeps_who_when_and_the_evidence(council, action):
    actions.record_work(council.engine, "nia", action.id, "visited")
    council.pass_to(at(2026, 12, 3))
    actions.sign_off(council.engine, "mo", action.id, "see record")
    row = council.actions(CASE)[0]
    assert (row.state, row.completed_by, row.completed_at) == ("completed", "mo", council.clock.now())
    assert [one["what"] for one in row.work] == ["visited", "see record"]


def test_signing_off_twice_is_refused_and_changes_nothing(council, action):
    actions.sign_off(council.engine, "mo", action.id)
    before = council.dump()
    with pytest.raises(NotNow, match="a remedial action that is completed cannot be signed off"):
        actions.sign_off(council.engine, "mo", action.id)
    assert council.dump() == before


def test_the_social_worker_signs_nothing_off(council, action):
    before = council.dump()
    with pytest.raises(NotAllowed, match="only the Practice Manager of the case signs off its remedial actions"):
        actions.sign_off(council.engine, "nia", action.id)
    assert council.dump() == before


def test_nothing_is_signed_off_after_the_activity_has_ended(council, action):
    for row in council.actions(CASE):
        actions.sign_off(council.engine, "mo", row.id)
    council.complete("mo", REMEDY, CASE)
    with pytest.raises(NotNow, match="its activity is not open"):
        actions.record_work(council.engine, "mo", action.id, "late")


def test_an_unknown_action_is_not_found(council, action):
    with pytest.raises(NotFound, match="no remedial action 4711"):
        actions.sign_off(council.engine, "mo", 4711)
    with pytest.raises(NotFound, match=f"no remedial action 9 of {CASE}"):
        council.ask(lambda question: actions.by_number(question, CASE, 9))


def test_an_action_is_found_by_its_number_on_the_newest_audit(council, action):
    for row in council.actions(CASE):
        actions.sign_off(council.engine, "mo", row.id)
    council.complete("mo", REMEDY, CASE)
    council.pass_to(at(2026, 12, 2))
    council.assign(CASE, "zoe")
    council.authorise_audit(CASE, 1)
    found = council.ask(lambda question: [actions.by_number(question, CASE, number).id for number in (1, 2)])
    old, new = council.actions(CASE)[1].id, council.actions(CASE)[2].id
    assert found == [new, old]


@pytest.mark.parametrize(
    ("last_day", "worker"), [((2026, 12, 14), "nia"), ((2026, 12, 18), "mo"), ((2027, 1, 8), "mo"), (None, "nia")]
)
def test_work_passes_to_the_manager_when_the_social_worker_is_away_for_half_of_the_time(
    council, action, last_day, worker
):
    if last_day is not None:
        directory.record_absence(council.engine, "mo", "nia", at(2026, 12, 1).date(), at(*last_day).date())
    assert council.ask(lambda question: actions.worker(question, action)) == worker


def test_a_case_without_a_social_worker_leaves_the_work_to_the_manager(council, action):
    council.run(lambda command: cases.change(command.connection, CASE, {"social_worker": None}))
    assert council.ask(lambda question: actions.worker(question, action)) == "mo"
