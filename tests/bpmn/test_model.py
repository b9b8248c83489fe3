"""A BPMN file read once: nodes, flows and lanes."""

import pytest

from engine.bpmn.model import kind, read_model, title
from engine.errors import Unreadable
from tests.factories.diagrams import MESSAGE, boundary, chain, diagram, end, message, start, subprocess, user
from tests.factories.policies import model

INSIDE = subprocess("inside", start("in"), user("look"), end("out"), chain("in", "look", "out"))
DRAWING = model(
    diagram(
        "errand", start(), user("fetch"), boundary("heard", "fetch", message()), INSIDE, end(), end("left"),
        chain("begun", "fetch", "inside", "done"), chain("heard", "left"), top=MESSAGE,
        lanes={"Auditor": ["fetch", "inside"], "Practice Manager": ["look"]},
    )
)  # fmt: skip


def test_nodes_and_flows_of_the_whole_file() -> None:
    assert DRAWING.process_id == "errand"
    assert set(DRAWING.nodes) == {"begun", "fetch", "heard", "inside", "in", "look", "out", "done", "left"}
    assert "in_to_look" in DRAWING.flows


def test_neighbours() -> None:
    fetch = DRAWING.nodes["fetch"]
    assert [title(one) for one in DRAWING.successors(fetch)] == ["Inside", "Heard"]
    assert DRAWING.host(DRAWING.nodes["heard"]) is fetch
    assert [kind(DRAWING.source(flow)) for flow in DRAWING.incoming(fetch)] == ["startEvent"]


def test_the_innermost_lane_wins_and_a_sub_process_lends_its_own() -> None:
    assert DRAWING.lane(DRAWING.nodes["look"]) == "Practice Manager"
    assert DRAWING.lane(DRAWING.nodes["in"]) == "Auditor"
    assert DRAWING.lane(DRAWING.nodes["begun"]) is None


def test_problems_are_named_at_the_node_they_belong_to() -> None:
    definition = DRAWING.of_kind("messageEventDefinition")[0]
    assert DRAWING.problem(definition, "x", "y").element == "heard"
    assert DRAWING.problem(None, "x", "y").element == ""


@pytest.mark.parametrize(
    "content", [b"<definitions/>", b"<a>", b'<process xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>']
)
def test_what_is_no_bpmn_file(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_model("processes/errand.bpmn", content)
