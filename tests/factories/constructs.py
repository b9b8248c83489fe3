"""A drawing for each construct that the council's processes may use, whether they do or not."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from tests.factories import diagrams as draw
from tests.factories.diagrams import chain, end, flow, gateway, script, start, subprocess, timer, user
from tests.factories.drawings import drawn, given
from tests.factories.everything import EVERYTHING
from tests.factories.running import Choices, Drawing

VIEWED: Mapping[str, Choices] = {one: {"view": ("seen", {"by": "nia"})} for one in ("look", "visit_child")}


def _everything() -> Drawing:
    # Its script says which children there are, so that nobody is ever lost.
    out_of_reach = frozenset(("lost", "not_found", "given_up"))
    return replace(given("everything", EVERYTHING, at=VIEWED), out_of_reach=out_of_reach)


def _in_a_subprocess() -> Drawing:
    inner = subprocess("deeper", start("deep_in"), user("dig"), end("deep_out"), chain("deep_in", "dig", "deep_out"))
    return drawn(
        "sub-processes",
        start(),
        subprocess(
            "inside",
            start("in"),
            user("look"),
            gateway("found", default="found_to_deeper"),
            inner,
            end("lost", draw.error()),
            end("out"),
            chain("in", "look", "found", "deeper", "out"),
            flow("found", "lost", 'mood == "lost"'),
        ),
        draw.boundary("too_late", "inside", timer("working_days(5)")),
        draw.boundary("not_found", "inside", draw.error()),
        user("after"),
        user("rescue"),
        end(),
        end("late"),
        end("rescued"),
        chain("begun", "inside", "after", "done"),
        chain("too_late", "late"),
        chain("not_found", "rescue", "rescued"),
        top=draw.ERROR,
        mood=("fine", "fine", "lost"),
    )


def _called() -> Drawing:
    visit = draw.diagram(
        "visit",
        start("asked"),
        user("see_the_child"),
        draw.boundary("slow", "see_the_child", timer("working_days(2)"), interrupting=False),
        script("note", "seen = said"),
        end("noted"),
        end("told"),
        chain("asked", "see_the_child", "note", "noted"),
        chain("slow", "told"),
    )
    return drawn(
        "a called process",
        start(),
        draw.element("callActivity", "visit_them", calledElement="visit"),
        draw.boundary("called_off", "visit_them", draw.message()),
        gateway("again", default="again_to_done"),
        user("regret"),
        gateway("once_more"),
        end(),
        end("sorry"),
        chain("begun", "once_more", "visit_them", "again", "done"),
        flow("again", "once_more", "more"),
        chain("called_off", "regret", "sorry"),
        top=draw.MESSAGE,
        called=visit,
        more=(True, False),
    )


def _each_in_turn() -> Drawing:
    return drawn(
        "instances in turn",
        start(),
        user("visit_child", draw.repeated(draw.EACH_CHILD, isSequential="true")),
        draw.boundary("called_off", "visit_child", draw.message()),
        user("sum_up"),
        end("left"),
        end(),
        chain("begun", "visit_child", "sum_up", "done"),
        chain("called_off", "left"),
        top=draw.MESSAGE,
        at=VIEWED,
    )


def _all_at_once() -> Drawing:
    return drawn(
        "instances at once",
        start(),
        user("visit_child", draw.repeated(draw.EACH_CHILD)),
        draw.boundary("late", "visit_child", timer("working_days(4)")),
        user("sum_up"),
        end("left"),
        end(),
        chain("begun", "visit_child", "sum_up", "done"),
        chain("late", "left"),
        at=VIEWED,
    )


def _interrupted_instances() -> Drawing:
    nested = subprocess("room", start("enter"), user("search"), end("leave"), chain("enter", "search", "leave"))
    each = subprocess(
        "house",
        draw.repeated(draw.EACH_CHILD),
        start("in"),
        nested,
        draw.boundary("long_search", "room", timer("working_days(1)"), interrupting=False),
        script("view_it", "view = said"),
        end("out"),
        end("told"),
        chain("in", "room", "view_it", "out"),
        chain("long_search", "told"),
    )
    return drawn(
        "sub-processes at once, interrupted",
        start(),
        subprocess("street", start("go"), each, end("come"), chain("go", "house", "come")),
        draw.boundary("called_off", "street", draw.message()),
        draw.boundary("late", "street", timer("working_days(3)")),
        user("sum_up"),
        user("excuse"),
        end(),
        end("left"),
        end("ended"),
        chain("begun", "street", "sum_up", "done"),
        chain("called_off", "left"),
        chain("late", "excuse", "ended"),
        top=draw.MESSAGE,
    )


def _hotline() -> Drawing:
    alarm = subprocess(
        "alarm",
        start("raised", draw.message(), isInterrupting="false"),
        user("answer"),
        draw.boundary("unanswered", "answer", timer('"P2D"', "timeDuration"), interrupting=False),
        end("answered"),
        end("passed_on"),
        chain("raised", "answer", "answered"),
        chain("unanswered", "passed_on"),
        triggeredByEvent="true",
    )
    return drawn(
        "an event sub-process",
        start(),
        user("fetch"),
        user("carry"),
        end(),
        alarm,
        chain("begun", "fetch", "carry", "done"),
        top=draw.MESSAGE,
    )


def _branches() -> Drawing:
    return drawn(
        "parallel branches",
        start(),
        gateway("split", "parallel"),
        user("ask_mother"),
        user("ask_school"),
        script("note_school", "school = said"),
        draw.catch("week_over", timer("working_days(5)")),
        draw.service("remind", "notify", to='"Auditor"', notice='"assigned"'),
        gateway("join", "parallel"),
        user("sum_up"),
        end(),
        chain("begun", "split", "ask_mother", "join", "sum_up", "done"),
        chain("split", "ask_school", "note_school", "join"),
        chain("split", "week_over", "remind", "join"),
    )


def _hearers() -> Drawing:
    return drawn(
        "branches that hear one message",
        start(),
        gateway("split", "parallel"),
        user("fetch"),
        gateway("which", default="which_to_other"),
        user("other"),
        gateway("either"),
        draw.catch("late", draw.message()),
        draw.service("tell_late", "notify", to='"Auditor"', notice='"late"'),
        draw.catch("early", draw.message()),
        draw.service("tell_early", "notify", to='"Auditor"', notice='"early"'),
        gateway("join", "parallel"),
        end(),
        chain("begun", "split", "fetch", "which", "other", "either", "late", "tell_late", "join", "done"),
        flow("which", "either", "more"),
        chain("split", "early", "tell_early", "join"),
        top=draw.MESSAGE,
        more=(True, False),
    )


def _crossroads() -> Drawing:
    return drawn(
        "an event-based gateway",
        start(),
        gateway("round"),
        gateway("race", "eventBased"),
        draw.catch("called", draw.message()),
        draw.catch("shouted", '<bpmn:messageEventDefinition messageRef="message_shout"/>'),
        draw.catch("waited", timer("working_days(3)")),
        user("think"),
        end("left"),
        end(),
        chain("begun", "round", "race", "called", "left"),
        chain("race", "shouted", "think", "round"),
        chain("race", "waited", "done"),
        top=draw.MESSAGE + '<bpmn:message id="message_shout" name="shout"/>',
    )


def _rounds() -> Drawing:
    return drawn(
        "rounds",
        start(),
        gateway("again"),
        script("count", "n = n + 1"),
        user("look", scripts=draw.before("level = n") + draw.after("level = level + 1")),
        gateway("enough", default="enough_to_again"),
        end(),
        chain("begun", "again", "count", "look", "enough", "again"),
        flow("enough", "done", "n >= 4"),
    )


def _timers() -> Drawing:
    return drawn(
        "timers on one task",
        start(),
        user("work"),
        draw.boundary("half_time", "work", timer("working_days(2)"), interrupting=False),
        draw.boundary("soon", "work", timer('"P6D"', "timeDuration"), interrupting=False),
        draw.boundary("over", "work", timer("working_days(8)")),
        draw.boundary("far_over", "work", timer("working_days(9)")),
        user("nudge"),
        script("note", "noted = now()"),
        user("explain"),
        end("nudged"),
        end("noted_down"),
        end("explained"),
        end("closed"),
        end(),
        chain("begun", "work", "done"),
        chain("half_time", "nudge", "nudged"),
        chain("soon", "note", "noted_down"),
        chain("over", "explain", "explained"),
        chain("far_over", "closed"),
    )


CONSTRUCTS: Mapping[str, Callable[[], Drawing]] = {
    "everything": _everything,
    "sub-processes": _in_a_subprocess,
    "a called process": _called,
    "instances in turn": _each_in_turn,
    "instances at once": _all_at_once,
    "sub-processes at once, interrupted": _interrupted_instances,
    "an event sub-process": _hotline,
    "parallel branches": _branches,
    "branches that hear one message": _hearers,
    "an event-based gateway": _crossroads,
    "rounds": _rounds,
    "timers on one task": lambda: replace(_timers(), out_of_reach=frozenset(("far_over", "closed"))),
}


@cache
def construct(name: str) -> Drawing:
    """A drawing of a construct that the council's processes may use, whether they do or not."""
    return CONSTRUCTS[name]()
