"""No branch silently loses what another has set."""

from tests.factories.diagrams import (
    EACH_CHILD,
    MESSAGE,
    after,
    boundary,
    chain,
    diagram,
    element,
    end,
    extensions,
    flow,
    gateway,
    message,
    repeated,
    rule,
    script,
    service,
    start,
    subprocess,
    timer,
    user,
)
from tests.factories.policies import codes, model, problems
from tests.factories.stock import complete, send_message, stock, stock_library


def fork(one: str, two: str, *before: str) -> bytes:
    """One task `first`, another `second`, in parallel, after a script `prepare`."""
    return diagram(
        "errand", start(), *(before or [script("prepare", "ready = True")]), gateway("split", "parallel"), one, two,
        gateway("join", "parallel"), end(), chain("begun", "prepare", "split", "first", "join", "done"),
        chain("split", "second", "join"),
    )  # fmt: skip


def after_task(identity: str, code: str) -> str:
    return user(identity, scripts=after(code))


def test_branches_with_variables_of_their_own() -> None:
    assert codes(fork(script("first", "left = 1"), script("second", "right = 2"))) == {}


def test_a_variable_set_before_and_in_a_branch_is_set_back_by_the_branch_that_ends_last() -> None:
    drawing = fork(after_task("first", "grade = 4"), element("manualTask", "second"), script("prepare", "grade = 1"))
    assert codes(drawing) == {"join": {"branch-overwrites"}}
    with stock_library():
        workflow = stock(drawing)
        complete(workflow, "first")
        complete(workflow, "second")
        assert workflow.data["grade"] == 1


def test_a_variable_set_in_two_branches() -> None:
    (problem,) = problems(fork(script("first", "grade = 1"), script("second", "grade = 2")))
    assert (problem.element, problem.code) == ("join", "branch-overwrites")
    assert "grade is set in two of its branches" in problem.message


def test_forms_tables_services_and_repetitions_set_variables_too() -> None:
    everything = [
        user("second").replace("answer.json", "grading.json"),
        rule("second", "weather"),
        service("second", "record_audit", result="outcome"),
        user("second", repeated(EACH_CHILD)),
    ]
    for other, name in zip(everything, ["grade", "umbrella", "outcome", "seen"], strict=True):
        assert codes(fork(script("first", f"{name} = 1"), other)) == {"join": {"branch-overwrites"}}


def test_entries_of_repetitions_belong_to_each_instance() -> None:
    for name in ("children", "child", "view"):
        assert codes(fork(user("first", repeated(EACH_CHILD)), script("second", f"{name} = 1"))) == {}


def test_a_branch_that_leaves_its_task_by_a_boundary_event_is_still_a_branch() -> None:
    drawing = diagram(
        "errand", start(), script("prepare", "grade = 1"), gateway("split", "parallel"), user("first"),
        boundary("late", "first", timer("working_days(5)")), script("regrade", "grade = 2"), gateway("merge"),
        user("second"), gateway("join", "parallel"), end(),
        chain("begun", "prepare", "split", "first", "merge", "join", "done"), chain("late", "regrade", "merge"),
        chain("split", "second", "join"),
    )  # fmt: skip
    assert codes(drawing) == {"join": {"branch-overwrites"}}


def test_a_branch_that_only_a_boundary_event_leads_to() -> None:
    drawing = diagram(
        "errand", start(), script("prepare", "grade = 1"), user("fetch"),
        boundary("soon", "fetch", timer("working_days(5)"), interrupting=False), script("regrade", "grade = 2"),
        gateway("join", "parallel"), end(), chain("begun", "prepare", "fetch", "join", "done"),
        chain("soon", "regrade", "join"),
    )  # fmt: skip
    assert codes(drawing) == {"join": {"branch-overwrites", "deadlock"}}


