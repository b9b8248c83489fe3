"""Every diagram can be drawn: each node has its place, and frames lie behind."""

import pytest

from engine.bpmn.model import read_model
from engine.bpmn.picture import picture_of
from tests.factories.council import ROOT

DRAWINGS = sorted((ROOT / "processes").glob("*.bpmn"))


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_every_node_and_flow_of_the_policy_is_on_its_picture(path) -> None:
    content = path.read_bytes()
    model, picture = read_model(path.name, content), picture_of(content)
    assert {shape.id for shape in picture.shapes if not shape.is_frame} >= set(model.nodes)
    assert {line.id for line in picture.lines} >= {flow.get("id") for flow in model.of_kind("sequenceFlow")}


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_everything_lies_inside_the_frame(path) -> None:
    picture = picture_of(path.read_bytes())
    frame = picture.frame
    for shape in picture.shapes:
        assert frame.x <= shape.box.x and shape.box.x + shape.box.width <= frame.x + frame.width
        assert frame.y <= shape.box.y and shape.box.y + shape.box.height <= frame.y + frame.height


def test_frames_come_first_and_events_say_what_they_wait_for() -> None:
    picture = picture_of((ROOT / "processes" / "case_audit.bpmn").read_bytes())
    behind = [shape.is_frame for shape in picture.shapes]
    assert behind == sorted(behind, reverse=True)
    edge = {shape.id: (shape.event, shape.interrupting) for shape in picture.shapes if shape.kind == "boundaryEvent"}
    assert edge["deferment_granted"] == ("message", True)
    assert ("timer", False) in edge.values()
