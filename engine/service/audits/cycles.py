"""The audit period: opening it, uploading its population list, and what its pages show (manual section 7, M1)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from engine.domain.sampling import Draw, redraw
from engine.errors import NotAllowed, NotNow
from engine.service import instances, rights
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.population.columns import FILE, PopulationColumns, read_columns
from engine.service.population.lists import read_population
from engine.service.population.report import PopulationReport, Stratum
from engine.service.tables import first
from engine.store import cycles, deployments, tasks
from engine.store.instances import new_key

STRATA = "strata"
CYCLE = "monthly_cycle"


def begin_scheduled(command: Command, process: str, day: date) -> str:
    """Begin the occurrence of a recurring process on its day, once; the audit cycle opens its period with it."""
    if process == CYCLE:
        return open_cycle(command, process, day)
    facts = {"reference_date": day.isoformat()}
    return instances.begin(command, process, facts, business_key=new_key(process, day.isoformat()))


def open_cycle(command: Command, process: str, reference_date: date) -> str:
    """Open the audit period of a reference date; exactly one can be opened for a month (R-20)."""
    identifier = f"{reference_date:%Y-%m}"
    instance = instances.new_id()
    cycles.add(
        command.connection,
        {"id": identifier, "reference_date": reference_date, "state": "awaiting frame", "instance": instance},
    )
    facts = {"cycle": identifier, "reference_date": reference_date.isoformat()}
    instances.begin(command, process, facts, identifier=instance, business_key=new_key(process, identifier))
    return identifier


def read_list(engine: Engine, content: bytes, file_name: str) -> PopulationReport:
    """Read a population list without keeping anything. Unreadable or TooLarge with a sentence."""
    columns, known = engine.ask(_reading)
    return read_population(file_name, content, columns, known.get)


def upload(engine: Engine, actor: str, cycle: str, file_name: str, content: bytes) -> tuple[str, PopulationReport]:
    """Keep the report of a population list for an open period; return the id of the upload and the report.

    The frame is the accepted rows. Of the file only its fingerprint is kept: it may hold more of a record than an
    audit needs (R-02). Nothing of an unreadable list is kept. NotNow when the list is locked, NotAllowed
    for who has no open work of this period.
    """
    report = read_list(engine, content, file_name)

    def work(command: Command) -> str:
        cycles.hold(command.connection, cycle)
        row = cycles.get(command.connection, cycle)
        if row.locked_at is not None:
            raise NotNow(doing="Uploading another list", reason="the population list of this period is locked")
        _authorise(command, row)
        identifier = instances.new_id()
        kept = {"id": identifier, "cycle": cycle, "file_name": file_name[:200], "sha256": sha256(content).hexdigest()}
        cycles.add_upload(command.connection, {**kept, "person": actor, "at": command.now})
        cycles.replace_frame(command.connection, cycle, _frame_rows(cycle, report))
        cycles.change(command.connection, cycle, {"report": report.summary(), "state": "frame checking"})
        details = {"upload": identifier, "accepted": len(report.rows), "refused": len(report.refused)}
        command.note(f"cycle {cycle}", "population uploaded", details)
        return identifier

    return engine.run(actor, work), report


def _authorise(command: Command, period: Any) -> None:
    """Refuse whoever may complete none of the open tasks of a period."""
    found = [task for task in tasks.of_instance(command.connection, period.instance) if task.status == tasks.OPEN]
    reasons = [rights.reason_against(command, command.actor, "complete", task.title, task) for task in found]
    if None not in reasons:
        raise NotAllowed(doing="upload a population list", reason=next(iter(reasons), "its period has ended"))


def _frame_rows(cycle: str, report: PopulationReport) -> Iterator[Mapping[str, Any]]:
    for row in report.rows:
        yield {
            "cycle": cycle,
            "case_ref": row.case_reference,
            "stratum": row.stratum,
            "team": row.team,
            "social_worker": row.social_worker,
            "restricted": row.restricted,
        }


def _reading(question: Question) -> tuple[PopulationColumns, "_Strata"]:
    files = deployments.snapshot(question.connection, question.number_in_force)
    return read_columns(files[FILE]), _Strata(question)


def stratum_code(question: Question, area: str) -> str | None:
    """Return the stratum of a service area in scope, whatever the list calls it; None for others."""
    found = _Strata(question).get(area)
    return found.code if found is not None and found.in_scope else None


class _Strata:
    """Strata by service area as the list names it, each asked of strata.dmn once."""

    def __init__(self, question: Question) -> None:
        self._decision = question.policy.decision(STRATA)
        self._language = question.language
        self._known: dict[str, Stratum | None] = {}

    def get(self, area: str) -> Stratum | None:
        """Return the stratum of a service area, None for an unknown one."""
        if area not in self._known:
            self._known[area] = self._ask(area)
        return self._known[area]

    def _ask(self, area: str) -> Stratum | None:
        row = first(self._decision, {"service_area": area.strip()}, self._language)
        if row.get("known") is not True:
            return None
        return Stratum(code=str(row["stratum"]), in_scope=bool(row["in_scope"]), order=int(row["precedence"]))


def frame_by_stratum(question: Question, cycle: str) -> dict[str, list[str]]:
    """Return the case references of a period's frame by stratum."""
    found: dict[str, list[str]] = {}
    for row in cycles.frame_of(question.connection, cycle):
        found.setdefault(row.stratum, []).append(row.case_ref)
    return found


def drawn(engine: Engine, cycle: str) -> tuple[Mapping[str, Any], Mapping[str, Sequence[str]]]:
    """Return the certificate of a period's draw and its frame, the case references by stratum.

    With both anybody can draw again (I-07). NotFound, NotNow before the sample is drawn.
    """

    def work(question: Question) -> tuple[Mapping[str, Any], Mapping[str, Sequence[str]]]:
        row = cycles.get(question.connection, cycle)
        if row.certificate is None:
            raise NotNow(doing="Drawing again", reason="no sample has been drawn yet")
        return row.certificate, frame_by_stratum(question, cycle)

    return engine.ask(work)


def drawn_again(engine: Engine, cycle: str) -> Draw:
    """Draw the sample of a period again from its certificate and frame; NotReproduced when they do not agree."""
    return redraw(*drawn(engine, cycle))
