"""Timers give one moment or one fixed duration, and are armed as the reader expects."""

import pytest
from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException

from tests.factories.diagrams import before, boundary, catch, chain, diagram, end, start, timer, user
from tests.factories.policies import codes
from tests.factories.stock import resting, stock, stock_library


def pause(definition: str) -> bytes:
    return diagram("errand", start(), catch("pause", definition), end(), chain("begun", "pause", "done"))


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ('deadline("audit", start)', "timeDate"),
        ("working_days(5)", "timeDate"),
        ('working_days(5) if urgent else deadline("remediation", start)', "timeDate"),
        ("agreed_moment", "timeDate"),
        ("release.last_due", "timeDate"),
        ('"P3D"', "timeDuration"),
        ('"P1W"', "timeDuration"),
        ('"P1DT12H30M"', "timeDuration"),
        ('"PT90S"', "timeDuration"),
        ('"P3D" if urgent else "P1D"', "timeDuration"),
        ("agreed_duration", "timeDuration"),
    ],
)
def test_times_that_fire_when_they_say(expression: str, kind: str) -> None:
    assert codes(pause(timer(expression, kind))) == {}


@pytest.mark.parametrize(
    ("expression", "kind", "code"),
    [
        ("P20D", "timeDuration", "timer-unquoted"),
        ("PT1H", "timeDate", "timer-unquoted"),
        ('"P4M"', "timeDuration", "timer-months"),
        ('"P1Y"', "timeDuration", "timer-months"),
        ('"P0.5D"', "timeDuration", "timer-duration"),
        ('"20 days"', "timeDuration", "timer-duration"),
        ('"P"', "timeDuration", "timer-duration"),
        ('"P3DT"', "timeDuration", "timer-duration"),
        ('"P1W2D"', "timeDuration", "timer-duration"),
        ('"P99999999999D"', "timeDuration", "timer-duration"),
        ("20", "timeDuration", "timer-duration"),
        ('"2026-12-10"', "timeDate", "timer-date"),
        ('"P1D"', "timeDate", "timer-date"),
        ("5 + 5", "timeDate", "timer-date"),
        ('"R3/P1D"', "timeCycle", "timer-cycle"),
    ],
)
def test_times_that_do_not(expression: str, kind: str, code: str) -> None:
    assert codes(pause(timer(expression, kind))) == {"pause": {code}}


def test_a_timer_has_one_time() -> None:
    one = timer("working_days(5)")
    both = one.replace("</bpmn:timerEventDefinition>", timer('"P1D"', "timeDuration").partition(">")[2])
    assert "timer-time" in codes(pause(both))["pause"]
    assert "timer-time" in codes(pause("<bpmn:timerEventDefinition/>"))["pause"]


def test_a_boundary_timer_is_armed_before_the_script_of_its_task() -> None:
    drawing = diagram(
        "errand", start(), user("fetch", scripts=before("limit = working_days(5)")),
        boundary("late", "fetch", timer("limit")), end(), end("given_up"),
        chain("begun", "fetch", "done"), chain("late", "given_up"),
    )  # fmt: skip
    assert codes(drawing) == {"late": {"timer-before-script"}}
    with stock_library(), pytest.raises(WorkflowTaskException):
        stock(drawing, working_days=lambda _: "2026-10-20T00:00:00+00:00")


def test_stock_library_repeats_an_interrupting_cycle_instead_of_interrupting() -> None:
    drawing = diagram(
        "errand", start(), user("fetch"), boundary("late", "fetch", timer('"R2/PT1S"', "timeCycle")), user("chase"),
        end(), end("chased"), chain("begun", "fetch", "done"), chain("late", "chase", "chased"),
    )  # fmt: skip
    assert codes(drawing) == {"late": {"timer-cycle"}}
    with stock_library():
        assert "fetch" in resting(stock(drawing))
