"""What is kept about signing in: which sessions of a person still count, and who they are to the council's provider."""

from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.store.schema.sign_in import sign_in


def epoch(connection: Connection, person: str) -> int:
    """Return how often all sessions of a person were ended."""
    return connection.execute(select(sign_in.c.epoch).where(sign_in.c.person == person)).scalar() or 0


def raise_epoch(connection: Connection, person: str) -> None:
    """End all sessions of a person."""
    _change(connection, person, {"epoch": epoch(connection, person) + 1})


def subject_of(connection: Connection, person: str) -> str | None:
    """Return who a person is to the provider, None when that is not known."""
    return connection.execute(select(sign_in.c.subject).where(sign_in.c.person == person)).scalar()


def of_subject(connection: Connection, subject: str) -> str | None:
    """Return the username of who is this subject to the provider, None when nobody is known to be."""
    return connection.execute(select(sign_in.c.person).where(sign_in.c.subject == subject)).scalar()


def link(connection: Connection, person: str, subject: str | None) -> None:
    """Keep who a person is to the provider, in place of whom they were."""
    _change(connection, person, {"subject": subject})


def _change(connection: Connection, person: str, values: dict[str, Any]) -> None:
    known = connection.execute(update(sign_in).where(sign_in.c.person == person).values(**values)).rowcount
    if not known:
        connection.execute(insert(sign_in), {"person": person, "epoch": 0, **values})
