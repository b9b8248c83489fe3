"""Process instances by process, state, age, due date, post and team: a list for the meeting and a file (I-04, I-12)."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from engine.domain.calendar import format_moment, local_day, start_of_day
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.overview import seeing
from engine.store import standings
from engine.store.instances import CANCELLED, GIVEN_UP, STOPPED
from engine.store.standings import ENDED, MOST_COUNTED, OVERDUE, SOON, STANDING_STILL, UNDATED, Narrowing

__all__ = ["AGES", "DUES", "ENDED", "OVERDUE", "PAGE", "STANDING_STILL", "STATES", "Filter", "Row"]

PAGE = 50
AGES = (20, 60, 120)
WORKING_WEEK = 5
MOST_EXPORTED = 20_000
STATES, DUES = (STANDING_STILL, ENDED), (OVERDUE, SOON, UNDATED)
MOST_BY_INDEX = 10_000
"""As many are counted where an index alone answers; the overview counts all."""
_COUNTED_BY_INDEX = {"process", "state", "age"}
COLUMNS = (
    ("Process", "text"),
    ("About", "text"),
    ("Audit period", "text"),
    ("State", "text"),
    ("Waits at", "text"),
    ("Waits for", "text"),
    ("Team", "text"),
    ("Began", "text"),
    ("Age in working days", "number"),
    ("Next due", "text"),
    ("Overdue", "text"),
)


@dataclass(frozen=True)
class Filter:
    """What a reader asks for, as it stands in an address; "" for any. `post` is a lane, `age` working days at least,
    `case` the beginning of a case reference.
    """

    process: str = ""
    element: str = ""
    team: str = ""
    post: str = ""
    case: str = ""
    state: str = ""
    due: str = ""
    age: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """What is asked for, by name, without what is not."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True)
class Row:
    """An instance in a list. `about` is the reference of its case, never a name of a child, else its audit period or
    its id; "Restricted" for who is barred from the case, as `case` is None then. `lane` has what is due next.
    """

    id: str
    process: str
    about: str
    case: str | None
    cycle: str | None
    team: str | None
    state: str
    places: tuple[str, ...]
    lane: str | None
    started_at: datetime
    age: int
    due: datetime | None
    overdue: bool

    @property
    def stopped(self) -> bool:
        """Whether an incident stopped it."""
        return self.state == "stopped"


@dataclass(frozen=True)
class WorkList:
    """A page of a list, how many there are in all, and what a reader may choose: `processes` by id, teams, posts.

    There may be `more` than `total`, which are then not counted: only so many can be leafed through.
    """

    rows: tuple[Row, ...]
    total: int
    more: bool
    processes: Mapping[str, str]
    teams: tuple[str, ...]
    posts: tuple[str, ...]
    wanted: Filter
    days: int


def listed(engine: Engine, person: str, wanted: Filter, days: int, page: int = 1) -> WorkList:
    """Return a page of the instances asked for, oldest first; of those that ended, of the last `days` days.

    NotAllowed by rights.dmn.
    """

    def work(question: Question) -> WorkList:
        seeing.refuse(question, person)
        return list_in(question, person, wanted, days, page)

    return engine.ask(work)


def list_in(question: Question, person: str, wanted: Filter, days: int, page: int = 1) -> WorkList:
    """Return a page of the instances asked for, as `person` may see it, in the open transaction."""
    narrowing = _narrowing(question, person, wanted, days)
    found = standings.listed(question.connection, narrowing, question.now, PAGE, (page - 1) * PAGE)
    most = MOST_BY_INDEX if wanted.asked.keys() <= _COUNTED_BY_INDEX else MOST_COUNTED
    total = standings.count(question.connection, narrowing, question.now, most)
    processes = question.policy.processes
    return WorkList(
        rows=tuple(_rows(question, person, found)),
        total=min(total, most),
        more=total > most,
        processes=dict(sorted(((one.id, one.name) for one in processes.values()), key=lambda pair: pair[1])),
        teams=tuple(standings.teams(question.connection, wanted.process)),
        posts=_posts(question, wanted.process),
        wanted=wanted,
        days=days,
    )


