"""What a month's audits say of all open cases: the editions of its figures (manual section 1, R-09, R-62)."""

from collections.abc import Mapping
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
    return edition(name, GOOD, _strata(question, row), Rules())


def _strata(question: Question, row: Any) -> list[Stratum]:
    sampled = row.certificate["strata"]
    stratum_of = {case: stratum for stratum, cases in sampled_cases(row.certificate).items() for case in cases}
    values: dict[str, list[float]] = {stratum: [] for stratum in sampled}
    good: dict[str, bool] = {}
    for audit in audits.of_cycle(question.connection, row.id):
        if audit.authorised_at is not None and audit.grade is not None:
            if audit.grade not in good:
                good[audit.grade] = _is_good(question, audit.grade)
            values[stratum_of[audit.case_ref]].append(float(good[audit.grade]))
    return [
        Stratum(code, population=facts["population"], values=tuple(values[code]), sampled=facts["sample"])
        for code, facts in sampled.items()
    ]


def _is_good(question: Question, grade: str) -> bool:
    return question.decide(GRADES, grade=grade.replace("_", " ")).get("good_or_better") is True


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
