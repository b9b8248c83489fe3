"""Auditors are trained in the form; whoever is not is pointed out, and may audit with a reason (section 7, R-48)."""

from datetime import date

import pytest
from sqlalchemy import select

from engine.errors import Invalid, NotAllowed
from engine.service.people import directory
from engine.service.tasks import work
from engine.service.tasks.facts import facts_for
from engine.store import submissions, training
from engine.store.schema.training import training_record
from tests.factories.council import AUDIT, Council
from tests.factories.doing import begin
from tests.service.monthly import RELEASE, draw, period, release

NELL = {
    "username": "nell",
    "name": "Nell",
    "post": "Specialist",
    "team": None,
    "line_manager": "colin",
    "in_audit_pool": True,
    "cleared": False,
    "email": None,
    "active": True,
}


@pytest.fixture
def drawn(council: Council) -> Council:
    """A sample so large that everybody of the pool audits, Nell among them, who is new."""
    directory.add_council(council.engine, "asha", [NELL], [])
    draw(council, pool=17, each=1)
    return council


def train(council: Council, person: str, by: str = "gail", day: str = "2026-11-30") -> None:
    begin(council, by, "training", {}, trained_person=person, trained_on=day)


def fact(council: Council, name: str):
    task = council.task(RELEASE)
    form = council.ask(lambda question: question.policy.form(task.form))
    return council.ask(lambda question: facts_for(question, task, form))[name]


def records(council: Council, person: str):
    query = select(training_record).where(training_record.c.person == person)
    return council.ask(lambda question: question.connection.execute(query).all())


def test_the_record_tells_who_was_trained_in_what_and_when_and_who_recorded_it(council):
    train(council, "nia")
    (row,) = records(council, "nia")
    assert (row.what, row.trained_on, row.recorded_by) == ("audit form", date(2026, 11, 30), "gail")
    assert row.recorded_at == council.clock.now()
    event = council.events("directory")[-1]
    assert (event.kind, event.details["person"], event.details["trained_on"]) == ("trained", "nia", "2026-11-30")


def test_training_that_has_not_been_yet_is_not_recorded(council):
    with pytest.raises(Invalid) as refusal:
        train(council, "nia", day="2026-12-02")
    assert "trained_on" in refusal.value.errors
    assert not records(council, "nia")


def test_only_the_administrator_records_training(council):
    with pytest.raises(NotAllowed):
        train(council, "nia", by="kim")
    assert not records(council, "nia")


def test_everybody_who_audits_in_the_demonstration_council_is_trained(council):
    draw(council)
    assert fact(council, "untrained") == []
    assert "nia" not in council.ask(lambda question: training.trained(question.connection, "audit form"))


def test_training_in_something_else_does_not_count(drawn):
    row = {"person": "nell", "what": "first aid", "trained_on": date(2026, 11, 2), "recorded_by": "gail"}
    drawn.run(lambda command: training.add(command.connection, [{**row, "recorded_at": command.now}]))
    assert fact(drawn, "untrained") == ["Nell"]


def test_an_auditor_without_training_is_pointed_out_until_it_is_recorded(drawn):
    assert fact(drawn, "untrained") == ["Nell"]
    train(drawn, "nell")
    assert fact(drawn, "untrained") == []


def test_without_the_reason_of_the_service_manager_nothing_is_released(drawn):
    task = drawn.task(RELEASE)
    with pytest.raises(Invalid) as refusal:
        work.complete(drawn.engine, "gail", task.id, {"outcome": "release"})
    assert list(refusal.value.errors) == ["untrained_reason"]
    assert period(drawn).state == "assigning"


def test_with_a_reason_it_is_released_and_the_reason_is_kept(drawn):
    task = drawn.task(RELEASE)
    release(drawn, outcome="release", untrained_reason="Nell is trained on Thursday")
    assert period(drawn).state != "assigning"
    rows = drawn.ask(lambda question: submissions.of_instance(question.connection, task.instance))
    assert "Nell is trained on Thursday" in [row.answers.get("untrained_reason") for row in rows]


@pytest.mark.parametrize(("auditor", "asked"), [("nell", True), ("zoe", False)])
def test_another_auditor_without_training_needs_a_reason_too(council, auditor, asked):
    directory.add_council(council.engine, "asha", [NELL], [])
    form = council.ask(lambda question: question.policy.form("reassign_audit.json"))
    council.assign("CF-20931", "kim")
    audit = council.task(AUDIT, "CF-20931")
    facts = council.ask(lambda question: facts_for(question, audit, form))
    assert facts["untrained_auditors"] == ["nell"]
    raw = {"auditor": auditor, "reason": "Kim has left."}

    def errors(question):
        try:
            form.validate(raw, facts, question.language)
        except Invalid as refusal:
            return list(refusal.errors)
        return []

    assert council.ask(errors) == (["untrained_reason"] if asked else [])
