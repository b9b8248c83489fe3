"""What pages and the runtime know of an element without its XML."""

import pytest

from tests.factories.diagrams import chain, end, extensions, properties, start, subprocess, user
from tests.factories.snapshots import deployed, errand

LOOK = user("look", due="working_days(5)", deadline="audit")
INSIDE = subprocess(
    "inside",
    start("in"),
    user("look", due="working_days(5)", deadline="audit").replace(
        "<bpmn:userTask", '<bpmn:userTask name="Look&#10; twice"'
    ),
    end("out"),
    chain("in", "look", "out"),
)
DEFINITION = deployed(errand(INSIDE, chain("begun", "inside", "hear"))).definition("errand")


def test_every_node_has_facts_in_document_order() -> None:
    assert list(DEFINITION.elements) == ["begun", "inside", "in", "look", "out", "hear", "done"]


def test_a_task_inside_a_sub_process() -> None:
    look = DEFINITION.elements["look"]
    assert (look.id, look.kind, look.name, look.process) == ("look", "userTask", "Look twice", "errand")
    assert (look.lane, look.form) == ("Practice Manager", "answer.json")
    assert (look.due, look.deadline, look.documentation) == ("working_days(5)", "audit", "Manual 7")


def test_an_event_without_form_or_lane() -> None:
    assert DEFINITION.start == DEFINITION.elements["begun"]
    assert (DEFINITION.start.form, DEFINITION.start.lane, DEFINITION.start.due) == (None, None, None)


@pytest.mark.parametrize(
    ("about", "with_case", "without_case"),
    [("", True, False), ("a case", True, False), ("no case", False, True), ("a case or none", True, True)],
)
def test_a_start_says_whether_it_is_about_a_case(about: str, with_case: bool, without_case: bool) -> None:
    said = extensions(properties(about=about)).encode() if about else b""
    drawing = errand(user("fetch"), chain("begun", "fetch", "hear"))
    begun = deployed(drawing.replace(b"</bpmn:startEvent>", said + b"</bpmn:startEvent>")).definition("errand").start
    assert (begun.with_case, begun.without_case) == (with_case, without_case)
