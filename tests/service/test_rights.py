"""Who may do what: every person of the council, every kind of open work, every thing one can do with it (rights.dmn).

The sets say who may; everybody else must be refused.
"""

import pytest

from engine.errors import NotAllowed
from engine.service import rights
from engine.service.cases import actions
from engine.service.people import directory
from engine.service.rights import About
from engine.service.tasks import work
from tests.factories.council import AUDIT, REMEDY, REVIEW, at

OFFICERS = {"bev", "dan", "eve", "finn"}
TEAM = {"asha", "gail"} | OFFICERS
DECIDE, DEFER = "Decide the management decision", "Decide on deferment or dispensation"
REMEDIED, REVIEWED, DEFERRED = "CF-20931", "CF-40077", "CF-50008"

# (what, title of the work, its case): who may
MATRIX = {
    ("complete", AUDIT, DEFERRED): {"zoe"},
    ("take", AUDIT, DEFERRED): {"zoe"},
    ("complete", REVIEW, REVIEWED): OFFICERS - {"dan"},
    ("take", REVIEW, REVIEWED): OFFICERS - {"dan"},
    ("complete", REMEDY, REMEDIED): {"mo"},
    ("take", REMEDY, REMEDIED): {"mo"},
    ("sign off", REMEDY, REMEDIED): {"mo"},
    ("record work", REMEDY, REMEDIED): {"mo", "nia"},
    ("complete", DECIDE, REMEDIED): {"oz"},
    ("complete", DEFER, DEFERRED): {"asha"},
    ("see selection", REVIEW, REVIEWED): TEAM - {"dan"},
    ("see selection", AUDIT, DEFERRED): TEAM,
}


@pytest.fixture
def busy(council):
    """An audit in quality assurance, one whose deferment is asked for, and actions with a decision asked for."""
    council.assign(REMEDIED, "kim")
    council.authorise_audit(REMEDIED, 2)
    council.begin("mo", "management_decision", REMEDIED, action_number=1)
    council.assign(REVIEWED, "dan", drawn=True)
    council.authorise_audit(REVIEWED, 1)
    council.assign(DEFERRED, "zoe")
    council.begin("zoe", "deferment", DEFERRED, request_kind="deferment", new_start="2026-12-14")
    return council


def allowed(council, doing, task):
    """Who of the whole council may do something with a task."""

    def ask(question):
        people = question.directory.people
        return {one for one in people if rights.reason_against(question, one, doing, task.title, task) is None}

    return council.ask(ask)


def test_exactly_those_may_whom_the_table_allows(busy):
    found = {key: allowed(busy, key[0], busy.task(key[1], key[2])) for key in MATRIX}
    assert found == MATRIX


def test_everybody_who_may_not_complete_is_refused_and_changes_nothing(busy):
    everybody = busy.ask(lambda question: tuple(question.directory.people))
    before = busy.dump()
    for (doing, title, case), those in MATRIX.items():
        if doing != "complete":
            continue
        task = busy.task(title, case)
        raw = busy.filled(task)
        for person in set(everybody) - those:
            with pytest.raises(NotAllowed):
                work.complete(busy.engine, person, task.id, raw)
    assert busy.dump() == before


def test_everybody_who_may_not_sign_off_or_record_work_is_refused(busy):
    everybody = set(busy.ask(lambda question: tuple(question.directory.people)))
    action = busy.actions(REMEDIED)[1].id
    before = busy.dump()
    for person in everybody - {"mo"}:
        with pytest.raises(NotAllowed, match="only the Practice Manager of the case signs off"):
            actions.sign_off(busy.engine, person, action, "done")
    for person in everybody - {"mo", "nia"}:
        with pytest.raises(NotAllowed, match="only the case's social worker and its Practice Manager record work"):
            actions.record_work(busy.engine, person, action, "done")
    assert busy.dump() == before


@pytest.mark.parametrize(
    ("absent", "title", "case", "those"),
    [
        (("mo",), REMEDY, REMEDIED, {"oz"}),
        (("mo", "oz"), REMEDY, REMEDIED, {"pat"}),
        (("mo", "oz", "pat"), REMEDY, REMEDIED, {"mo"}),
        (("oz",), DECIDE, REMEDIED, {"ros", "ravi"}),
        (("asha",), DEFER, DEFERRED, {"colin"}),
        (("asha", "colin"), DEFER, DEFERRED, {"ian"}),
    ],
)
def test_the_stand_in_may_while_the_holder_is_away(busy, absent, title, case, those):
    day = at(2026, 12, 1).date()
    for person in absent:
        directory.record_absence(busy.engine, "gail", person, day, day)
    assert allowed(busy, "complete", busy.task(title, case)) == those
    busy.pass_to(at(2026, 12, 2))
    assert allowed(busy, "complete", busy.task(title, case)) == MATRIX["complete", title, case]


def test_who_asked_for_a_decision_never_decides_it_even_as_stand_in(busy):
    day = at(2026, 12, 1).date()
    for person in ("oz", "ros", "ravi", "pat"):
        directory.record_absence(busy.engine, "gail", person, day, day)
    task = busy.task(DECIDE, REMEDIED)
    assert "mo" not in allowed(busy, "complete", task)


def test_somebody_the_directory_does_not_know_may_nothing(busy):
    for doing, title, case in MATRIX:
        task = busy.task(title, case)
        reason = busy.ask(
            lambda question, task=task, doing=doing: rights.reason_against(question, "nobody", doing, task.title, task)
        )
        assert reason is not None


def test_records_are_read_only_when_a_rule_asks_for_them(busy, monkeypatch):
    asked = []
    monkeypatch.setitem(rights._RECORDS, "proposer", lambda *_: asked.append("proposer"))
    busy.ask(lambda question: rights.reason_against(question, "asha", "mend incidents", "", About()))
    assert asked == []
    task = busy.task(DECIDE, REMEDIED)
    busy.ask(lambda question: rights.reason_against(question, "oz", "complete", DECIDE, task))
    assert asked == ["proposer"]