def export(engine: Engine, person: str, wanted: Filter, days: int, form: str) -> dict[str, Any]:
    """Return the whole list as a report of one table for a file of a `form`, and record that it was exported.

    At most MOST_EXPORTED rows; how many there are in all stands in it. NotAllowed by rights.dmn.
    """

    def work(command: Command) -> dict[str, Any]:
        seeing.refuse(command, person)
        narrowing = _narrowing(command, person, wanted, days)
        found = standings.listed(command.connection, narrowing, command.now, MOST_EXPORTED, 0)
        total = standings.count(command.connection, narrowing, command.now)
        command.note("lists", "exported", {"list": "standing", "form": form, "asked": wanted.asked, "rows": len(found)})
        return _report(command, list(_rows(command, person, found)), total, wanted)

    return engine.run(person, work)


def _report(question: Question, rows: list[Row], total: int, wanted: Filter) -> dict[str, Any]:
    marking = question.decide("outgoing_records", kind="list", event="exported").get("marking")
    said = ", ".join(f"{name} {value}" for name, value in wanted.asked.items()) or "everything under way"
    more = f" Only the oldest {len(rows):,} of {total:,} are here: narrow the list." if total > len(rows) else ""
    table = {
        "title": f"{len(rows):,} of {total:,}",
        "group": "",
        "columns": [{"label": label, "kind": kind} for label, kind in COLUMNS],
        "rows": [_cells(row) for row in rows],
    }
    return {
        "name": "where-everything-stands",
        "title": "Where everything stands",
        "about": said,
        "marking": marking,
        "period": question.today.isoformat(),
        "period_in_words": f"{question.today:%-d %B %Y}",
        "audit_period": None,
        "edition": None,
        "status": f"As it stood when it was made.{more}",
        "made_at": format_moment(question.now),
        "parts": [{"title": "Process instances", "figures": [], "tables": [table]}],
    }


def _cells(row: Row) -> list[str | int]:
    return [
        row.process,
        row.about,
        row.cycle or "",
        row.state,
        "; ".join(row.places),
        row.lane or "",
        row.team or "",
        local_day(row.started_at).isoformat(),
        row.age,
        "" if row.due is None else local_day(row.due).isoformat(),
        "yes" if row.overdue else "no",
    ]


def _narrowing(question: Question, person: str, wanted: Filter, days: int) -> Narrowing:
    asked = {name: value for name, value in wanted.asked.items() if name != "age"}
    found = Narrowing(**asked)  # type: ignore[arg-type]  # the names of Filter are among those of Narrowing
    # So that nobody who is barred finds out by a reference where a restricted record stands.
    found = replace(found, barred=seeing.barred(question, person) if wanted.case else None)
    if wanted.age.isascii() and wanted.age.isdigit() and int(wanted.age) in AGES:
        first = question.calendar.subtract(question.today, int(wanted.age))
        found = replace(found, begun_before=start_of_day(first + timedelta(days=1)))
    if wanted.state == ENDED:
        found = replace(found, ended_since=question.now - timedelta(days=days))
    if wanted.due == SOON:
        found = replace(found, due_before=question.calendar.due(question.today, WORKING_WEEK))
    return found


def _posts(question: Question, process: str) -> tuple[str, ...]:
    """Return the lanes of a process, or of all."""
    known = question.policy.processes
    chosen = [known[process]] if process in known else list(known.values()) if not process else []
    return tuple(sorted({facts.lane for one in chosen for facts in one.elements.values() if facts.lane is not None}))


def _rows(question: Question, person: str, found: Iterable[Any]) -> Iterable[Row]:
    barred = seeing.barring(question, person)
    for row in found:
        definition = question.deployment(row.deployment).definition(row.process)
        places = [one for one in dict.fromkeys(row.tokens) if seeing.is_place(definition.elements, one)]
        yield Row(
            id=row.id,
            process=definition.name,
            about=seeing.RESTRICTED if barred(row) else row.case_ref or row.cycle or row.id,
            case=None if barred(row) else row.case_ref,
            cycle=row.cycle,
            team=row.team,
            state=_state(row),
            places=tuple(seeing.place_name(definition, element) for element in places),
            lane=row.lane,
            started_at=row.started_at,
            age=question.calendar.between(local_day(row.started_at), question.today),
            due=row.due,
            overdue=row.due is not None and row.due < question.now,
        )


def _state(row: Any) -> str:
    if row.finished_at is not None:
        return str(row.status) if row.status in (GIVEN_UP, CANCELLED) else "finished"
    return "stopped" if row.status == STOPPED else "under way"
