"""From what was found to what is read: plain JSON, with the owners' words around every figure.

A figure whose value cannot be told says why, in a sentence; no figure is ever "not a number".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.bpmn.report_files import Part, Wording, Words
from engine.domain.estimates import CENSUS
from engine.domain.intervals import Interval
from engine.service.reports.catalogue import REMARKS, SUBJECTS
from engine.service.reports.found import Course, Figure, Grid, Row, Table
from engine.service.reports.pictures import course_of, findings, grid_of
from engine.service.reports.scope import Scope, in_words
from engine.service.reports.wording import PLACE, capital, figure_in_words, filled

_POINTS = frozenset(("full",))
Json = dict[str, Any]


@dataclass
class Written:
    """The parts of a report as plain JSON, and the rows behind its figures by their key."""

    parts: list[Json] = field(default_factory=list)
    behind: dict[str, list[Row]] = field(default_factory=dict)


def write(scope: Scope, parts: tuple[Part, ...]) -> Written:
    """Reckon and word the parts of a report."""
    written = Written()
    policy = scope.question.policy
    for part in parts:
        found = [one for one in SUBJECTS[part.subject](scope) if part.shows is None or one.id in part.shows]
        words = policy.words[part.subject]
        figures = [one for one in found if isinstance(one, Figure)]
        tables = [one for one in found if isinstance(one, Table)]
        pictures = [_picture(scope, part.subject, one, written) for one in found if isinstance(one, Course | Grid)]
        told = [_figure(scope, part.subject, one, written.behind) for one in figures]
        written.parts.append(
            {
                "subject": part.subject,
                "title": part.title,
                "guidance": part.guidance,
                "figures": told,
                "findings": findings(told, policy.words[REMARKS].words),
                "pictures": pictures,
                "tables": [*(_table(one, words) for one in tables), *(one["table"] for one in pictures)],
            }
        )
    return written


def _figure(scope: Scope, subject: str, figure: Figure, behind: dict[str, list[Row]]) -> Json:
    every = scope.question.policy.words
    wording, facts = every[subject].figures[figure.id], {"period": in_words(scope.period), **_facts(figure)}
    sentence, remarks = _told(figure, wording, facts, every[REMARKS].words)
    key = None
    if figure.rows is not None:
        key = ":".join(one for one in (subject, figure.id, figure.group) if one)
        behind[key] = list(figure.rows)
    interval = figure.interval
    return {
        "id": figure.id,
        "group": figure.group,
        "title": capital(filled(wording.title, facts)),
        "what": filled(wording.what, facts),
        "population": filled(wording.population, facts),
        "kind": figure.kind,
        "value": figure.value,
        **_limits(interval, every[REMARKS].words),
        "n": figure.n,
        "of": figure.of,
        "cases": figure.cases,
        "shown": facts.get("value"),
        "range": None if interval is None else f"{facts['low']} to {facts['high']}",
        "sentence": capital(sentence),
        "remarks": remarks,
        "counted": figure.kind == "count" or CENSUS in figure.remarks,
        "rows": key,
    }


def _picture(scope: Scope, subject: str, picture: Course | Grid, written: Written) -> Json:
    """Return a picture in words, and keep the rows behind each of its places."""
    every = scope.question.policy.words
    wording, facts = every[subject].figures[picture.id], {"period": in_words(scope.period)}
    told = {name: filled(getattr(wording, name), facts) for name in ("title", "what", "population")}
    keys = {place: f"{subject}:{picture.id}:{place}" for place in picture.behind}
    for place, rows in picture.behind.items():
        written.behind[keys[place]] = list(rows)
    told["says"] = wording.says[0]
    if isinstance(picture, Course):
        return course_of(picture, told, every[REMARKS].words, keys)
    return grid_of(picture, told, every[REMARKS].words, keys)


def _limits(interval: Interval | None, words: Mapping[str, str]) -> Json:
    if interval is None:
        return {"low": None, "high": None, "level": None, "method": None}
    method = words.get(f"method_{interval.method}", interval.method)
    return {"low": interval.low, "high": interval.high, "level": interval.level, "method": method}


def _facts(figure: Figure) -> dict[str, str]:
    interval = figure.interval
    known: dict[str, str | None] = {
        "value": None if figure.value is None else figure_in_words(figure.kind, figure.value),
        "low": None if interval is None else figure_in_words(figure.kind, interval.low),
        "high": None if interval is None else figure_in_words(figure.kind, interval.high),
        "level": None if interval is None else f"{100 * interval.level:.0f}%",
        "n": f"{figure.n:,}",
        "of": None if figure.of is None else f"{figure.of:,}",
        "cases": None if figure.cases is None else f"{figure.cases:,}",
        "group": figure.group,
        **{name: _fact(name, value) for name, value in figure.facts.items()},
    }
    return {name: value for name, value in known.items() if value is not None}


def _fact(name: str, value: float | str | None) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return f"{value:,}"
    return figure_in_words("width" if name in _POINTS else "share", value)


def _told(
    figure: Figure, wording: Wording, facts: Mapping[str, str], words: Mapping[str, str]
) -> tuple[str, list[str]]:
    """Return the finding and what is to be remarked; where there is no figure, the reason is the finding."""
    remarks = [filled(words.get(code, code), facts) for code in dict.fromkeys(figure.remarks)]
    said = [filled(one, facts) for one in wording.says if facts.keys() >= set(PLACE.findall(one))]
    if figure.value is not None and said:
        return " ".join(said), remarks
    return (remarks[0], remarks[1:]) if remarks else (words.get("nothing_to_say", ""), [])


def _table(table: Table, words: Words) -> Json:
    return {
        "id": table.id,
        "group": table.group,
        "title": words.tables[table.id],
        "columns": [{"id": column, "label": words.tables[f"{table.id}.{column}"]} for column in table.columns],
        "rows": [list(row) for row in table.rows],
    }
