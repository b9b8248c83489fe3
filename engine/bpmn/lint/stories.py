"""Every task that a story names in quotes is drawn in some diagram."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from engine.bpmn.model import HUMAN_TASKS, Model, attribute, kind, one_line
from engine.domain.problems import Problem

FOLDER = "processes/stories/"
NOT_YET = f"{FOLDER}not_yet.txt"
NOT_DRAWN = "story-task"
_TASK = re.compile(r'\b(?:the task|completes)\s+"([^"]+)"')


def story_tasks(stories: Mapping[str, str], not_yet: str, models: Iterable[Model]) -> Iterator[Problem]:
    """Report tasks named in stories (path -> text) that no diagram draws.

    Stories whose file names stand in `not_yet`, one a line, are left out; lines that begin with # are remarks.
    The element of a problem is the line of the story.
    """
    drawn = frozenset(_human_work(models))
    waiting = {line.strip(): number for number, line in enumerate(not_yet.splitlines(), start=1) if _is_name(line)}
    told = {PurePosixPath(file).name for file in stories}
    for name in waiting.keys() - told:
        message = f"There is no story {name}, so nothing is left out for it. Remove the line or correct the name."
        yield Problem(NOT_YET, f"line {waiting[name]}", "unknown-story", message)
    for file, story in stories.items():
        if PurePosixPath(file).name not in waiting:
            yield from _undrawn(file, story, drawn)


def _is_name(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _undrawn(file: str, story: str, drawn: frozenset[str]) -> Iterator[Problem]:
    for number, line in enumerate(story.splitlines(), start=1):
        for name in _TASK.findall(line):
            if name not in drawn:
                yield Problem(
                    file,
                    f"line {number}",
                    NOT_DRAWN,
                    f"No diagram has a task called “{name}”. Draw it, correct the story, or list the story in "
                    f"{NOT_YET}.",
                )


def _human_work(models: Iterable[Model]) -> Iterator[str]:
    for model in models:
        for node in model.nodes.values():
            if kind(node) in HUMAN_TASKS | {"startEvent"}:
                yield one_line(attribute(node, "name"))
