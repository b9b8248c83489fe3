"""Processes that fail at a known place, beside the real policy: by the clock after one day, or by hand."""

import json

from tests.factories.diagrams import (
    catch,
    chain,
    diagram,
    end,
    flow,
    gateway,
    script,
    service,
    start,
    timer,
    user,
)
from tests.factories.snapshots import FORM

FORM_FILE = {"forms/answer.json": json.dumps(FORM).encode()}
# What each fails at, and the reason that is told. With the number 1 and a moment for `later` none of them fails.
STEPS = {
    "script": script("stumble", "share = 1 / number"),
    "condition": gateway("stumble", default="stumble_to_done"),
    "timer": catch("stumble", timer("later")),
    "operation": service("stumble", "start_process", process="later"),
}
FLOWS = {
    "script": chain("stumble", "done"),
    "condition": flow("stumble", "missed", "1 / number > 1") + flow("stumble", "done"),
    "timer": chain("stumble", "done"),
    "operation": chain("stumble", "done"),
}


def fails_by_clock(what: str, process: str = "errand") -> dict[str, bytes]:
    """A process that stumbles one working day after it began, with nobody's doing."""
    extra = (end("missed"),) if what == "condition" else ()
    drawn = diagram(
        process,
        start(),
        catch("next_day", timer("working_days(1)")),
        STEPS[what],
        end(),
        *extra,
        chain("begun", "next_day", "stumble"),
        FLOWS[what],
    )
    return {f"processes/{process}.bpmn": drawn, **FORM_FILE}


def fails_by_hand(what: str) -> dict[str, bytes]:
    """A process `errand` that stumbles when its task “Fetch” is completed."""
    extra = (end("missed"),) if what == "condition" else ()
    drawn = diagram(
        "errand", start(), user("fetch"), STEPS[what], end(), *extra, chain("begun", "fetch", "stumble"), FLOWS[what]
    )
    return {"processes/errand.bpmn": drawn, **FORM_FILE}


def letters_fail(*, by_hand: bool = False) -> dict[str, bytes]:
    """A process `errand` whose two letters fail while `first` and `second` are 0: one working day after it began, and
    “Fetch” waits behind them, or when its task “Fetch” is completed.
    """
    to = "Service Manager, Quality Assurance"
    letters = [
        service(name, "notify", to=f'"{to}" if 1 / {name} else "{to}"', notice=f'"{notice}"')
        for name, notice in (("first", "unfinished_audit"), ("second", "closure_breach"))
    ]
    before, after = (("fetch",), ()) if by_hand else (("next_day",), ("fetch",))
    others = [user("fetch")] if by_hand else [catch("next_day", timer("working_days(1)")), user("fetch")]
    way = chain("begun", *before, "first", "second", *after, "done")
    return {"processes/errand.bpmn": diagram("errand", start(), *others, *letters, end(), way), **FORM_FILE}
