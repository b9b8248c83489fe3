"""Service operations of reports: drawn up before a meeting, signed, and never changed afterwards (manual section 6)."""

from typing import Any

from engine.domain.calendar import parse_day
from engine.service.registry import Operating, operation
from engine.service.reports import editions
from engine.store import submissions

MANAGEMENT, BOARD = "management_report", "board_report"
COMMENT = "textarea"


@operation
def prepare_management_report(work: Operating, meeting: str) -> dict[str, str]:
    """Draw up the monthly report on the month before the day of the `meeting` (R-32). Gives {"id"}."""
    return {"id": editions.draw_up(work.command, MANAGEMENT, parse_day(meeting), work.instance)}


@operation
def prepare_board_report(work: Operating, meeting: str) -> dict[str, str]:
    """Draw up the report to the Board on the month before the day of the `meeting` (R-33). Gives {"id"}."""
    return {"id": editions.draw_up(work.command, BOARD, parse_day(meeting), work.instance)}


@operation
def publish_report(work: Operating, report: str) -> None:
    """Make a report final as it was drawn up, with the comments given where it was signed; it never changes again."""
    editions.sign(work.command, report, _comments(work))


def _comments(work: Operating) -> list[dict[str, str]]:
    """Return what was written into the form of the signature, with its labels."""
    rows = submissions.of_instance(work.command.connection, work.instance)
    if not rows:
        return []
    form: Any = work.deployment.forms.get(rows[-1].form)
    asked = form.questions.values() if form is not None else ()
    given = rows[-1].answers
    return [{"title": one.label, "text": given[one.id]} for one in asked if one.type == COMMENT and given.get(one.id)]
