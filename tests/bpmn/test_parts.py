"""Processes, tables and forms are the parts of the policy that somebody owns; nothing else in a snapshot is (R-18)."""

from engine.bpmn.parts import Part, parts_of


def test_processes_tables_and_forms_are_parts() -> None:
    paths = (
        "processes/errand.bpmn",
        "processes/deadlines.dmn",
        "forms/audit.json",
        "forms/population_columns.json",
        "forms/notices/assigned.txt",
        "forms/reports/bulletin.json",
        "processes/README.md",
        "processes/manual/requirements.json",
        "processes/stories/01.feature",
    )
    assert dict(parts_of(paths)) == {
        "forms/audit.json": Part("form", "audit"),
        "forms/population_columns.json": Part("form", "population_columns"),
        "processes/deadlines.dmn": Part("table", "deadlines"),
        "processes/errand.bpmn": Part("process", "errand"),
    }
