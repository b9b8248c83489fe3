"""What the population list of a month held: the import report (manual section 7; R-36 to R-40, I-15)."""

from collections.abc import Iterator

from engine.service.reports.found import Figure, Found, Row, Table, count
from engine.service.reports.scope import Scope, in_words
from engine.store import cycles

NAMES = (
    "no_list",
    "read",
    "accepted",
    "accepted_in",
    "refused",
    "duplicates",
    "rows",
    "rows.row",
    "rows.case",
    "rows.reason",
    "aliases",
    "aliases.given",
    "aliases.area",
    "aliases.rows",
    "notes",
    "notes.note",
)


def found(scope: Scope) -> Iterator[Found]:
    """Yield what became of every row of the newest list that was uploaded up to this month."""
    periods = [row for row in cycles.every(scope.question.connection) if row.id <= scope.period]
    row = next((one for one in periods if one.report is not None), None)
    if row is None:
        yield Figure("no_list", "count", 0, 0)
        return
    report, period = row.report, {"period": in_words(row.id)}
    frame: list[Row] = [
        {"case": one.case_ref, "area": one.stratum, "team": one.team}
        for one in cycles.frame_of(scope.question.connection, row.id)
    ]
    yield Figure("read", "count", report["rows_read"], report["rows_read"], facts=period)
    yield Figure("accepted", "count", len(frame), len(frame), report["rows_read"], rows=frame, facts=period)
    for area in report["by_stratum"]:
        yield count("accepted_in", [one for one in frame if one["area"] == area], len(frame), area)
    refused: list[Row] = [{"case": one["case_reference"], "reason": one["sentence"]} for one in report["refused"]]
    yield count("refused", refused, report["rows_read"])
    yield Figure("duplicates", "count", len(report["duplicates"]), len(report["duplicates"]))
    rows = tuple((one["row"], one["case_reference"], one["sentence"]) for one in report["refused"])
    yield Table("rows", ("row", "case", "reason"), rows)
    aliases = tuple((one["given"], one["stratum"], one["rows"]) for one in report["aliases"])
    yield Table("aliases", ("given", "area", "rows"), aliases)
    yield Table("notes", ("note",), tuple((note,) for note in report["notes"]))
