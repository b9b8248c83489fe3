"""One click: somebody completes a task, through the service, and as anybody would write it by hand with an ORM."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate
from sqlalchemy.orm import Session, registry

from engine.bpmn.forms.form import Form
from engine.bpmn.forms.model import Question
from engine.service.record_system import extracts
from engine.service.tasks import answering, work
from engine.store.database import Database
from engine.store.schema.execution import event, instance, submission
from tests.benchmarks import town
from tests.benchmarks.measuring import Figure, Work, in_turn, milliseconds, ratio, statements
from tests.factories.council import AUDIT, Council, at

ROUNDS = 61
FIRST_CASE = 500_000
MAPPED = registry()


@MAPPED.mapped
class InstanceRow:
    """The row that is updated."""

    __table__ = instance


@MAPPED.mapped
class SubmissionRow:
    """The first row that is inserted."""

    __table__ = submission


@MAPPED.mapped
class EventRow:
    """The second row that is inserted."""

    __table__ = event


def clicks(folder: Path) -> list[Figure]:
    """Compare the completion of audits with transactions written by hand, on copies of one database."""
    found = town.council(folder / "ours.db", at(2026, 11, 2))
    tasks = list(_assigned(found))
    raw = answering.for_task(found.engine, tasks[0].id, {"remedial_action_required": "no"})
    form = found.ask(lambda question: question.policy.form("audit.json"))
    found.database.close()
    shutil.copyfile(folder / "ours.db", folder / "by_hand.db")
    by_hand = Database(f"sqlite:///{folder / 'by_hand.db'}")
    schema = schema_by_hand(form)
    times = in_turn(_pair(found, by_hand, schema, task, raw) for task in tasks)[1:]
    by_hand.close()
    figures = [
        Figure("completing an audit: service / ORM by hand", ratio(times), "times", 2.5),
        Figure("… through the service", milliseconds([one for one, _ in times]), "ms"),
        Figure("… by hand with the ORM", milliseconds([other for _, other in times]), "ms"),
    ]
    return figures + _counted(found)


def _assigned(found: Council) -> Iterator[Any]:
    extracts.add_cases(found.engine, "the set-up", list(town.cases(FIRST_CASE, ROUNDS + 1, homes=1)))
    for number in range(FIRST_CASE, FIRST_CASE + ROUNDS + 1):
        found.assign(f"CF-{number}", "kim")
        yield found.task(AUDIT, f"CF-{number}")


def _pair(found: Council, by_hand: Database, schema: Schema, task: Any, raw: Mapping[str, Any]) -> tuple[Work, Work]:
    return (
        lambda: work.complete(found.engine, "kim", task.id, raw),
        lambda: complete_by_hand(by_hand, schema, task, raw),
    )


def schema_by_hand(form: Form) -> Schema:
    """The same questions as somebody would declare them in Python."""
    declared = {
        question.id: _field(question)
        for section in form.sections
        for question in section.questions
        if question.type not in ("info", "fact")
    }
    return Schema.from_dict(declared, name="AuditSchema")(unknown=EXCLUDE)


def _field(question: Question) -> fields.Field[Any]:
    if question.type == "rows":
        row = Schema.from_dict({one.id: _field(one) for one in question.questions}, name="RowSchema")
        return fields.List(fields.Nested(row(unknown=EXCLUDE)))
    if question.type == "radios":
        return fields.String(validate=validate.OneOf([option.value for option in question.options]))
    if question.type == "checkboxes":
        return fields.List(fields.String())
    if question.type == "integer":
        return fields.Integer()
    return fields.Raw() if question.type == "date" else fields.String(validate=validate.Length(max=10_000))


def complete_by_hand(database: Database, schema: Schema, task: Any, raw: Mapping[str, Any]) -> None:
    """Validate, update one row and insert two, in one transaction."""
    answers = schema.load(raw)
    now = task.opened_at
    with database.transaction() as connection, Session(bind=connection) as session:
        row = session.get_one(InstanceRow, task.instance)
        row.version += 1
        row.tokens = ["acknowledge_audit"]
        submitted = {"instance": row.id, "element": task.element, "form": task.form, "form_digest": ""}
        session.add(SubmissionRow(**submitted, answers=answers, person="kim", at=now))
        logged = {"stream": row.id, "n": row.version, "kind": "completed", "actor": "kim", "at": now}
        session.add(EventRow(**logged, details={"task": task.id}, previous="", hash=""))
        session.flush()


def _counted(found: Council) -> list[Figure]:
    """The statements and commits of single clicks of several kinds."""
    figures = []
    for name, task, given in _kinds(found):
        raw = answering.for_task(found.engine, task.id, given)
        person = found.holders(task)[0]
        with statements(found.database.engine) as sent:
            work.complete(found.engine, person, task.id, raw)
        figures += [Figure(f"statements: {name}", sent["statements"], "statements")]
        assert sent["commits"] == 1, sent
    return [*figures, Figure("commits a click", 1, "commits", 1)]


def _kinds(found: Council) -> Iterator[tuple[str, Any, Mapping[str, object]]]:
    extracts.add_cases(found.engine, "the set-up", list(town.cases(FIRST_CASE - 10, 3, homes=1)))
    plain, drawn, remedial = (f"CF-{FIRST_CASE - 10 + number}" for number in range(3))
    for case in (plain, drawn, remedial):
        found.assign(case, "kim", drawn=case == drawn)
    yield "an audit", found.task(AUDIT, plain), {"remedial_action_required": "no"}
    yield "its acknowledgement", found.task(found.titles(plain)[0], plain), {}
    rows = {"remedial_action_required": "yes", "remedial_actions": [{"what": "Bring it up to date"}]}
    yield "an audit with a remedial action", found.task(AUDIT, remedial), rows
    yield "an audit drawn for quality assurance", found.task(AUDIT, drawn), {"remedial_action_required": "no"}
    yield "its review", found.task(found.titles(drawn)[0], drawn), {}
