"""From what was found to what is read: plain JSON, with the owners' words around every figure.

A figure whose value cannot be told says why, in a sentence; no figure is ever "not a number".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.bpmn.report_files import Part, Wording, Words
from engine.domain.intervals import Interval
from engine.service.reports.catalogue import REMARKS, SUBJECTS
from engine.service.reports.found import Figure, Row, Table
from engine.service.reports.scope import Scope, in_words

_PLACE = re.compile(r"\{([a-z]+)\}")
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
        written.parts.append(
            {
                "subject": part.subject,
                "title": part.title,
                "guidance": part.guidance,
                "figures": [_figure(scope, part.subject, one, written.behind) for one in figures],
                "tables": [_table(one, words) for one in tables],
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
        "title": _filled(wording.title, facts),
        "what": _filled(wording.what, facts),
        "population": _filled(wording.population, facts),
        "kind": figure.kind,
        "value": figure.value,
        **_limits(interval, every[REMARKS].words),
        "n": figure.n,
        "of": figure.of,
        "cases": figure.cases,
        "shown": facts.get("value"),
        "range": None if interval is None else f"{facts['low']} to {facts['high']}",
        "sentence": sentence,
        "remarks": remarks,
        "rows": key,
    }


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


def figure_in_words(kind: str, value: float) -> str:
    """Return a figure as it is read: 53.6%, +3.1 points, 2.25, or 1,204."""
    if kind == "share":
        return f"{100 * value:.1f}%"
    if kind == "difference":
        return f"{100 * value:+.1f} points"
    if kind == "width":
        return f"{100 * value:.1f} points"
    if kind == "count":
        return f"{value:,.0f}"
    return f"{value:.2f}"


def _told(
    figure: Figure, wording: Wording, facts: Mapping[str, str], words: Mapping[str, str]
) -> tuple[str, list[str]]:
    """Return the finding and what is to be remarked; where there is no figure, the reason is the finding."""
    remarks = [_filled(words.get(code, code), facts) for code in dict.fromkeys(figure.remarks)]
    said = [_filled(one, facts) for one in wording.says if facts.keys() >= set(_PLACE.findall(one))]
    if figure.value is not None and said:
        return " ".join(said), remarks
    return (remarks[0], remarks[1:]) if remarks else (words.get("nothing_to_say", ""), [])


def _filled(text: str, facts: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: facts.get(place[1], ""), text)


def _table(table: Table, words: Words) -> Json:
    return {
        "id": table.id,
        "group": table.group,
        "title": words.tables[table.id],
        "columns": [{"id": column, "label": words.tables[f"{table.id}.{column}"]} for column in table.columns],
        "rows": [list(row) for row in table.rows],
    }
