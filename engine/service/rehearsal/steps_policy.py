"""Phrases about varying the policy."""

import re
from datetime import date

from lxml import etree

from engine.errors import NotDeployable
from engine.service.policy import variations
from engine.service.rehearsal.acting import complete_titled, expect_same, start
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, StoryError, Table, UnmetError
from engine.service.rehearsal.stage import STORY, Stage

PROCESS, CONSIDER, SIGN_OFF = "policy_variation", "Consider the policy variation", "Sign off the policy variation"
DEADLINES = "processes/deadlines.dmn"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


@say("{person} proposes a policy variation setting {quoted} to {number} working days on {when}")
def proposes(stage: Stage, _table: Table | None, name: str, activity: str, days: int, when: Moment) -> None:
    """Propose another length for a row of the table of deadlines."""
    stage.move_to(when)
    table = variations.in_force(stage.engine)[DEADLINES].decode()
    changed, count = re.subn(_row_of(activity), rf"\g<1>{days}\g<2>", table, flags=re.DOTALL)
    if count != 1:
        raise StoryError(f"The table of deadlines has no row for “{activity}”.")
    kept = variations.keep(stage.engine, stage.person(name), {DEADLINES: changed.encode()})
    given = {"variation_title": f"{days} working days for {activity}", "variation_upload": kept}
    start(stage, name, PROCESS, {"proposer": stage.person(name)}, given)


def _row_of(activity: str) -> str:
    return rf'(<text>"{re.escape(activity)}"</text>\s*</inputEntry>\s*<outputEntry[^>]*>\s*<text>)\d+(</text>)'


@say("the Performance Management Meeting considers the policy variation on {when}")
def meeting_considers(stage: Stage, _table: Table | None, when: Moment) -> None:
    """Record that the meeting considered it."""
    stage.move_to(when)
    task = stage.task(CONSIDER)
    given = {"considered_how": "at_meeting", "meeting_view": "supported"}
    complete_titled(stage, stage.name(stage.holders(task)[0]), CONSIDER, None, None, given)


@say("{person} signs off the policy variation on {when}, in force from {day}")
def signs_off(stage: Stage, _table: Table | None, name: str, when: Moment, day: date) -> None:
    """Sign it off, in force from a day on."""
    given = {"sign_off_outcome": "approve", "in_force_from": day.isoformat()}
    complete_titled(stage, name, SIGN_OFF, None, when, given)


@say("{person} signs off the policy variation on {when}, in force from {day}, moving running work")
def signs_off_and_moves(stage: Stage, _table: Table | None, name: str, when: Moment, day: date) -> None:
    """Sign it off, in force from a day on, when work that is under way moves to it."""
    given = {"sign_off_outcome": "approve", "in_force_from": day.isoformat(), "in_flight": "migrate"}
    complete_titled(stage, name, SIGN_OFF, None, when, given)


@say("the policy in force still gives {number} working days for {quoted}")
def still_gives(stage: Stage, _table: Table | None, days: int, activity: str) -> None:
    """Ask the table of deadlines of the policy in force."""
    row = stage.ask(lambda question: question.decide("deadlines", activity=activity))
    expect_same((row.get("length"), row.get("unit")), (days, "working days"), f"The deadline of “{activity}”")


@say("a policy variation that removes the task {quoted} is refused[ because {quoted}]")
def removal_is_refused(stage: Stage, _table: Table | None, title: str, because: str | None) -> None:
    """Take the task out of its diagram, close the gap, and expect the checks to refuse the result."""
    changes = dict(_without_task(variations.in_force(stage.engine), title))
    try:
        variations.keep(stage.engine, STORY, changes)
    except NotDeployable as refusal:
        said = " ".join(problem.message for problem in refusal.problems)
        if because is not None and because.lower() not in said.lower():
            raise UnmetError(f"It is refused, but because: {said}") from refusal
        return
    raise UnmetError("The variation passes its checks.")


def _without_task(files: dict[str, bytes], title: str) -> dict[str, bytes]:
    for path, content in files.items():
        if path.endswith(".bpmn"):
            root = etree.fromstring(content)
            for task in root.iter(f"{BPMN}userTask"):
                if " ".join(str(task.get("name")).split()) == title:
                    _bridge(root, task)
                    return {path: etree.tostring(root, xml_declaration=True, encoding="UTF-8")}
    raise StoryError(f"No diagram has the task “{title}”.")


def _bridge(root: etree._Element, task: etree._Element) -> None:
    """Take a task out of a diagram, and lead what led to it to what followed."""
    identifier = task.get("id")
    flows = list(root.iter(f"{BPMN}sequenceFlow"))
    following = next(flow for flow in flows if flow.get("sourceRef") == identifier)
    for flow in flows:
        if flow.get("targetRef") == identifier:
            flow.set("targetRef", str(following.get("targetRef")))
            gone = next(one for one in root.iter(f"{BPMN}incoming") if one.text == following.get("id"))
            gone.text = flow.get("id")
    named = {identifier, following.get("id")}
    for element in list(root.iter()):
        drawn = element.get("bpmnElement") in named
        if (
            element in (task, following)
            or drawn
            or (element.tag == f"{BPMN}flowNodeRef" and element.text == identifier)
        ):
            element.getparent().remove(element)
