"""Every change leaves one event in its stream, in one unbroken chain, with who, when and what (I-01)."""

from datetime import UTC, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from engine.domain.eventlog import Link
from engine.errors import Refusal
from engine.service.cases import actions
from engine.service.people import directory
from engine.service.record_keeping import verification
from engine.service.record_system import extracts
from engine.service.record_system.extracts import CaseChange
from engine.service.tasks import work
from engine.store import tasks
from engine.store.database import Database
from tests.factories.council import REMEDY, SOMEBODY, Council, at

CASE = "CF-20931"


def link(event):
    return Link(event.stream, event.n, event.kind, event.actor, event.at, event.details, event.previous)


def all_events(council):
    return [event for stream in {row[1] for row in council.dump()["event"]} for event in council.events(stream)]


def test_the_log_of_a_whole_case_is_one_unbroken_chain_for_each_stream(council):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    for action in council.actions(CASE):
        actions.sign_off(council.engine, "mo", action.id, "done")
    council.complete("mo", REMEDY, CASE)
    council.pass_to(at(2027, 1, 20))
    assert verification.verify(council.engine).breaks == []
    assert all(link(event).hash == event.hash for event in all_events(council))


def test_an_event_tells_who_did_what_when_and_which_elements_it_passed(council):
    audit = council.assign(CASE, "kim")
    council.pass_to(at(2026, 12, 2))
    council.authorise_audit(CASE)
    began, completed = council.events(audit.instance)
    assert (began.kind, began.actor, began.n) == ("began", SOMEBODY, 1)
    assert (completed.kind, completed.actor, completed.at) == ("completed", "kim", at(2026, 12, 2).astimezone(UTC))
    assert completed.details["passed"][:2] == ["audit_case_record", "record_the_audit"]
    assert completed.previous == began.hash


@pytest.mark.parametrize(
    ("act", "stream", "kind"),
    [
        (
            lambda c: directory.record_absence(c.engine, "asha", "mo", at(2026, 12, 2).date(), at(2026, 12, 2).date()),
            "directory",
            "absence",
        ),
        (lambda c: directory.leave_pool(c.engine, "asha", ["kim"]), "directory", "left the audit pool"),
        (lambda c: extracts.apply(c.engine, "asha", CaseChange(CASE, team="South CIN")), f"case {CASE}", "extract"),
        (lambda c: c.deploy({"processes/README.md": b"#"}), "deployments", "deployed"),
        (lambda c: c.begin("mo", "case_closure", CASE), f"case {CASE}", "closure cleared"),
    ],
)
def test_every_change_has_one_event_in_its_stream(council, act, stream, kind):
    before = len(council.events(stream))
    act(council)
    assert [event.kind for event in council.events(stream)[before:]] == [kind]


def test_many_events_of_one_command_go_into_their_streams_in_order(council):
    def work(command):
        for number in range(3):
            command.note("case CF-1", f"a{number}", {})
            command.note("case CF-2", f"b{number}", {})

    council.run(work)
    council.run(work)
    assert [event.kind for event in council.events("case CF-1")] == ["a0", "a1", "a2"] * 2
    assert [event.n for event in council.events("case CF-2")] == [1, 2, 3, 4, 5, 6]
    assert verification.verify(council.engine).is_sound


class Working(RuleBasedStateMachine):
    """Anybody tries anything on one case, in any order, while time passes."""

    council: Council

    @rule(person=st.sampled_from(["kim", "zoe", "bev"]))
    def assign(self, person):
        self._try(lambda: self.council.assign(CASE, person))

    @rule(person=st.sampled_from(["kim", "mo", "oz", "nia", "asha"]), action=st.integers(0, 3))
    def sign_off(self, person, action):
        rows = self.council.actions(CASE)
        if action < len(rows):
            self._try(lambda: actions.sign_off(self.council.engine, person, rows[action].id, "done"))

    @rule(
        person=st.sampled_from(["kim", "zoe", "mo", "oz", "bev", "asha"]), which=st.integers(0, 4), valid=st.booleans()
    )
    def complete(self, person, which, valid):
        titles = self.council.titles(CASE)
        if which < len(titles) and titles.count(titles[which]) == 1:
            task = self.council.task(titles[which], CASE)
            raw = self.council.filled(task) if valid else {"overall_grade": "odd"}
            self._try(lambda: work.complete(self.council.engine, person, task.id, raw))

    @rule(person=st.sampled_from(["mo", "quin"]))
    def ask_to_close(self, person):
        self._try(lambda: self.council.begin(person, "case_closure", CASE))

    @rule(team=st.sampled_from(["North CIN", "South CIN", "Nowhere"]), status=st.sampled_from(["open", "closed", None]))
    def hear(self, team, status):
        self._try(lambda: extracts.apply(self.council.engine, "extract", CaseChange(CASE, team=team, status=status)))

    @rule(days=st.integers(1, 20))
    def wait(self, days):
        self.council.pass_to(self.council.clock.now() + timedelta(days))

    @precondition(lambda self: self.council.titles(CASE))
    @rule()
    def keep_a_draft(self):
        task = self.council.ask(lambda question: _first_open(question))
        self._try(lambda: work.save_draft(self.council.engine, task.assignee or "mo", task.id, {"half": "typed"}))

    @invariant()
    def the_log_holds(self):
        assert verification.verify(self.council.engine).breaks == []

    @invariant()
    def nothing_has_stopped(self):
        assert [one.message for one in self.council.incidents()] == []

    @invariant()
    def open_tasks_are_those_that_their_instances_wait_for(self):
        dump = self.council.dump()
        rows = {row[0]: self.council.instance(row[0]) for row in dump["instance"]}
        for row in rows.values():
            tasks = self.council.ask(lambda question, one=row: _open_keys(question, one.id))
            assert sorted(row.open_tasks) == tasks
            assert (row.status == "finished") == (row.finished_at is not None)
            assert not (row.status == "finished" and tasks)

    def _try(self, act):
        before = self.council.dump()
        try:
            act()
        except Refusal:
            after = self.council.dump()
            changed = {name for name in after if after[name] != before[name]}
            assert changed <= {"incident", "event"}


def _first_open(question):
    return tasks.open_for_case(question.connection, CASE)[0]


def _open_keys(question, instance):
    return sorted(row.key for row in tasks.of_instance(question.connection, instance) if row.status == tasks.OPEN)


def test_whatever_anybody_tries_the_log_holds_and_nothing_is_left_half_done(shelf):
    def machine():
        copy = shelf.copy("sqlite", "council")

        class Playing(Working):
            def __init__(self):
                super().__init__()
                self.council = Council(Database(copy_url()))

            def teardown(self):
                self.council.close()
                copy.__exit__(None, None, None)

        def copy_url():
            return copy.__enter__()

        return Playing()

    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=12, stateful_step_count=15, suppress_health_check=list(HealthCheck)),
    )
