"""A diagram can be read: names, sources, stable ids, and a place on the page for everything."""

import pytest

from tests.factories.diagrams import bare, chain, diagram, end, flow, gateway, script, start, user
from tests.factories.policies import codes, problems

GOOD = diagram("errand", start(), user("fetch"), end(), chain("begun", "fetch", "done"))


def test_a_readable_diagram() -> None:
    assert codes(GOOD) == {}


def test_an_undrawn_undocumented_diagram() -> None:
    found = codes(bare("errand", start(), user("fetch"), end(), chain("begun", "fetch", "done")))
    assert found["fetch"] == {"no-name", "no-documentation", "no-shape", "no-lane"}
    assert found["begun_to_fetch"] == {"no-edge"}
    assert found["errand"] == {"no-name", "no-documentation"}


def test_a_shape_of_nothing() -> None:
    drawing = GOOD.replace(b'BPMNShape bpmnElement="fetch"', b'BPMNShape bpmnElement="forgotten"')
    assert codes(drawing) == {"fetch": {"no-shape"}, "forgotten": {"drawn-only"}}


def test_merging_gateways_need_no_name() -> None:
    merge = gateway("merge", name="")
    drawing = diagram(
        "errand", start(), gateway("choice", default="choice_to_merge"), script("note", "x = 1"), merge, end(),
        chain("begun", "choice", "merge", "done"), flow("choice", "note", "x > 1"), chain("note", "merge"),
    )  # fmt: skip
    assert codes(drawing) == {}


@pytest.mark.parametrize("identity", ["Activity_0abc12d", "Task1", "fetch-it", "activity_0x1ab2c", "_fetch"])
def test_ids_that_a_modeller_made_up(identity: str) -> None:
    drawing = GOOD.replace(b'"fetch"', f'"{identity}"'.encode()).replace(b">fetch<", f">{identity}<".encode())
    assert codes(drawing)[identity] == {"unstable-id"}


def test_generated_flow_ids() -> None:
    assert codes(GOOD.replace(b"begun_to_fetch", b"Flow_1a2b3c4"))["Flow_1a2b3c4"] == {"unstable-id"}


def test_an_id_used_twice() -> None:
    found = codes(GOOD.replace(b'endEvent id="done"', b'endEvent id="fetch"'))
    assert "repeated-id" in found["fetch"]


def test_a_process_is_called_like_its_file() -> None:
    assert [problem.code for problem in problems(GOOD, file="processes/trip.bpmn")] == ["process-id"]


def test_a_diagram_of_more_than_three_hundred_nodes() -> None:
    names = [f"step_{number}" for number in range(299)]
    steps = [script(name, "x = 1") for name in names]
    assert codes(diagram("errand", start(), *steps[:298], end(), chain("begun", *names[:298], "done"))) == {}
    assert codes(diagram("errand", start(), *steps, end(), chain("begun", *names, "done"))) == {"": {"too-many-nodes"}}
