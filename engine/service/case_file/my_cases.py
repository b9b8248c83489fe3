"""The cases of somebody's own and of the teams they answer for that are or were audited (R-07)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.service.cases import closure
from engine.service.command import Question
from engine.service.engine import Engine
from engine.store import actions, audits, case_lists

PAGE = 25


@dataclass(frozen=True)
class MyCase:
    """A case with its newest audit, how many opened remedial actions of it are to do, and when they are due."""

    case: Any
    audit: Any
    to_do: int
    due: datetime | None


@dataclass(frozen=True)
class MyCases:
    """A page of cases, those due first before the others, and how many there are in all."""

    rows: tuple[MyCase, ...]
    total: int


def of_person(engine: Engine, person: str, *, everything: bool = False, page: int = 1) -> MyCases:
    """Return the audited cases that `person` works or whose team they answer for today, as holder or stand-in.

    With `everything` those too of which no audit is under way.
    """

    def work(question: Question) -> MyCases:
        teams = sorted({team for _, team in question.duties(person) if team is not None})
        wanted = case_lists.Wanted(person, tuple(teams), under_way=not everything)
        rows = case_lists.audited(question.connection, wanted, PAGE, (page - 1) * PAGE)
        return MyCases(tuple(_rows(question, rows)), case_lists.count(question.connection, wanted))

    return engine.ask(work)


def _rows(question: Question, rows: list[Any]) -> list[MyCase]:
    references = [row.reference for row in rows]
    newest = audits.newest_by_case(question.connection, references)
    opened = actions.opened_by_case(question.connection, references)
    return [MyCase(row, newest[row.reference], _to_do(question, opened, row.reference), row.due) for row in rows]


def _to_do(question: Question, opened: Mapping[str, list[Any]], case: str) -> int:
    return len(closure.unsettled(question, "action", opened.get(case, [])))
