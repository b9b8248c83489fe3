"""One row of a population list: a case that is accepted, or the first reason why it is not."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from openpyxl.utils import get_column_letter

from engine.service.population.columns import FIELDS, PopulationColumns
from engine.service.population.report import PopulationRow, RefusedRow, Stratum

StratumOf = Callable[[str], Stratum | None]
Problem = tuple[str, Mapping[str, object]]

_LONGEST_QUOTE: Final = 60
UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff0-\uffff]"
)
FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]")


def quoted(text: str) -> str:
    """Return what a sentence quotes from a file: one line, nothing unseen, 60 characters at most."""
    return UNSEEN.sub("", text).strip()[:_LONGEST_QUOTE]


def unsafe(cells: Iterable[tuple[str, str]], longest: int) -> Iterator[Problem]:
    """Yield what may not stand in a cell of anybody's file, for (name of the cell, its text): too long, unseen
    characters, a formula. `longest` is in characters.
    """
    for cell, text in cells:
        if len(text) > longest:
            yield "cell_too_long", {"cell": cell, "most": longest}
        if UNSEEN.search(text):
            yield "control_characters", {"cell": cell}
        if FORMULA.match(text):
            yield "formula", {"cell": cell}


class RowReader:
    """Reads rows by one layout: the place of each field among the cells, and the number of columns."""

    def __init__(
        self, columns: PopulationColumns, layout: Mapping[str, int], width: int, stratum_of: StratumOf
    ) -> None:
        self._columns = columns
        self._layout = layout
        self._width = width
        self._stratum_of = stratum_of
        self._strata: dict[str, Stratum | None] = {}
        self._days: dict[str, str | None] = {}

    def read(self, number: int, cells: Sequence[str]) -> PopulationRow | RefusedRow:
        """Return the case of row `number`, or the first of all reasons to refuse it."""
        raw = {field: cells[place] for field, place in self._layout.items() if place < len(cells)}
        given = {field: " ".join(raw.get(field, "").split()) for field in FIELDS}
        reference = self._reference(given)
        for code, blanks in self._problems(number, cells, raw, given):
            return self.refused(number, reference, code, **blanks)
        stratum = self.stratum(given["service_area"])
        return PopulationRow(
            row=number,
            case_reference=reference,
            stratum=stratum.code if stratum else "",
            service_area=given["service_area"],
            team=given["team"] or None,
            social_worker=given["social_worker"] or None,
            restricted=self._meaning("restricted", given) == "yes",
            opened=self._day(given["opened"]),
        )

    def refused(self, number: int, reference: str, code: str, **blanks: object) -> RefusedRow:
        """Return the refusal of row `number` with its sentence; a malformed `reference` is left out."""
        known = reference if self._columns.reference.fullmatch(reference) else ""
        return RefusedRow(number, known, code, self._columns.reason(code, **blanks))

    def stratum(self, area: str) -> Stratum | None:
        """Return where a service area belongs, asking only once for each name."""
        if area not in self._strata:
            self._strata[area] = self._stratum_of(area)
        return self._strata[area]

    def _problems(
        self, number: int, cells: Sequence[str], raw: Mapping[str, str], given: Mapping[str, str]
    ) -> Iterator[Problem]:
        if any(map(str.strip, cells[self._width :])):
            yield "too_many_cells", {}
        named = ((f"{get_column_letter(self._layout[field] + 1)}{number}", text) for field, text in raw.items())
        yield from unsafe(named, self._columns.longest_cell)
        yield from self._misplaced(given["service_area"])
        yield from self._unnamed(given)
        yield from self._misunderstood(given)

    def _misplaced(self, area: str) -> Iterator[Problem]:
        if not area:
            yield "missing_value", {"column": self._title("service_area")}
        stratum = self.stratum(area)
        if stratum is None:
            yield "unknown_area", {"found": quoted(area)}
        elif not stratum.in_scope:
            yield "out_of_scope", {"found": quoted(area)}

    def _unnamed(self, given: Mapping[str, str]) -> Iterator[Problem]:
        if not given["case_reference"]:
            yield "missing_reference", {}
        if not self._columns.reference.fullmatch(self._reference(given)):
            yield "malformed_reference", {"example": self._columns.example}

    def _misunderstood(self, given: Mapping[str, str]) -> Iterator[Problem]:
        for field in self._layout:
            if not given[field] and self._columns.columns[field].filled:
                yield "missing_value", {"column": self._title(field)}
        for field in self._columns.words:
            if field in self._layout and self._meaning(field, given) is None:
                yield "unknown_word", {"column": self._title(field), "found": quoted(given[field])}
        if self._meaning("status", given) == "closed":
            yield "closed", {}
        if given["opened"] and self._day(given["opened"]) is None:
            yield "unreadable_date", {"column": self._title("opened"), "found": quoted(given["opened"])}

    def _title(self, field: str) -> str:
        return self._columns.columns[field].title

    def _reference(self, given: Mapping[str, str]) -> str:
        reference = given["case_reference"]
        return reference.upper() if self._columns.upper_case else reference

    def _meaning(self, field: str, given: Mapping[str, str]) -> str | None:
        return self._columns.words[field].get(given[field].casefold())

    def _day(self, text: str) -> str | None:
        if text not in self._days:
            self._days[text] = _iso_day(text, self._columns.dates)
        return self._days[text]


def _iso_day(text: str, formats: Sequence[str]) -> str | None:
    for form in formats:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).date().isoformat()
        except ValueError:
            continue
    return None
