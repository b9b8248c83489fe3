"""No task waits for ever for somebody who has left (I-06)."""

from engine.bpmn.decisions.decision import read_decision
from engine.bpmn.lint.leavers import leavers_in
from tests.factories import diagrams as draw
from tests.factories.council import policy
from tests.factories.policies import problems

LEFT = '<bpmn:message id="left_message" name="guest left" />'


def errand(lane, *parts, top=""):
    """Somebody of a lane waits, with these parts at the edge of their task."""
    return draw.diagram(
        "errand",
        draw.start(),
        draw.user("wait"),
        draw.end(),
        *parts,
        draw.chain("begun", "wait", "done"),
        top=top,
        lanes={lane: ("begun", "wait", "done", *(("gone", "ended") if parts else ()))},
    )


def edge(definition, *, interrupting=True):
    return (
        draw.boundary("gone", "wait", definition, interrupting=interrupting),
        draw.end("ended"),
        draw.chain("gone", "ended"),
    )


HEARD = '<bpmn:messageEventDefinition id="gone_definition" messageRef="left_message" />'


def stays(content):
    return [one.code for one in problems(content) if one.code == "stays-with-leaver"]


def test_a_task_by_name_hears_that_its_person_has_left():
    assert stays(errand("Guest")) == ["stays-with-leaver"]
    assert stays(errand("Guest", *edge(HEARD), top=LEFT)) == []


def test_another_event_or_one_that_does_not_end_the_task_is_not_enough():
    assert stays(errand("Guest", *edge(draw.timer("working_days(5)")))) == ["stays-with-leaver"]
    assert stays(errand("Guest", *edge(HEARD, interrupting=False), top=LEFT)) == ["stays-with-leaver"]


def test_where_no_message_is_named_anything_that_ends_the_task_will_do():
    assert stays(errand("Lodger")) == ["stays-with-leaver"]
    assert stays(errand("Lodger", *edge(draw.timer("working_days(5)")))) == []


def test_work_of_a_post_follows_the_post():
    assert stays(errand("Practice Manager")) == []


def test_the_lanes_by_name_and_their_messages_are_read_off_the_table():
    found = leavers_in(read_decision("posts.dmn", policy()["processes/posts.dmn"]))
    assert found["Auditor"] == "Auditor left"
    assert "Practice Manager" not in found
    assert leavers_in(None) == {}