def test_variables_of_a_sub_process_are_set_by_it() -> None:
    inside = subprocess("second", start("in"), script("look", "grade = 2"), end("out"), chain("in", "look", "out"))
    assert codes(fork(script("first", "grade = 1"), inside)) == {"join": {"branch-overwrites"}}


def loop(first: str, second: str) -> bytes:
    return diagram(
        "errand", start(), gateway("again"), gateway("split", "parallel"), first, second, gateway("join", "parallel"),
        gateway("enough", default="enough_to_done"), end(),
        chain("begun", "again", "split", "first", "join", "enough", "done"), chain("split", "second", "join"),
        flow("enough", "again", "again_please"),
    )  # fmt: skip


def test_in_a_loop_the_branches_set_before_what_they_set_again() -> None:
    drawing = loop(after_task("first", "left = answer"), user("second"))
    assert codes(drawing) == {"join": {"branch-overwrites"}}
    with stock_library():
        workflow = stock(drawing)
        for answer in (1, 2):
            complete(workflow, "first", answer=answer)
            complete(workflow, "second", again_please=answer == 1)
        assert workflow.data["left"] == 1


def test_a_loop_back_before_the_split_does_not_mix_the_branches() -> None:
    assert codes(loop(user("first"), user("second"))) == {}


def beside(after: str, count: str = "reminders = 1") -> bytes:
    return diagram(
        "errand", start(), user("fetch"), boundary("soon", "fetch", timer("working_days(5)"), interrupting=False),
        script("count", count), end("reminded"), script("weigh", after), end(),
        chain("begun", "fetch", "weigh", "done"), chain("soon", "count", "reminded"),
    )  # fmt: skip


def test_what_is_set_beside_the_main_way_is_not_seen_on_it() -> None:
    assert codes(beside("total = reminders + 1")) == {"weigh": {"out-of-sight"}}


def test_what_is_set_beside_the_main_way_may_be_used_there() -> None:
    assert codes(beside("total = 1", count="reminders = 1\nloud = reminders > 2")) == {}


def test_what_is_also_set_on_the_main_way_may_be_read_there() -> None:
    assert codes(beside("reminders = 2\ntotal = reminders")) == {}


def test_what_an_event_sub_process_sets_is_not_seen_outside() -> None:
    alarm = subprocess(
        "alarm", start("raised", message(), isInterrupting="false"), script("note", "alarmed = True"),
        end("answered"), chain("raised", "note", "answered"), triggeredByEvent="true",
    )  # fmt: skip
    drawing = diagram(
        "errand", start(), user("fetch"), script("weigh", "calm = not alarmed"), end(), alarm,
        chain("begun", "fetch", "weigh", "done"), top=MESSAGE,
    )  # fmt: skip
    assert codes(drawing) == {"weigh": {"out-of-sight"}}


KEEPS = '<bpmn:messageEventDefinition messageRef="message_recall">{}</bpmn:messageEventDefinition>'
NAMED = extensions("<spiffworkflow:messageVariable>call</spiffworkflow:messageVariable>")
LOUD = model(
    diagram(
        "caller", start("left"), service("call", "send_message", message='"recall"', process='"errand"', why='"rain"'),
        end("home"), chain("left", "call", "home"),
    ),
    "processes/caller.bpmn",
)  # fmt: skip


def hearing(definition: str) -> bytes:
    hear = element("intermediateCatchEvent", "hear", definition)
    return diagram("errand", start(), hear, end(), chain("begun", "hear", "done"), top=MESSAGE)


def test_facts_that_come_with_a_message_are_kept_in_a_variable() -> None:
    assert codes(hearing(KEEPS.format(NAMED)), LOUD) == {}
    assert codes(hearing(message())) == {}


def test_facts_that_come_with_a_message_are_dropped_without_one() -> None:
    assert codes(hearing(message()), LOUD) == {"hear": {"payload-dropped"}}
    with stock_library():
        workflow = stock(hearing(message()))
        send_message(workflow, why="rain")
        assert "rain" not in str(workflow.data)
