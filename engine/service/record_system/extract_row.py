"""One row of the record system's extract: the facts of a case, or the first reason why they are not taken over."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.service.command import Question
from engine.service.population.columns import PopulationColumns
from engine.service.population.report import RefusedRow
from engine.service.population.row import Problem, quoted, unsafe
from engine.service.record_system.extracts import CaseChange

Given = Mapping[str, str]
_NEEDED: Final = ("service_area", "team", "status")


@dataclass(frozen=True)
class ExtractRow:
    """A row that is understood. `stratum` is that of the service area, None when the row names none; `is_new` says
    that the case is to be added.
    """

    row: int
    change: CaseChange
    stratum: str | None
    is_new: bool


class ExtractReader:
    """Reads rows against the council's cases, teams and people, each case once."""

    def __init__(
        self,
        columns: PopulationColumns,
        question: Question,
        known: Mapping[str, Any],
        stratum_of: Callable[[str], str | None],
    ) -> None:
        self._columns = columns
        self._directory = question.directory
        self._known = known
        self._stratum_of = stratum_of
        self._rows: dict[str, int] = {}

    def read(self, number: int, given: Given) -> ExtractRow | RefusedRow:
        """Return the facts of row `number` (text by field, "" for none), or the first of all reasons to refuse it."""
        case = self.reference(given)
        for code, blanks in self._problems(given, case):
            known = case if self._columns.reference.fullmatch(case) else ""
            return RefusedRow(number, known, code, self._columns.reason(code, **blanks))
        self._rows[case] = number
        restricted = self._meaning("restricted", given)
        change = CaseChange(
            case,
            team=given.get("team") or None,
            social_worker=self._worker(given),
            status=self._meaning("status", given),
            restricted=None if restricted is None else restricted == "yes",
        )
        area = given.get("service_area")
        return ExtractRow(number, change, self._stratum_of(area) if area else None, case not in self._known)

    def reference(self, given: Given) -> str:
        """Return the case reference of a row as it is kept."""
        reference = given.get("case_reference", "")
        return reference.upper() if self._columns.upper_case else reference

    def _problems(self, given: Given, case: str) -> Iterator[Problem]:
        named = ((f"“{self._title(field)}”", text) for field, text in given.items())
        yield from unsafe(named, self._columns.longest_cell)
        if not case:
            yield "missing_reference", {}
        if not self._columns.reference.fullmatch(case):
            yield "malformed_reference", {"example": self._columns.example}
        if case in self._rows:
            yield "twice", {"kept": self._rows[case]}
        yield from self._misunderstood(given)
        yield from self._unknown(given, case)

    def _misunderstood(self, given: Given) -> Iterator[Problem]:
        for field, column in self._columns.columns.items():
            if column.filled and not given.get(field):
                yield "missing_value", {"column": column.title}
        for field in self._columns.words:
            if given.get(field) and self._meaning(field, given) is None:
                yield "unknown_word", {"column": self._title(field), "found": quoted(given[field])}

    def _unknown(self, given: Given, case: str) -> Iterator[Problem]:
        team, worker, area = given.get("team"), given.get("social_worker"), given.get("service_area")
        if team and team not in self._directory.teams:
            yield "unknown_team", {"found": quoted(team)}
        if worker and self._worker(given) is None:
            yield "unknown_worker", {"found": quoted(worker)}
        if area and self._stratum_of(area) is None:
            yield "unknown_area", {"found": quoted(area)}
        if not any(text for field, text in given.items() if field != "case_reference"):
            yield "no_facts", {}
        missing = [self._title(field) for field in _NEEDED if not given.get(field)]
        if case not in self._known and missing:
            yield "unknown_case", {"columns": ", ".join(missing)}

    def _worker(self, given: Given) -> str | None:
        name = given.get("social_worker", "").casefold()
        people = self._directory.people.values()
        found = [one.username for one in people if name and name in (one.username.casefold(), one.name.casefold())]
        return found[0] if len(found) == 1 else None

    def _meaning(self, field: str, given: Given) -> str | None:
        return self._columns.words[field].get(given.get(field, "").casefold())

    def _title(self, field: str) -> str:
        return self._columns.columns[field].title
