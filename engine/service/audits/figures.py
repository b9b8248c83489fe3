"""What a month's audits say of all open cases: the editions of its figures (manual section 1, R-09, R-62)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from engine.domain.editions import Edition, edition
from engine.domain.estimates import Rules
from engine.domain.sampling import sampled_cases
from engine.domain.strata import Stratum
from engine.errors import NotNow
from engine.service.command import Question
from engine.service.engine import Engine
from engine.store import audits, cycles

GRADES = "grades"
GOOD = "good or better"
Name = Literal["provisional", "final"]
EDITIONS: Mapping[str, Name] = {"provisional": "provisional", "final": "final"}


def of_cycle(engine: Engine, cycle: str, name: Name) -> Edition:
    """Return the share graded good or better among all cases of the period, from the audits done so far."""
    return engine.ask(lambda question: current(question, cycle, name))


def current(question: Question, cycle: str, name: Name) -> Edition:
    """Return an edition from the audits authorised so far; NotNow before the sample is drawn."""
    row = cycles.get(question.connection, cycle)
    if row.certificate is None:
        raise NotNow(doing="An estimate", reason="no sample has been drawn for this period")
    return edition(name, GOOD, strata(question, row, is_good(question)), Rules())


def strata(
    question: Question, row: Any, judge: Callable[[Any], float | None], until: datetime | None = None
) -> list[Stratum]:
    """Return what the audits of a drawn period say, by stratum: those authorised by `until` (None: all so far).

    `judge` gives the value of an audit, None for one that is outside of what is asked.
    """
    return strata_of(row, done(question, row, until), judge)


def strata_of(row: Any, audited: Iterable[Any], judge: Callable[[Any], float | None]) -> list[Stratum]:
    """Return what some audits of a drawn period say, by stratum."""
    sampled = row.certificate["strata"]
    stratum_of = {case: stratum for stratum, cases in sampled_cases(row.certificate).items() for case in cases}
    values: dict[str, list[float]] = {stratum: [] for stratum in sampled}
    outside = dict.fromkeys(sampled, 0)
    for audit in audited:
        value = judge(audit)
        if value is None:
            outside[stratum_of[audit.case_ref]] += 1
        else:
            values[stratum_of[audit.case_ref]].append(value)
    return [
        Stratum(code, facts["population"], tuple(values[code]), facts["sample"], outside[code], row.id)
        for code, facts in sampled.items()
    ]


def done(question: Question, row: Any, until: datetime | None = None) -> list[Any]:
    """Return the audits of a period that were authorised with a grade, by `until` where it is given."""
    return [audit for audit in audits.of_cycle(question.connection, row.id) if is_done(audit, until)]


def is_done(audit: Any, until: datetime | None = None) -> bool:
    """Return whether an audit was authorised with a grade, by `until` where it is given."""
    if audit.authorised_at is None or audit.grade is None:
        return False
    return until is None or bool(audit.authorised_at <= until)


def is_good(question: Question) -> Callable[[Any], float]:
    """Return what says of an audit whether it was graded good or better (1) or not (0), by grades.dmn."""
    known: dict[str, float] = {}

    def judged(audit: Any) -> float:
        if audit.grade not in known:
            row = question.decide(GRADES, grade=audit.grade.replace("_", " "))
            known[audit.grade] = float(row.get("good_or_better") is True)
        return known[audit.grade]

    return judged


def as_json(found: Edition) -> Mapping[str, Any]:
    """Return an edition as plain JSON: figures are shares from 0 to 1."""
    interval = found.overall.interval
    return {
        "edition": found.name,
        "what": found.overall.what,
        "share": found.overall.value,
        "error": found.overall.error,
        "low": None if interval is None else interval.low,
        "high": None if interval is None else interval.high,
        "method": None if interval is None else interval.method,
        "done": found.response.done,
        "sampled": found.response.sampled,
        "worst": None if found.bounds is None else found.bounds.low,
        "best": None if found.bounds is None else found.bounds.high,
        "remarks": list(found.overall.remarks),
    }
