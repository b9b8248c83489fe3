"""The monthly report lists the parts of the policy that are overdue for review, with their owners (R-18)."""

from engine.bpmn.parts import parts_of
from tests.factories.council import at, policy
from tests.service.reports.reading import figures, made, table

DEADLINES = "processes/deadlines.dmn"
SHORTER = {DEADLINES: policy()[DEADLINES].replace(b"<text>20</text>", b"<text>15</text>", 1)}
PARTS = len(parts_of(policy()))


def test_nothing_is_overdue_in_the_first_year(council):
    report = made(council, "management_report").report
    overdue = figures(report)["policy.overdue"]
    assert (overdue["value"], overdue["of"]) == (0, PARTS)
    assert table(report, "policy", "reviews") == []


def test_a_year_later_all_is_overdue_but_what_was_changed(council):
    council.clock.move_to(at(2027, 3, 1))
    council.deploy(SHORTER)
    council.clock.move_to(at(2027, 12, 2))
    report = made(council, "management_report", "2027-12").report
    found = figures(report)
    rows = table(report, "policy", "reviews")
    assert found["policy.overdue"]["value"] == len(rows) == PARTS - 1
    assert found["policy.overdue_by_owner Head of Safeguarding"]["value"] == 6
    assert sum(one["value"] for name, one in found.items() if "overdue_by_owner" in name) == PARTS - 1
    assert [one for one in rows if one[0] == "How long each activity may take"] == []
    assert ["Service areas and strata", "table", "Social Care Research Analyst", "2026-11-02", "2027-11-02"] in rows
