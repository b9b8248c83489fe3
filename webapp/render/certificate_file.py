"""The closure certificate of a case as a report for the writer of files: what it says, and the earlier ones."""

from datetime import datetime
from typing import Any, Final

from engine.domain.calendar import format_moment, local_day
from engine.service.case_file.certificates import Certificates
from webapp.render.words import day, moment

MARKING: Final = "OFFICIAL-SENSITIVE"
STANDS: Final = (
    "When it was issued, no audit of the case was open, and every remedial action was signed off or discharged by a "
    "management decision. It holds until new audit activity begins."
)
ENDED: Final = (
    "New audit activity began after this certificate was issued. The case may not be closed with it. Ask again when "
    "the audit is finished."
)


def said(page: Certificates) -> str:
    """Return what the newest certificate of a case says."""
    return ENDED if page.rows[0].withdrawn_at else STANDS


def report_of(page: Certificates, now: datetime) -> dict[str, Any]:
    """Return the newest certificate as a report, with the earlier ones in a table."""
    case, newest = page.case, page.rows[0]
    facts = (
        ("Case", case.reference),
        ("Service area", case.service_area),
        ("Team", case.team),
        ("Number", newest.instance),
        ("Issued", moment(newest.issued_at)),
        ("State", _state(newest)),
    )
    tables = [_table("What is certified", ("Fact", "Value"), facts)]
    if len(page.rows) > 1:
        earlier = [(one.instance, moment(one.issued_at), _state(one)) for one in page.rows[1:]]
        tables.append(_table("Earlier certificates", ("Number", "Issued", "State"), earlier))
    return {
        "name": "closure-certificate",
        "title": "Closure certificate",
        "about": case.reference,
        "marking": MARKING,
        "period": local_day(newest.issued_at).isoformat(),
        "period_in_words": f"issued on {day(newest.issued_at)}",
        "audit_period": None,
        "edition": None,
        "status": _state(newest),
        "made_at": format_moment(now),
        "guidance": said(page),
        "parts": [{"title": "The certificate", "guidance": "", "figures": [], "tables": tables}],
    }


def _state(one: Any) -> str:
    return f"Withdrawn on {moment(one.withdrawn_at)}" if one.withdrawn_at else "It stands"


def _table(title: str, labels: tuple[str, ...], rows: Any) -> dict[str, Any]:
    return {
        "id": "",
        "title": title,
        "group": None,
        "columns": [{"label": label} for label in labels],
        "rows": [list(row) for row in rows],
    }
