"""State in, state out: what a call refuses or fails at leaves the state it was given as true as before."""

import pytest

from engine.bpmn.runtime import stepper
from engine.errors import NotFound, NotNow, StepFailed
from tests.factories import diagrams as draw
from tests.factories.constructs import construct
from tests.factories.diagrams import (
    chain,
    end,
    gateway,
    script,
    service,
    start,
    subprocess,
    user,
)  # fmt: skip
from tests.factories.drawings import drawn
from tests.factories.running import Played


class Broken:
    """Operations that refuse with `error` until it is taken away, and how often they were asked."""

    def __init__(self, error) -> None:
        self.error = error
        self.asked = 0

    def operations(self, _moment):
        return {"notify": self._notify}

    def _notify(self, _data, **_parameters):
        self.asked += 1
        if self.error is not None:
            raise self.error


def told():
    return drawn(
        "told", start(), user("fetch"), service("tell", "notify", to='"Auditor"', notice='"assigned"'), user("carry"),
        end(), chain("begun", "fetch", "tell", "carry", "done"),
    )  # fmt: skip


def test_a_step_says_what_is_open_and_what_was_passed():
    played = Played(told())
    assert played.step.passed == ("begun",)
    (task,) = played.step.tasks
    assert (task.facts.id, task.facts.form, task.data["case"]) == ("fetch", "answer.json", "CF-20931")
    step = played.do("fetch", said="yes")
    assert step.passed == ("fetch", "tell")
    assert step.tokens == ("carry",)
    assert step.tasks[0].data["said"] == "yes"
    assert not step.finished
    assert played.do("carry").finished
    assert played.step.tasks == () == played.step.tokens


def test_an_unknown_process_is_not_found():
    played = Played(told())
    with pytest.raises(NotFound):
        stepper.begin(played.deployment, "nothing", {}, played.surroundings())


def test_completing_twice_is_not_possible():
    played = Played(told())
    key = played.key("fetch")
    played.complete(key)
    before = played.step
    with pytest.raises(NotNow, match="no longer open"):
        played.complete(key)
    assert played.step is before


def test_neither_future_nor_finished_nor_unknown_tasks_can_be_completed():
    played = Played(told())
    open_key = played.key("fetch")
    others = {task.id for task in played.loaded().tasks.values()} - {open_key} | {0, -1, 10**9}
    assert len(others) > 4
    for key in others:
        with pytest.raises(NotNow):
            played.complete(key)
    played.complete(open_key)


def test_a_task_that_was_interrupted_can_not_be_completed():
    played = Played(construct("a called process"))
    key = played.key("see_the_child")
    played.receive("recall")
    with pytest.raises(NotNow):
        played.complete(key)
    assert played.open == ["regret"]


def test_a_message_to_nobody_changes_nothing():
    played = Played(construct("an event-based gateway"))
    before = played.step
    for message in ("recal", "", "Recall"):
        with pytest.raises(NotNow, match="nothing waits for it"):
            played.receive(message, said="x")
    assert played.step is before
    assert played.receive("recall").finished
    with pytest.raises(NotNow):
        played.receive("recall")


def test_a_finished_process_is_not_woken_by_the_message_of_its_event_sub_process():
    played = Played(construct("an event sub-process"))
    played.receive("recall")
    assert played.open == ["answer", "fetch"]
    for element in ("fetch", "answer", "carry"):
        played.do(element)
    assert played.step.finished
    with pytest.raises(NotNow):
        played.receive("recall")


def test_an_event_sub_process_can_be_started_again_and_again():
    played = Played(construct("an event sub-process"))
    for _ in range(3):
        played.receive("recall")
    assert played.open == ["answer", "answer", "answer", "fetch"]


def test_what_an_operation_refuses_leaves_the_state_valid_and_a_retry_works():
    broken = Broken(NotNow(doing="Telling", reason="nobody is there"))
    played = Played(told(), operations=broken.operations)
    before = played.step
    with pytest.raises(NotNow, match="nobody is there"):
        played.do("fetch", said="yes")
    assert played.step is before
    broken.error = None
    assert played.do("fetch", said="yes").passed == ("fetch", "tell")
    assert broken.asked == 2


@pytest.mark.parametrize("error", [KeyError("gone"), TypeError("no"), ZeroDivisionError(), IndexError(3), ValueError()])
def test_an_operation_that_breaks_is_an_incident_and_names_its_element(error):
    broken = Broken(error)
    played = Played(told(), operations=broken.operations)
    with pytest.raises(StepFailed, match="errand stopped at tell"):
        played.do("fetch")
    broken.error = None
    assert played.do("fetch").tokens == ("carry",)


