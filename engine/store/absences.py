"""The absences of people, each with its number."""

from datetime import date

from sqlalchemy import Connection, Row, delete, select, update

from engine.store.people import REVISION
from engine.store.revisions import raise_number
from engine.store.schema.council import absence


def since(connection: Connection, person: str, day: date) -> list[Row[tuple[int, str, date, date]]]:
    """Return somebody's absences that end on `day` or later, the earliest first: id, person, first_day, last_day."""
    query = select(absence.c.id, absence.c.person, absence.c.first_day, absence.c.last_day)
    wanted = query.where(absence.c.person == person, absence.c.last_day >= day)
    return list(connection.execute(wanted.order_by(absence.c.first_day, absence.c.id)))


def change(connection: Connection, number: int, first_day: date, last_day: date) -> None:
    """Set the days of an absence."""
    days = {"first_day": first_day, "last_day": last_day}
    connection.execute(update(absence).where(absence.c.id == number).values(**days))
    raise_number(connection, REVISION)


def drop(connection: Connection, number: int) -> None:
    """Delete an absence that never came about."""
    connection.execute(delete(absence).where(absence.c.id == number))
    raise_number(connection, REVISION)
