"""A thematic audit is a census of one kind of case, beside the monthly cycle (section 5, M16, R-21)."""

import pytest

from engine.errors import Invalid, NotNow
from engine.service.record_system import extracts
from engine.service.record_system.extracts import CaseChange
from engine.store import audits, thematic
from tests.factories.council import AUDIT, SOMEBODY
from tests.factories.doing import begin, complete
from tests.factories.refusals import refused

TEAM = ("CF-20931", "CF-20932", "CF-20933")
ASSIGN = "Assign the thematic audit"


def start(council, **given):
    asked = {"thematic_title": "Visits", "thematic_kind": "snapshot", **given}
    return begin(council, "asha", "thematic_audit", {}, **asked)


def frame(council, instance):
    return council.ask(lambda question: thematic.get(question.connection, instance).cases)


def census(council, area, team=None):
    return council.ask(lambda question: thematic.census(question.connection, "open", area, team))


def test_every_open_case_of_the_area_is_in_the_frame_and_no_other(council):
    extracts.apply(council.engine, SOMEBODY, CaseChange("CF-20932", status="closed"))
    cases = frame(council, start(council, thematic_area="CP&P/CIN"))
    assert "CF-20931" in cases
    assert not {"CF-20932", "CF-40077", "CF-50008"} & set(cases)
    assert sorted(cases) == sorted(census(council, "CP&P/CIN"))


def test_a_theme_may_be_one_team(council):
    assert set(frame(council, start(council, thematic_team="North CIN"))) == set(TEAM)


def test_a_theme_without_cases_is_refused(council):
    for case in TEAM:
        extracts.apply(council.engine, SOMEBODY, CaseChange(case, status="closed"))
    sentence = refused(council, NotNow, lambda: start(council, thematic_team="North CIN"))
    assert "no open case is of that kind" in sentence


def test_its_audits_stand_beside_the_monthly_cycle(council):
    start(council, thematic_team="North CIN")
    given = [{"who_audits": "kim", "how_many": 1}, {"who_audits": "dan", "how_many": 2}]
    complete(council, ASSIGN, auditors=given)
    tasks = [council.task(AUDIT, case) for case in TEAM]
    assert {task.assignee for task in tasks} == {"kim", "dan"}
    for task in tasks:
        assert council.audit(task.audit).cycle is None
    assert council.ask(lambda question: audits.of_case(question.connection, "CF-40077")) == []


def test_a_frame_that_the_named_auditors_cannot_do_is_refused_whole(council):
    start(council, thematic_team="North CIN")
    with pytest.raises(Invalid, match=r"3 cases are to be assigned, and these are 1\. Every case is audited"):
        complete(council, ASSIGN, auditors=[{"who_audits": "kim", "how_many": 1}])
    assert AUDIT not in [title for case in TEAM for title in council.titles(case)]
