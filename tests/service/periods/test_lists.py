"""The population list that belongs to a task of the monthly cycle."""

from engine.service.audits import cycles
from engine.service.periods import lists
from tests.factories.council import AUDIT, COUNCIL


def test_a_task_of_the_period_shows_its_report(council):
    task = council.task("Upload the case population list").id
    assert lists.list_of_task(council.engine, "hal", task) == lists.ListPage(
        "2026-11", None, True, ("population list",)
    )
    cycles.upload(council.engine, "hal", "2026-11", "cases.csv", (COUNCIL / "cases.csv").read_bytes())
    assert lists.list_of_task(council.engine, "hal", task).report["accepted"] == 11


def test_a_task_about_a_case_shows_none(council):
    council.assign("CF-20931", "kim")
    assert lists.list_of_task(council.engine, "hal", council.task(AUDIT, "CF-20931").id) is None
