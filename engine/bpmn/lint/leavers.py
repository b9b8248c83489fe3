"""No task waits for ever for somebody who has left: what is one person's by name can end without that person (I-06)."""

from collections.abc import Iterator, Mapping
from typing import Final

from engine.bpmn.decisions.decision import Decision
from engine.bpmn.model import HUMAN_TASKS, Model, is_interrupting, title
from engine.bpmn.phrases import quoted_texts
from engine.bpmn.policy import Policy
from engine.bpmn.ties import caught
from engine.domain.problems import Problem

HOLDER: Final = "holder"
MESSAGE: Final = "message"
BY_NAME: Final = "variable"


def leavers_in(decision: Decision | None) -> Mapping[str, str]:
    """Return the lanes of posts.dmn whose work is one person's by name, each with the message that such work gets when
    that person has left, "" for none.
    """
    found: dict[str, str] = {}
    if decision is None:
        return found
    for rule in decision.rules:
        said = dict(zip((one.name for one in decision.outputs), map(quoted_texts, rule.outputs), strict=True))
        if BY_NAME in said.get(HOLDER, ()):
            message = next(iter(said.get(MESSAGE, ())), "")
            found.update((lane, message) for lane in quoted_texts(rule.inputs[0]) if lane not in found)
    return found


def named_tasks(model: Model, policy: Policy) -> Iterator[Problem]:
    """Report tasks that are one person's by name and that would stay with that person for good."""
    for task in model.of_kind(*HUMAN_TASKS):
        lane = model.lane(task) or ""
        if lane not in policy.leavers:
            continue
        message = policy.leavers[lane]
        ends = [one for one in model.boundaries(task) if is_interrupting(one)]
        heard = {name for event, name in caught(model) if event in ends}
        if message and message not in heard:
            said = f"Let an interrupting message event at its edge wait for “{message}”, and lead on from there."
        elif not ends:
            said = f"Let something at its edge end it, or name a message for the lane “{lane}” in posts.dmn."
        else:
            continue
        yield model.problem(
            task,
            "stays-with-leaver",
            f"“{title(task)}” is one person's by name, and would wait for ever when that person has left. {said}",
        )
