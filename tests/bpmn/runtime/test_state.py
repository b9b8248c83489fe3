"""The state of an instance is small, keeps everything that counts, and nothing of the diagram."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.bpmn.runtime.state import plain
from engine.errors import StepFailed
from tests.factories.constructs import construct
from tests.factories.diagrams import chain, end, start, user
from tests.factories.drawings import drawn, ours
from tests.factories.running import BEGIN, Played
from tests.factories.runs import SERIALIZER, StockRun

KIB = 1024
scalars = (
    st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
)
values = st.recursive(
    scalars | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc_é", max_size=4), inner, max_size=4),
    max_leaves=12,
)
records = st.dictionaries(st.sampled_from(["said", "mood", "children", "start", "notes", "typename"]), values)


def kinds(value):
    """A picture of a value in which 1, 1.0 and True differ."""
    if isinstance(value, dict):
        return {key: kinds(one) for key, one in value.items()}
    return [kinds(one) for one in value] if isinstance(value, list) else (type(value), value)


def two_tasks():
    return drawn("two tasks", start(), user("fetch"), user("carry"), end(), chain("begun", "fetch", "carry", "done"))


@given(records, records)
@settings(max_examples=200)
def test_data_of_every_kind_comes_back_as_it_was(first, second):
    played = Played(two_tasks())
    played.do("fetch", **first)
    played.do("carry", **second)
    data = played.loaded().data
    assert kinds(data) == kinds({**played.drawing.facts, **first, **second})


@given(records, records)
@settings(max_examples=100)
def test_a_task_that_was_not_touched_keeps_its_data(first, second):
    played = Played(construct("parallel branches"), **first)
    before = {task.facts.id: kinds(dict(task.data)) for task in played.step.tasks}
    played.do("ask_mother", **second)
    left = played.loaded()
    (task,) = [one for one in left.tasks.values() if one.task_spec.name == "ask_school"]
    assert kinds(task.data) == before["ask_school"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1: "one"}, {"deep": [object()]}, {"set": {1}}])
def test_what_json_cannot_keep_is_refused_at_the_door(value):
    with pytest.raises(ValueError, match="cannot be kept in a process"):
        plain({"said": value})
    played = Played(two_tasks())
    before = played.step
    with pytest.raises(StepFailed, match="cannot be kept in a process"):
        played.do("fetch", said=value)
    assert played.step is before
    with pytest.raises(StepFailed, match="cannot be kept in a process"):
        Played(two_tasks(), said=value)


def test_the_caller_keeps_its_own_values():
    said = {"words": ["one"]}
    played = Played(two_tasks(), said=said)
    played.do("fetch", said={"words": ["two", "three"], "more": True})
    played.do("carry")
    assert said == {"words": ["one"]}


def test_a_waiting_audit_takes_at_most_two_kibibytes_even_after_two_deferments():
    played = Played(ours("case_audit"))
    assert len(played.step.state) <= 2 * KIB
    for day in ("2026-12-21", "2027-02-01"):
        played.receive("Deferment granted", start=day)
        assert len(played.step.state) <= 2 * KIB
    assert played.open == ["audit_case_record"]


def test_the_diagram_is_no_part_of_the_state():
    drawing = ours("case_audit")
    stock = StockRun(drawing, drawing.facts, BEGIN, seed=0, serialized=False)
    assert len(Played(drawing).step.state) < len(SERIALIZER.serialize_json(stock.workflow)) / 20


def test_a_state_read_and_written_again_stays_the_same():
    for name in ("everything", "sub-processes at once, interrupted", "an event-based gateway"):
        played = Played(construct(name))
        assert played.advance(played.now).state == played.step.state
        before = played.step.state
        assert played.advance(played.now).state == before


@pytest.mark.parametrize("state", [b"", b"not a state", b"\x28\xb5\x2f\xfd" + bytes(20)])
def test_a_damaged_state_is_an_incident(state):
    played = Played(two_tasks())
    object.__setattr__(played.step, "state", state)
    with pytest.raises(StepFailed, match="its state cannot be read"):
        played.do("fetch")
