"""A list about an audit period as a file: the columns of each kind of list, and the marking that it carries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.domain.calendar import format_moment
from engine.service.periods.exports import Export
from engine.service.reports.scope import in_words
from webapp.render.report_files import as_file


@dataclass(frozen=True)
class ListOf:
    """What a kind of list is called, how its file is named, and the labels of its columns."""

    title: str
    file: str
    columns: tuple[str, ...]


LISTS: Final[Mapping[str, ListOf]] = {
    "population list": ListOf(
        "Population list: what became of each row",
        "population-list",
        ("Row refused", "Case", "Accepted for", "Why it was refused"),
    ),
    "assignments": ListOf(
        "Cases and auditors",
        "assignments",
        ("Case", "Service area", "Auditor", "Pool or officer", "Who must not audit it, and why"),
    ),
    "audits": ListOf(
        "Audits of the period",
        "audits",
        ("Case", "Auditor", "Outcome", "Assigned", "Due", "Authorised", "Deferments"),
    ),
}


def as_list_file(export: Export, form: str) -> bytes:
    """Return a list as a "csv" or "xlsx" file, laid out like a report with one table."""
    return as_file(_report(export), form)


def _report(export: Export) -> dict[str, Any]:
    kind = LISTS[export.name]
    month = in_words(export.period)
    table = {
        "title": kind.title,
        "group": None,
        "columns": [{"label": label} for label in kind.columns],
        "rows": export.rows,
    }
    return {
        "name": kind.file,
        "title": kind.title,
        "about": None,
        "marking": export.marking,
        "period": export.period,
        "period_in_words": month,
        "audit_period": month,
        "edition": export.state,
        "status": "drawn up now",
        "made_at": format_moment(export.made_at),
        "parts": [{"title": kind.title, "figures": [], "tables": [table]}],
    }
