"""What reading a population list finds: the import report (requirements 1.9, R-36 to R-41, I-15, I-16)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Stratum:
    """Where a service area belongs: the `code` of its stratum, whether it is in the regular cycle, and its `order`.

    Of two rows of one case the one whose stratum has the smaller order is kept (I-15).
    """

    code: str
    in_scope: bool
    order: int


@dataclass(frozen=True, slots=True)
class PopulationRow:
    """A case that was accepted.

    `row` is its number in the file, `service_area` the area as the list names it, and `opened` an ISO day.
    """

    row: int
    case_reference: str
    stratum: str
    service_area: str
    team: str | None
    social_worker: str | None
    restricted: bool
    opened: str | None


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not accepted: the reason's stable `code` and the sentence for staff.

    `case_reference` is empty when the row has none that is well formed, so that no name typed into the wrong column
    is kept.
    """

    row: int
    case_reference: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A case that is listed more than once: the row that was kept, and the rows that were not (I-15)."""

    case_reference: str
    kept_row: int
    stratum: str
    other_rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AliasUsed:
    """Another name of a service area that the list used, and on how many accepted rows (R-40, DEC-6)."""

    given: str
    stratum: str
    rows: int


@dataclass(frozen=True)
class PopulationReport:
    """The import report. `rows_read` counts the rows below the column names, without blank ones."""

    rows_read: int
    rows: tuple[PopulationRow, ...]
    refused: tuple[RefusedRow, ...]
    duplicates: tuple[Duplicate, ...]
    notes: tuple[str, ...]

    @cached_property
    def by_stratum(self) -> dict[str, int]:
        """Accepted cases by stratum."""
        return _counted([row.stratum for row in self.rows])

    @cached_property
    def by_reason(self) -> dict[str, int]:
        """Refused rows by the code of the reason."""
        return _counted([row.code for row in self.refused])

    @cached_property
    def aliases(self) -> tuple[AliasUsed, ...]:
        """The names of service areas that are not the code of their stratum."""
        used = Counter((row.service_area, row.stratum) for row in self.rows)
        return tuple(
            AliasUsed(given, stratum, rows)
            for (given, stratum), rows in sorted(used.items())
            if given.casefold() != stratum.casefold()
        )

    def frame(self) -> dict[str, tuple[str, ...]]:
        """Return the case references of each stratum, as a draw needs them."""
        frame: dict[str, list[str]] = {}
        for row in self.rows:
            frame.setdefault(row.stratum, []).append(row.case_reference)
        return {stratum: tuple(cases) for stratum, cases in sorted(frame.items())}

    def summary(self) -> dict[str, Any]:
        """Return everything but the accepted rows as plain JSON."""
        return {
            "rows_read": self.rows_read,
            "accepted": len(self.rows),
            "by_stratum": self.by_stratum,
            "by_reason": self.by_reason,
            "refused": [asdict(row) for row in self.refused],
            "duplicates": [{**asdict(one), "other_rows": list(one.other_rows)} for one in self.duplicates],
            "aliases": [asdict(alias) for alias in self.aliases],
            "notes": list(self.notes),
        }


def _counted(names: Sequence[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
