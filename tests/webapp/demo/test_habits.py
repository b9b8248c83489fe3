"""Habits are dealt out evenly, and each step is done once, when its day has come."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from tests.factories.council import policy
from webapp.demo.deeds import DEEDS
from webapp.demo.habits import Habits, on
from webapp.demo.tables import settings


@dataclass(frozen=True)
class Opened:
    id: str
    element: str
    case_ref: str | None = "CF-20931"
    opened_at: datetime = datetime(2026, 12, 1, tzinfo=UTC)


def test_a_step_is_done_once_and_not_before_its_day():
    habits, task = Habits(), Opened("a", "check_population_list", None)
    assert habits.due(task, 0) == []
    assert [step.deed for step in habits.due(task, 1)] == ["complete"]
    assert habits.due(task, 2) == []


def test_shares_are_dealt_out_evenly():
    habits = Habits()
    begun = [step for nth in range(100) for step in habits.due(Opened(str(nth), "audit_case_record"), 100)]
    assert [step.answers["request_kind"] for step in begun if step.process == "deferment"].count("deferment") == 5


def test_what_nobody_has_a_habit_for_waits():
    assert Habits().due(Opened("a", "no_such_task"), 100) == []


def test_days_in_answers_are_counted_from_the_day_of_the_deed():
    given = {"new_start": "day+21", "rows": [{"by_when": "day"}], "reason": "day by day"}
    wanted = {"new_start": "2026-12-22", "rows": [{"by_when": "2026-12-01"}], "reason": "day by day"}
    assert on(date(2026, 12, 1), given) == wanted


def test_every_habit_is_of_a_task_and_names_a_deed_or_a_process_of_the_policy():
    drawn = b" ".join(content for path, content in policy().items() if path.endswith(".bpmn")).decode()
    for task, dealt in settings("habits").items():
        assert f'id="{task}"' in drawn
        assert sum(habit["share"] for habit in dealt) <= 100
        for step in (step for habit in dealt for step in habit["steps"]):
            assert step.get("do") in DEEDS or f'<bpmn:process id="{step["begin"]}"' in drawn
