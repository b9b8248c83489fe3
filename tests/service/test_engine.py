"""One command is one transaction; a question is one view; what is kept in memory is never out of date."""

import pytest
from sqlalchemy import event

from engine.errors import Busy, NotNow, StepFailed
from engine.service.engine import TRIES_WHEN_BUSY, OneView
from engine.service.people import directory
from engine.store import audits, cases
from tests.factories.council import Council, at
from tests.factories.together import at_once


def test_whatever_is_refused_is_rolled_back_whole(council):
    before = council.dump()

    def half(command):
        command.note("case CF-20931", "half", {})
        raise NotNow(doing="This", reason="it was only a try")

    with pytest.raises(NotNow):
        council.run(half)
    assert council.dump() == before


def test_a_busy_database_is_tried_three_times_in_all(council):
    tried = []

    def busy(_command):
        tried.append(1)
        raise Busy

    with pytest.raises(Busy, match=r"nothing was changed\. Try again in a moment"):
        council.run(busy)
    assert len(tried) == TRIES_WHEN_BUSY == 3


def test_a_database_that_was_busy_once_does_it_once(council):
    tried = []

    def work(command):
        tried.append(1)
        command.note("case CF-20931", "tried", {})
        if len(tried) == 1:
            raise Busy
        return "done"

    assert council.run(work) == "done"
    assert [event.kind for event in council.events("case CF-20931")] == ["tried"]


def test_several_who_add_to_one_stream_at_once_wait_for_each_other(council):
    def note(command):
        command.note("case CF-20931", "noted", {})

    engines = [council.again().engine for _ in range(6)]
    assert at_once(*(lambda engine=engine: engine.run("mo", note) for engine in engines)) == [None] * 6
    assert [event.n for event in council.events("case CF-20931")] == [1, 2, 3, 4, 5, 6]


def test_another_process_sees_a_changed_directory_at_once(council):
    other = council.again()
    assert not other.ask(lambda question: question.directory.is_absent("mo", question.today))
    today = at(2026, 12, 1).date()
    directory.record_absence(council.engine, "asha", "mo", today, today)
    assert other.ask(lambda question: question.directory.is_absent("mo", question.today))


def test_another_process_sees_a_new_policy_at_once(council):
    other = council.again()
    before = other.ask(lambda question: question.number_in_force)
    number = council.deploy({"processes/README.md": b"# Changed"})
    assert (before, other.ask(lambda question: question.number_in_force)) == (1, number)


def test_nothing_is_possible_before_the_first_policy(database):
    with pytest.raises(NotNow, match="no policy is deployed yet; run casefile deploy first"):
        Council(database).ask(lambda question: question.policy)


def test_a_question_sees_one_moment_of_the_database(council):
    other = council.again()

    def ask(question):
        before = question.case("CF-20931").status
        other.run(lambda command: _close(command))
        question.forget_case("CF-20931")
        return before, question.case("CF-20931").status

    assert council.ask(ask) == ("open", "open")
    assert council.ask(lambda question: question.case("CF-20931").status) == "closed"


def test_a_page_sees_one_moment_until_it_runs_a_command(council):
    page, other = OneView(council.engine), council.again()

    def status():
        return page.ask(lambda question: question.case("CF-20931").status)

    assert status() == "open"
    other.run(_close)
    assert status() == "open"
    page.run("mo", lambda command: command.note("case CF-20931", "noted", {}))
    assert status() == "closed"
    page.close()


def test_a_page_sees_afresh_after_something_was_refused(council):
    page, other = OneView(council.engine), council.again()

    def refuse(question):
        other.run(_close)
        raise NotNow(doing="This", reason=f"the case is {question.case('CF-20931').status}")

    with pytest.raises(NotNow, match="the case is open"):
        page.ask(refuse)
    assert page.ask(lambda question: question.case("CF-20931").status) == "closed"
    page.close()


def test_what_a_question_reads_once_a_command_reads_anew(council):
    council.assign("CF-20931", "kim")
    assert council.ask(lambda question: _statements(council, question, 3)) == 1
    assert council.run(lambda command: _statements(council, command, 3)) == 3


def _statements(council, question, times):
    """How many statements it takes to read the audits of a case several times, once or anew."""
    told = []
    event.listen(council.database.engine, "before_cursor_execute", lambda *given: told.append(given[2]))
    rows = [question.once(audits.of_case, "CF-20931") for _ in range(times)]
    assert [[row.case_ref for row in one] for one in rows] == [["CF-20931"]] * times
    return len(told)


def _close(command):
    cases.change(command.connection, "CF-20931", {"status": "closed"})


def test_what_is_put_off_is_done_in_order_before_the_end(council):
    done = []

    def work(command):
        command.later(lambda: (done.append(1), command.later(lambda: done.append(3))))
        command.later(lambda: done.append(2))
        done.append(0)

    council.run(work)
    assert done == [0, 1, 2, 3]


def test_a_refusal_in_what_is_put_off_undoes_everything(council):
    before = council.dump()

    def work(command):
        command.note("case CF-20931", "half", {})
        command.later(fail)

    def fail():
        raise StepFailed(process="p", element="e", reason="r")

    with pytest.raises(StepFailed):
        council.run(work)
    assert council.dump() == before


def test_the_key_of_a_command_stands_on_its_first_event(council):
    council.engine.run("mo", lambda command: command.note("case CF-20931", "noted", {}), "k", {"a": 1})
    council.engine.run("mo", lambda _command: {"answer": 7}, "empty", {})
    assert council.events("case CF-20931")[-1].command_key == "k"
    assert [(event.command_key, event.answer) for event in council.events("commands")] == [("empty", {"answer": 7})]
    assert council.engine.run("mo", lambda _command: {"answer": 8}, "empty", {}) == {"answer": 7}
