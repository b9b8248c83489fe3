"""How a database means to answer: the statements that some work sends, and the plan of each."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from engine.store.database import Connection, Database

EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}


def plans(database: Database, work: Callable[[Connection], object]) -> list[str]:
    """Return the plan of every statement that `work` sends, as text."""
    sent: list[tuple[str, Any]] = []

    def executed(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            sent.append((statement, parameters))

    with database.reading() as connection:
        event.listen(database.engine, "before_cursor_execute", executed)
        try:
            work(connection)
        finally:
            event.remove(database.engine, "before_cursor_execute", executed)
        explain = EXPLAIN[connection.dialect.name]
        return [_plan(connection, f"{explain} {statement}", parameters) for statement, parameters in sent]


def learn(connection: Connection) -> None:
    """Let PostgreSQL learn what its tables hold, as it does by itself after a while. SQLite never does."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE")


def _plan(connection: Connection, statement: str, parameters: Any) -> str:
    rows = connection.exec_driver_sql(statement, parameters).all()
    return "\n".join(str(row[-1]) for row in rows)


def scanned(plan: str, table: str) -> bool:
    """Tell whether a plan reads all rows of a table, not even by an index."""
    lines = (line.strip() for line in plan.splitlines())
    return any(f"Seq Scan on {table} " in line or line == f"SCAN {table}" for line in lines)