def test_a_failure_of_the_machine_is_not_mistaken_for_one_of_the_diagram():
    played = Played(told(), operations=Broken(OSError("the disk is full")).operations)
    with pytest.raises(OSError, match="the disk is full"):
        played.do("fetch")


def test_an_operation_that_nobody_knows_is_an_incident():
    played = Played(told(), operations=lambda _moment: {})
    with pytest.raises(StepFailed, match="errand stopped at tell: there is no service operation called notify"):
        played.do("fetch")


def test_an_answer_that_cannot_be_kept_is_an_incident():
    played = Played(told(), operations=lambda _moment: {"notify": lambda *_, **__: float("nan")})
    with pytest.raises(StepFailed, match="errand stopped at tell: a value of the kind float cannot be kept"):
        played.do("fetch")


@pytest.mark.parametrize(
    ("broken", "element"),
    [
        (script("work_it_out", "n = 1 / start"), "work_it_out"),
        (user("work_it_out", scripts=draw.before("n = missing")), "work_it_out"),
        (service("work_it_out", "notify", to="missing", notice='"assigned"'), "work_it_out"),
        (draw.catch("work_it_out", draw.timer("deadline(missing)")), "work_it_out"),
        (user("work_it_out", due="deadline(missing)"), "work_it_out"),
        (draw.rule("work_it_out", "weather"), "work_it_out"),
    ],
)
def test_owner_text_that_fails_is_an_incident_at_its_element_and_can_be_repeated(broken, element):
    played = Played(
        drawn("broken", start(), user("fetch"), broken, end(), chain("begun", "fetch", "work_it_out", "done")), sky=0
    )
    del played.step.tasks[0].data["sky"]
    before = played.step
    for _ in range(2):
        if "weather" in broken:
            assert played.do("fetch").finished
            return
        with pytest.raises(StepFailed, match=f"errand stopped at {element}"):
            played.do("fetch")
        assert played.step is before


def test_a_script_that_fails_half_way_leaves_nothing_behind():
    drawing = drawn(
        "half", start(), user("fetch"), script("count", "n = n + 1\nm = 1 / said"), end(),
        chain("begun", "fetch", "count", "done"),
    )  # fmt: skip
    played = Played(drawing)
    with pytest.raises(StepFailed):
        played.do("fetch", said=0)
    played.do("fetch", said=2)
    assert played.loaded().data["n"] == 1


def test_an_error_that_nothing_catches_is_an_incident():
    inside = subprocess("inside", start("in"), user("look"), end("lost", draw.error()), chain("in", "look", "lost"))
    played = Played(drawn("lost", start(), inside, end(), chain("begun", "inside", "done"), top=draw.ERROR))
    with pytest.raises(StepFailed, match="“lost” was thrown and nothing in the diagram catches it"):
        played.do("look")
    assert played.open == ["look"]


def test_a_terminating_end_is_no_lost_event():
    drawing = drawn(
        "given up", start(), gateway("split", "parallel"), user("fetch"), user("carry"),
        end("over", draw.on("terminate")), end(),
        chain("begun", "split", "fetch", "over"), chain("split", "carry", "done"),
    )  # fmt: skip
    played = Played(drawing)
    assert played.do("fetch").finished
    assert played.open == []


def test_a_task_inside_a_sub_process_of_a_called_process_is_known_by_its_own_diagram():
    inside = subprocess(
        "inside", start("in"), user("look", due="working_days(1)"), end("out"), chain("in", "look", "out")
    )
    visit = draw.diagram("visit", start("asked"), inside, end("seen"), chain("asked", "inside", "seen"))
    call = draw.element("callActivity", "call", calledElement="visit")
    played = Played(drawn("nested", start(), call, end(), chain("begun", "call", "done"), called=visit))
    (task,) = played.step.tasks
    assert (task.facts.id, task.facts.process, task.due) == ("look", "visit", "2026-12-02T23:59:59+00:00")
    assert played.do("look").finished


def test_when_a_boundary_ends_many_instances_their_timers_end_with_them():
    played = Played(construct("sub-processes at once, interrupted"))
    assert played.open == ["search"] * 3
    step = played.receive("recall")
    assert (step.finished, step.next_due, step.tasks) == (True, None, ())
