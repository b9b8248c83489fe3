"""The draw and its certificate, repeated on the spot from the locked list (manual section 7; R-41, R-42, I-07)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from engine.domain.calendar import LONDON
from engine.domain.sampling import redraw, sampled_cases
from engine.errors import NotReproduced
from engine.service.audits.cycles import frame_by_stratum
from engine.service.reports.found import Figure, Found, Row, Table, count
from engine.service.reports.scope import Scope, in_words
from engine.service.reports.wording import figure_in_words

MOMENTS: Final = ("locked_at", "seed_made_at")
STATED: Final = ("guide", "allocation", "seed", "frame_sha256", *MOMENTS)
SUBJECT: Final = "draw"
NAMES = (
    "no_sample",
    "sample",
    "sample_of",
    "repeated",
    "reserves",
    "strata",
    "strata.area",
    "strata.population",
    "strata.sample",
    "strata.probability",
    "certificate",
    "certificate.fact",
    "certificate.value",
    *(f"words.{one}" for one in STATED),
)


def found(scope: Scope) -> Iterator[Found]:
    """Yield the certificate of the newest draw up to this month, and whether it can be repeated."""
    if not scope.cycles:
        yield Figure("no_sample", "count", 0, 0)
        return
    row = scope.cycles[0]
    certificate = row.certificate
    sample: list[Row] = [
        {"case": case, "area": code} for code, cases in sampled_cases(certificate).items() for case in cases
    ]
    yield Figure("sample", "count", len(sample), len(sample), rows=sample, facts={"period": in_words(row.id)})
    for code in certificate["strata"]:
        yield count("sample_of", [one for one in sample if one["area"] == code], len(sample), code)
    yield _repeated(scope, row, len(sample))
    replaced: list[Row] = [
        {"case": used["replaced"], "area": used["stratum"], "reason": used["reason"]}
        for used in certificate["reserves_used"]
    ]
    yield count("reserves", replaced, len(sample))
    yield Table(
        "strata",
        ("area", "population", "sample", "probability"),
        tuple(
            (code, facts["population"], facts["sample"], figure_in_words("share", facts["probability"]))
            for code, facts in certificate["strata"].items()
        ),
    )
    stated = {**certificate, **{name: _in_words(certificate[name]) for name in MOMENTS}}
    rows = tuple((scope.said(SUBJECT, name), str(stated[name])) for name in STATED)
    yield Table("certificate", ("fact", "value"), rows)


def _in_words(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(LONDON):%-d %B %Y at %H:%M}"


def _repeated(scope: Scope, row: Any, size: int) -> Figure:
    try:
        again = redraw(row.certificate, frame_by_stratum(scope.question, row.id))
    except NotReproduced:
        return Figure("repeated", "count", 0, 0, size)
    same = sum(len(cases) for cases in again.sample.values())
    return Figure("repeated", "count", same, same, size)
