"""A process that counts in the database: `python -m tests.store.counting URL TIMES`. It reads, then writes."""

import sys

from sqlalchemy import select, update

from engine.store.database import Database
from engine.store.schema.execution import revision

NAME = "counted"


def count(database: Database, times: int) -> None:
    for _ in range(times):
        with database.transaction() as connection:
            mine = select(revision.c.number).where(revision.c.name == NAME).with_for_update()
            number = connection.execute(mine).scalar_one()
            connection.execute(update(revision).where(revision.c.name == NAME).values(number=number + 1))


if __name__ == "__main__":
    count(Database(sys.argv[1]), int(sys.argv[2]))
