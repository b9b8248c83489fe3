"""Whether a database is whole: its log, its files, and that every process instance stands where its rows say."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select, text

from engine.bpmn.runtime import stepper
from engine.bpmn.runtime.moment import Moment
from engine.bpmn.runtime.surroundings import Surroundings
from engine.service.command import Question
from engine.service.record_keeping import verification
from engine.store import outbox
from engine.store.instances import UNFINISHED
from engine.store.schema.execution import event, instance, task
from tests.factories.council import Council


def unsound(council: Council, known: dict[str, tuple[int, set[int]]] | None = None) -> list[str]:
    """Say everything that is broken; nothing when all is well. `known` keeps, between calls about one council, what
    an instance waits for at which version.
    """
    known = {} if known is None else known
    return [
        *verification.verify(council.engine).breaks,
        *council.ask(lambda question: list(_of_files(question))),
        *council.ask(lambda question: list(_of_instances(question, known))),
        *council.ask(lambda question: list(_of_tasks(question))),
        *council.ask(lambda question: list(_of_letters(question))),
    ]


def _of_files(question: Question) -> Iterator[str]:
    if question.connection.dialect.name == "sqlite":
        checked = question.connection.execute(text("PRAGMA integrity_check")).scalars().all()
        yield from (one for one in checked if one != "ok")
        yield from map(str, question.connection.execute(text("PRAGMA foreign_key_check")))


def _of_instances(question: Question, known: dict[str, tuple[int, set[int]]]) -> Iterator[str]:
    """No instance has half a step: what its state waits for is what its rows offer."""
    open_rows: dict[str, set[int]] = {}
    for row in question.connection.execute(select(task.c.instance, task.c.key).where(task.c.status == "open")):
        open_rows.setdefault(row.instance, set()).add(row.key)
    for row in question.connection.execute(select(instance)):
        offered = open_rows.get(row.id, set())
        if row.status not in UNFINISHED:
            yield from [f"{row.process} {row.id} has ended and offers {offered}"] if offered else []
            continue
        if known.get(row.id, (0,))[0] != row.version:
            known[row.id] = row.version, {one.key for one in _standing(question, row).tasks}
        waiting = known[row.id][1]
        if not waiting == offered == set(row.open_tasks):
            yield f"{row.process} {row.id} waits for {waiting}, its row for {row.open_tasks}, its tasks for {offered}"


def _standing(question: Question, row: Any) -> stepper.Step:
    deployment = question.deployment(row.deployment)
    surroundings = Surroundings(Moment(question.now), question.functions(deployment), {})
    return stepper.correct(deployment, row.process, row.state, {}, surroundings)


def _of_tasks(question: Question) -> Iterator[str]:
    """Every task that is done was completed by exactly one command, and every key has exactly one effect."""
    rows = list(question.connection.execute(select(event.c.kind, event.c.details, event.c.command_key)))
    completed = Counter(row.details["task"] for row in rows if row.kind == "completed")
    done = set(question.connection.execute(select(task.c.id).where(task.c.status == "done")).scalars())
    yield from (f"task {one} was completed {times} times" for one, times in completed.items() if times > 1)
    yield from (f"task {one} is done and not on record, or on record and not done" for one in done ^ set(completed))
    keys = Counter(row.command_key for row in rows if row.command_key is not None)
    yield from (f"the key {key} had {times} effects" for key, times in keys.items() if times > 1)


def _of_letters(question: Question) -> Iterator[str]:
    """Every letter waits for its next try, or it is told what became of it."""
    for row in question.connection.execute(select(outbox.outbox)):
        known = {
            outbox.WAITING: row.next_try is not None and row.sent_at is None,
            outbox.SENT: row.sent_at is not None and row.tries > 0,
            outbox.FAILED: bool(row.error),
            outbox.INBOX_ONLY: row.sent_at is None,
        }
        if not known[row.status]:
            yield f"letter {row.dedup_key} is {row.status}, tried {row.tries} times, next {row.next_try}"
