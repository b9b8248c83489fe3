"""Every file of a snapshot is checked, and one bad file neither hides nor causes problems in others."""

from collections.abc import Mapping
from dataclasses import replace

from engine.bpmn.definitions import check
from engine.errors import Unreadable
from tests.factories.diagrams import chain, diagram, end, rule, start, user
from tests.factories.policies import VOCABULARY
from tests.factories.snapshots import ERRAND_FILE, GOOD, errand, snapshot, table


def found(changes: Mapping[str, bytes | None]) -> set[tuple[str, str, str]]:
    return {(one.file, one.element, one.code) for one in check(snapshot(changes), VOCABULARY)}


def test_a_good_snapshot_has_no_problem() -> None:
    assert check(snapshot(), VOCABULARY) == []


def test_a_plain_mapping_is_a_snapshot_too() -> None:
    assert check(dict(GOOD), VOCABULARY) == []


def test_every_problem_of_every_file_is_told_at_once() -> None:
    bad = {
        "forms/answer.json": b"{",
        "forms/notices/assigned.txt": b"only a subject",
        "processes/errand.bpmn": b"<!DOCTYPE a><a/>",
        "processes/holiday.docx": b"",
        "processes/stories/01_fetch.feature": b"\xff",
        "processes/trip.bpmn": diagram("trip", start("left"), end("home")),
        "processes/weather.dmn": b"\xff",
    }
    problems = check(snapshot(bad), VOCABULARY)
    assert {problem.file for problem in problems} == bad.keys()
    assert problems == sorted(set(problems))


def test_what_may_stand_in_an_unreadable_diagram_is_not_missed() -> None:
    story = b'Feature: x\n the task "Dance"\n'
    alone = found({"processes/stories/01_fetch.feature": story})
    assert alone == {("processes/stories/01_fetch.feature", "line 2", "story-task")}
    both = {"processes/stories/01_fetch.feature": story, "processes/visit.bpmn": b"no diagram"}
    assert found(both) == {("processes/visit.bpmn", "", "unreadable")}


def test_what_the_service_reads_itself_is_read_when_it_is_checked() -> None:
    def read(content: bytes) -> None:
        if content != b"good":
            raise Unreadable(file="forms/list_columns.json", reason="it is not good")

    needing = replace(VOCABULARY, files={"forms/list_columns.json": read})

    def codes_with(content: bytes | None) -> list[str]:
        more = {} if content is None else {"forms/list_columns.json": content}
        return [problem.code for problem in check(snapshot(more), needing)]

    assert codes_with(b"good") == []
    assert codes_with(b"bad") == codes_with(b"\xff") == ["unreadable"]
    assert codes_with(None) == ["missing-file"]


def test_an_unreadable_table_causes_no_problem_where_it_is_used() -> None:
    uses_it = errand(rule("look", "weather"), user("fetch"), chain("begun", "look", "fetch", "hear"))
    assert found({ERRAND_FILE: uses_it, "processes/weather.dmn": b"no table"}) == {
        ("processes/weather.dmn", "", "unreadable")
    }


def test_an_unreadable_form_causes_no_problem_where_it_is_used() -> None:
    assert found({"forms/answer.json": b"no form"}) == {("forms/answer.json", "", "form-unreadable")}


def test_without_a_table_of_posts_or_deadlines_no_lane_or_deadline_is_wrong() -> None:
    assert found({"processes/posts.dmn": None, "processes/deadlines.dmn": None}) == set()


def test_a_process_is_drawn_in_one_file() -> None:
    assert found({"processes/second.bpmn": GOOD["processes/visit.bpmn"]}) == {
        ("processes/visit.bpmn", "visit", "repeated-process"),
        ("processes/second.bpmn", "visit", "process-id"),
    }


def test_a_decision_stands_in_one_file_with_distinct_ids() -> None:
    again = GOOD["processes/weather.dmn"].replace(b'"row_1_in"', b'"row_0_in"')
    assert found({"processes/climate.dmn": again}) == {
        ("processes/climate.dmn", "row_0_in", "repeated-id"),
        ("processes/weather.dmn", "weather", "repeated-decision"),
    }


def test_tables_name_activities_notices_and_processes_that_exist() -> None:
    letters = table("letters", "activity", "notice", {'"audit"': '"assigned"', '"dance"': '"invitation"'})
    calendar = table("calendar", "day", "process", {"1": '"visit"', "": '"holiday"'})
    assert found({"processes/letters.dmn": letters, "processes/calendar.dmn": calendar}) == {
        ("processes/letters.dmn", "row_1", "unknown-deadline"),
        ("processes/letters.dmn", "row_1", "unknown-notice"),
        ("processes/letters.dmn", "row_2", "unknown-notice"),
        ("processes/calendar.dmn", "row_1", "unknown-process"),
    }


def test_stories_that_are_not_drawn_yet_are_left_out() -> None:
    dance = {"processes/stories/02_dance.feature": b'Feature: x\n the task "Dance"\n'}
    assert found(dance) == {("processes/stories/02_dance.feature", "line 2", "story-task")}
    assert found({**dance, "processes/stories/not_yet.txt": b"02_dance.feature\n"}) == set()


def test_files_that_policy_is_not_made_of() -> None:
    assert found({"processes/deadlines.txt": b"20", "forms/answer.json.bak": b"{}", "processes/a/b.bpmn": b""}) == {
        ("processes/deadlines.txt", "", "unknown-file"),
        ("forms/answer.json.bak", "", "unknown-file"),
        ("processes/a/b.bpmn", "", "unknown-file"),
    }


def test_a_file_whose_root_is_not_bpmn() -> None:
    assert ("processes/trip.bpmn", "", "unreadable") in found({"processes/trip.bpmn": b"<process id='trip'/>"})


def test_lists_of_columns_are_no_forms() -> None:
    assert found({"forms/population_columns.json": b"{}"}) == set()
    assert found({"forms/population_columns.json": b"\xff"}) == {("forms/population_columns.json", "", "unreadable")}
