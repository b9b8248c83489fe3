"""Restricted records in lists: which of them are kept from somebody, asked of each row in the query itself."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from engine.store.schema.council import case_record

_case = case_record.alias("restricted_case")


@dataclass(frozen=True)
class Barred:
    """Whether restricted records are kept from `person`: those that they are in charge of, as social worker or because
    they answer for one of `teams`, and all `others`.
    """

    person: str
    teams: tuple[str, ...]
    own: bool
    others: bool

    @property
    def anything(self) -> bool:
        """Whether any restricted record may be kept from them."""
        return self.own or self.others


def about_nothing_barred(reference: ColumnElement[Any], barred: Barred) -> ColumnElement[bool]:
    """Return whether the case of a `reference` (a column) is none that is kept from somebody."""
    if not barred.anything:
        return true()
    # Without "false" for none, a case that has no social worker yet would be neither theirs nor others'.
    own = or_(func.coalesce(_case.c.social_worker, "") == barred.person, _case.c.team.in_(barred.teams))
    kept = [_case.c.reference == reference, _case.c.restricted]
    if not barred.own:
        kept.append(~own)
    if not barred.others:
        kept.append(own)
    return or_(reference.is_(None), ~select(_case.c.reference).where(and_(*kept)).correlate_except(_case).exists())
