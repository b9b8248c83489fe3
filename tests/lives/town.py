"""A whole council in memory that can be had anew in a millisecond, and what people may do in it by chance."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import select

from engine.errors import Invalid, NotFound
from engine.service import instances
from engine.service.cases import actions
from engine.service.council import leavers
from engine.service.people import directory
from engine.service.periods import assigning
from engine.service.record_system import extracts
from engine.service.record_system.extracts import CaseChange
from engine.service.tasks import answering, beginning, work
from engine.service.tasks.starting import facts_about, startable
from engine.store.database import Database
from engine.store.schema.council import remedial_action
from engine.store.schema.execution import task
from tests.factories.council import AUDIT, MORNING, Council, fill
from tests.factories.databases import Shelf

CASES = ("CF-20931", "CF-20932", "CF-30510", "CF-40077")
TEAMS = ("North CIN", "South CIN", "East Looked After")
AUDITORS = ("kim", "bev", "dan", "finn", "mo")
DECIDE = "Decide on deferment or dispensation"
LEAVERS = ("kim", "dan", "mo", "finn", "nia", "quin")
PEOPLE = ("kim", "mo", "oz", "asha", "nia", "quin", "bev", "ghost")


@cache
def _prepared() -> sqlite3.Connection:
    database = Database("sqlite://")
    database.create_tables()
    fill(database)
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    _copy(database, kept, back=True)
    database.close()
    return kept


def _copy(database: Database, kept: sqlite3.Connection, *, back: bool = False) -> None:
    raw = database.engine.raw_connection()
    own: Any = raw.driver_connection
    (own if back else kept).backup(kept if back else own)
    raw.close()


@cache
def _empty() -> Database:
    """The database of each life in turn: it is empty when it was closed, and its statements stay compiled."""
    return Database("sqlite://")


@contextmanager
def in_memory() -> Iterator[Council]:
    """A council of its own, as the tests know it on the morning of 1 December 2026."""
    _copy(_empty(), _prepared())
    council = Council(_empty(), MORNING)
    yield council
    council.close()


@contextmanager
def on_a_server(shelf: Shelf) -> Iterator[Council]:
    """The same council in a PostgreSQL database of its own."""
    with shelf.open("postgresql", "council") as database:
        council = Council(database, MORNING)
        yield council
        council.close()


class Town:
    """What can happen in a council. Each happening takes numbers that choose who, what and how, so that it is the same
    for the same numbers; a Refusal says that it may not be.
    """

    def __init__(self, council: Council) -> None:
        self.council = council
        self.give_audit(0, 0, drawn=True)
        self.give_audit(1, 1, drawn=False)

    def give_audit(self, case: int, auditor: int, drawn: bool) -> None:
        chosen = CASES[case % len(CASES)], AUDITORS[auditor % len(AUDITORS)]
        assigning.assign(self.council.engine, "gail", *chosen, selected_for_review=drawn)

    def complete(self, which: int, how: int) -> None:
        """Somebody completes one of the open tasks about cases, choosing by `how` among the answers there are."""
        rows = [row for row in self.open_tasks() if row.case_ref is not None]
        row = rows[which % len(rows)] if rows else None
        holders = self.council.holders(row) if row is not None else ()
        if row is not None and holders:
            person = holders[how % len(holders)]
            try:
                work.complete(self.council.engine, person, row.id, self._answers(row, random.Random(how)))
            except Invalid:
                work.complete(self.council.engine, person, row.id, self.council.filled(row))

    def _answers(self, row: Any, chance: random.Random) -> dict[str, Any]:
        if row.form is None:
            return {}
        deployment = self.council.ask(
            lambda question: question.deployment(instances.get_row(question, row.instance).deployment)
        )
        given = _chosen(deployment.form(row.form), chance)
        if row.title == AUDIT:
            wanted = [{"what": f"Do the thing {n}"} for n in range(chance.randrange(3))]
            given = {"remedial_action_required": "yes" if wanted else "no", "remedial_actions": wanted}
        return self.council.filled(row, **given)

    def begin(self, case: int, person: int, which: int) -> None:
        """Somebody begins, by its form, one of the processes that they may begin about a case."""
        reference, who = CASES[case % len(CASES)], self._somebody(case, person)
        starts = self.council.ask(lambda question: startable(question, who, reference))
        if not starts:
            return
        process = starts[which % len(starts)].process
        facts = self.council.ask(lambda question: facts_about(question, reference))
        chance = random.Random(which)
        form = self.council.ask(lambda question: question.policy.form(question.policy.definition(process).start.form))
        try:
            raw = answering.for_start(self.council.engine, process, facts, _chosen(form, chance))
        except NotFound:
            return
        if "new_start" in raw:
            day = self.council.clock.now() + timedelta(days=chance.randrange(60))
            raw["new_start"] = day.date().isoformat()
        beginning.begin(self.council.engine, who, process, raw, facts, key=f"{which}-{case}-{person}-{process}"[:64])

    def _somebody(self, case: int, person: int) -> str:
        rows = [row for row in self.open_tasks() if row.case_ref == CASES[case % len(CASES)]]
        concerned = sorted({holder for row in rows for holder in self.council.holders(row)})
        choices = [*concerned, *PEOPLE]
        return choices[person % len(choices)]

    def sign_off(self, which: int, person: int) -> None:
        query = select(remedial_action).order_by(remedial_action.c.id)
        rows = self.council.ask(lambda question: list(question.connection.execute(query)))
        if rows:
            action = rows[which % len(rows)]
            activity = self.council.ask(lambda question: actions.activity(question, action))
            holders = self.council.holders(activity)
            who = holders[0] if holders and person % 4 else PEOPLE[person % len(PEOPLE)]
            actions.sign_off(self.council.engine, who, action.id)

    def ask_for_deferment(self, which: int, days: int) -> None:
        """The auditor of an open audit asks for a start so many days from today."""
        rows = [row for row in self.open_tasks() if row.title == AUDIT and row.case_ref in CASES]
        if rows:
            row = rows[which % len(rows)]
            facts = self.council.ask(lambda question: facts_about(question, row.case_ref, row.audit))
            raw = {"request_kind": "deferment", "reason": "Leave", "new_start": self._day(days)}
            beginning.begin(self.council.engine, row.assignee, "deferment", raw, facts)

    def grant_deferment(self, which: int, days: int) -> None:
        """Whoever decides grants a deferment, with a start so many days from today."""
        rows = [row for row in self.open_tasks() if row.title == DECIDE]
        if rows:
            row = rows[which % len(rows)]
            raw = {"request_kind": "deferment", "deferment_outcome": "grant", "new_start": self._day(days)}
            work.complete(self.council.engine, self.council.holders(row)[0], row.id, raw)

    def _day(self, days: int) -> str:
        today = self.council.ask(lambda question: question.today)
        return (today + timedelta(days=days)).isoformat()

    def pass_time(self, hours: int) -> None:
        self.council.pass_to(self.council.clock.now() + timedelta(hours=hours))

    def be_away(self, person: int, days: int) -> None:
        today = self.council.ask(lambda question: question.today)
        who = PEOPLE[person % len(PEOPLE)]
        directory.record_absence(self.council.engine, "asha", who, today, today + timedelta(days=days))

    def leave_pool(self, person: int) -> None:
        directory.leave_pool(self.council.engine, "asha", [PEOPLE[person % len(PEOPLE)]])

    def leave(self, person: int, days: int | None) -> None:
        """One of those who audit or review leaves for good, at once or after so many days."""
        who = LEAVERS[person % len(LEAVERS)]
        today = self.council.ask(lambda question: question.today)
        leavers.leave(self.council.engine, "gail", who, None if days is None else today + timedelta(days=days))

    def be_back(self, person: int) -> None:
        """Somebody does not leave after all, or comes back, to be an auditor again."""
        who = LEAVERS[person % len(LEAVERS)]
        if self.council.ask(lambda question: question.directory.has_left(who)):
            leavers.come_back(self.council.engine, "gail", who)
        else:
            leavers.stay(self.council.engine, "gail", who)

    def close_offices(self, first: int, days: int) -> None:
        day = self.council.ask(lambda question: question.today) + timedelta(days=first)
        directory.close_council(self.council.engine, "asha", day, day + timedelta(days=days), "Snow")

    def extract(self, case: int, team: int, status: str | None) -> None:
        """The record system says that a case moved, was closed or was opened again."""
        moved = (None, *TEAMS)[team % (len(TEAMS) + 1)]
        change = CaseChange(CASES[case % len(CASES)], team=moved, status=status)
        extracts.apply(self.council.engine, "the extract", change)

    def restrict(self, case: int, restricted: bool) -> None:
        """The record system marks a case as restricted, or no longer."""
        change = CaseChange(CASES[case % len(CASES)], restricted=restricted)
        extracts.apply(self.council.engine, "the extract", change)

    def open_tasks(self) -> list[Any]:
        query = select(task).where(task.c.status == "open").order_by(task.c.opened_at, task.c.process, task.c.element)
        return self.council.ask(lambda question: list(question.connection.execute(query)))


def _chosen(form: Any, chance: random.Random) -> dict[str, Any]:
    """An answer by chance to every question of a form that chooses a way through its process."""
    return {
        name: chance.choice(question.options).value
        for name, question in form.questions.items()
        if question.variable and question.type == "radios" and question.options
    }
