"""Timers give one moment or one fixed duration, written so that they are armed as the reader expects."""

import ast
import re
from collections.abc import Iterator

from engine.bpmn.documents import Element
from engine.bpmn.model import Model, extension, kind, text, title
from engine.bpmn.phrases import choices, names_assigned, names_read
from engine.domain.problems import Problem

_UNQUOTED = re.compile(r"^\s*[-+]?P(?:\d|T)[\dA-Z.,]*\s*$", re.IGNORECASE)
_FIXED = re.compile(r"^P(?!$)(?:\d{1,3}W|(?:\d{1,4}D)?(?:T(?=\d)(?:\d{1,4}H)?(?:\d{1,5}M)?(?:\d{1,6}S)?)?)$", re.ASCII)
_CALENDAR = re.compile(r"^P[^T]*\d[YM]")
_MOMENTS = (ast.Call, ast.Name, ast.Subscript, ast.Attribute)


def timers(model: Model) -> Iterator[Problem]:
    """Report timers without exactly one time, repeating timers, and times that never fire or fire at a wrong time.

    The expressions themselves are compiled with all the others.
    """
    for definition in model.of_kind("timerEventDefinition"):
        event = definition.getparent()
        times = [child for child in definition if kind(child).startswith("time")]
        if len(times) != 1:
            yield model.problem(
                event, "timer-time", f"“{title(event)}” has {len(times)} times. Give it one date or one duration."
            )
        for time in times:
            yield from _time(model, event, time)
        yield from _armed_too_early(model, event, times)


def _time(model: Model, event: Element, time: Element) -> Iterator[Problem]:
    source = text(time)
    if kind(time) == "timeCycle":
        yield model.problem(
            event,
            "timer-cycle",
            f"“{title(event)}” repeats; repeating timers drift, and do not interrupt. "
            "Use a date, and draw a loop if it must happen again.",
        )
    elif _UNQUOTED.match(source):
        yield model.problem(
            event,
            "timer-unquoted",
            f'The time {source} of “{title(event)}” stands without quotes and stops the process. Write "{source}".',
        )
    elif kind(time) == "timeDuration":
        yield from _duration(model, event, source)
    elif not all(isinstance(value, _MOMENTS) for value in choices(source)):
        yield model.problem(
            event,
            "timer-date",
            f"The date {source} of “{title(event)}” is not the answer of a calendar function. "
            'Write for example deadline("…", start) or working_days(5).',
        )


def _duration(model: Model, event: Element, source: str) -> Iterator[Problem]:
    for value in choices(source):
        if not isinstance(value, ast.Constant):
            continue
        written = str(value.value)
        if _CALENDAR.match(written):
            yield model.problem(
                event,
                "timer-months",
                f"{written} in “{title(event)}” counts months or years, which overflow at the end of a month. "
                "Use a date with months(n).",
            )
        elif not _FIXED.match(written):
            yield model.problem(
                event,
                "timer-duration",
                f"“{written}” in “{title(event)}” is not a duration of whole days and hours. "
                'Write for example "P3D" or "PT12H".',
            )


def _armed_too_early(model: Model, event: Element, times: list[Element]) -> Iterator[Problem]:
    host = model.host(event)
    script = None if host is None else extension(host, "preScript")
    late = names_assigned(text(script)) & {name for time in times for name in names_read(text(time))}
    for name in sorted(late):
        yield model.problem(
            event,
            "timer-before-script",
            f"“{title(event)}” is armed before the preScript of “{title(host)}” sets {name}. "
            "Set it in a script task in front.",
        )
