"""A process that works for a council until it is killed, and what it wrote down about it outside the database.

It completes tasks with idempotency keys, lets time pass, sends letters, begins audits, uploads lists and releases
assignments. Each keyed command is written down before it is given, and again when it was answered.
"""

import json
import os
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from sqlalchemy import event as listening
from sqlalchemy import select

from engine.errors import Refusal
from engine.service.audits import cycles
from engine.service.cases import actions
from engine.service.mail import mailroom
from engine.service.mail.mailroom import Letterhead
from engine.service.periods import assigning
from engine.service.tasks import work
from engine.store import events
from engine.store.database import Database
from engine.store.schema.council import remedial_action
from engine.store.schema.execution import event, task
from tests.factories.council import AUDIT, Council
from tests.service.monthly import UPLOAD, population

HEAD = Letterhead("casefile@example.gov.uk")
ADMINISTRATOR = "gail"
AUDITORS, CASES = ("kim", "bev", "dan", "finn"), ("CF-20931", "CF-20932", "CF-30510", "CF-40077", "CF-50008")


@dataclass(frozen=True)
class Notebook:
    """What stands in files beside the database: commands given and answered, and letters that went out."""

    folder: Path

    def write(self, name: str, line: object) -> None:
        """Add a line that is there whole or not at all, whatever becomes of this process."""
        descriptor = os.open(self.folder / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(descriptor, (json.dumps(line) + "\n").encode())
        os.close(descriptor)

    def lines(self, name: str) -> list[Any]:
        path = self.folder / name
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    @property
    def sent(self) -> Counter[str]:
        """How often each letter went out, by Message-ID."""
        return Counter(self.lines("sent"))


@dataclass
class Post:
    """A mail server that keeps nothing but the names of letters."""

    notebook: Notebook

    def send(self, message: EmailMessage) -> None:
        self.notebook.write("sent", str(message["Message-ID"]))

    def has_taken(self, message: EmailMessage) -> bool:
        return False

    def close(self) -> None:
        """Nothing is held open."""


@dataclass
class Worker:
    """One life of the process: the council as it finds it, at the last moment that is on record."""

    url: str
    notebook: Notebook
    chance: random.Random
    council: Council = field(init=False)

    def __post_init__(self) -> None:
        self.council = Council(Database(self.url), datetime.fromisoformat("2026-12-01T09:00:00+00:00"))
        self.council.clock.move_to(self.council.ask(lambda question: _last_moment(question.connection)))

    def watch(self, told: Callable[[], None]) -> None:
        """Let `told` know of every statement and every commit, just before it."""
        engine = self.council.database.engine
        listening.listen(engine, "before_cursor_execute", lambda *_: told())
        listening.listen(engine, "commit", lambda *_: told())

    def live(self) -> None:
        """Give the last command again, which may or may not have been done; then go on and on."""
        self.repeat_last()
        while True:
            self.once()

    def repeat_last(self) -> None:
        given = self.notebook.lines("given")
        if given and given[-1]["key"] not in self.answers():
            self.give(given[-1])

    def answers(self) -> dict[str, Any]:
        """What was answered, by key."""
        return {one["key"]: one["answer"] for one in self.notebook.lines("answered")}

    def give(self, command: dict[str, Any]) -> Any:
        """Give a command with its key and write down the answer, None when it was refused."""
        try:
            answer = work.complete(
                self.council.engine, command["person"], command["task"], command["raw"], key=command["key"]
            )
        except Refusal:
            return None
        self.notebook.write("answered", {"key": command["key"], "answer": answer})
        return answer

    def once(self) -> None:
        """Do one thing of many."""
        doing = self.chance.choices(
            (self.complete_one, self.pass_time, self.post, self.begin_one, self.sign_off), weights=(8, 3, 3, 1, 3)
        )[0]
        try:
            doing()
        except Refusal:
            return

    def complete_one(self) -> None:
        rows = self.open_tasks()
        if rows:
            self.complete(self.chance.choice(rows))

    def try_to_complete(self, row: Any) -> None:
        """Complete a task, or leave it as it is when that is refused."""
        try:
            self.complete(row)
        except Refusal:
            return

    def complete(self, row: Any) -> None:
        holders = self.council.holders(row)
        if holders:
            raw = self.council.filled(row, **self._given(row))
            number = len(self.notebook.lines("given"))
            command = {"key": f"{number}-{row.id}", "person": holders[0], "task": row.id, "raw": raw}
            self.notebook.write("given", command)
            self.give(command)

    def _given(self, row: Any) -> dict[str, Any]:
        if row.title == AUDIT:
            wanted = [{"what": f"Do the thing {n}"} for n in range(self.chance.randrange(3))]
            return {"remedial_action_required": "yes" if wanted else "no", "remedial_actions": wanted}
        if row.title == UPLOAD:
            period = self.council.instance(row.instance).cycle
            identifier, _ = cycles.upload(self.council.engine, "hal", period, "cases.csv", population())
            return {"population_list": identifier}
        return {}

    def pass_time(self) -> None:
        hours = self.chance.choice((1, 5, 24, 24 * 4))
        self.council.pass_to(self.council.clock.now() + timedelta(hours=hours))

    def post(self) -> None:
        mailroom.relay(self.council.engine, Post(self.notebook), HEAD)

    def begin_one(self) -> None:
        case, auditor = self.chance.choice(CASES), self.chance.choice(AUDITORS)
        assigning.assign(
            self.council.engine, ADMINISTRATOR, case, auditor, selected_for_review=self.chance.random() < 0.3
        )

    def sign_off(self) -> None:
        """Sign off one remedial action that is open."""
        rows = self.open_actions()
        if rows:
            self.sign_off_one(self.chance.choice(rows))

    def sign_off_one(self, action: Any) -> None:
        activity = self.council.ask(lambda question: actions.activity(question, action))
        actions.sign_off(self.council.engine, self.council.holders(activity)[0], action.id)

    def open_actions(self) -> list[Any]:
        query = select(remedial_action).where(remedial_action.c.state == "open").order_by(remedial_action.c.id)
        return self.council.ask(lambda question: list(question.connection.execute(query)))

    def open_tasks(self) -> list[Any]:
        query = select(task).where(task.c.status == "open").order_by(task.c.id)
        return self.council.ask(lambda question: list(question.connection.execute(query)))


def _last_moment(connection: Any) -> datetime:
    last: datetime = connection.execute(select(event.c.at).order_by(event.c.at.desc()).limit(1)).scalar_one()
    return last


def effects(council: Council, key: str) -> Any:
    """The event that a command with this key left, None when it was not done."""
    return council.ask(lambda question: events.by_command(question.connection, key))
