"""Putting a council together: a database, a clock, and the words that its policy may use."""

from engine.service.clock import Clock, SystemClock
from engine.service.engine import Engine
from engine.service.vocabulary import vocabulary
from engine.store.database import Database


def open_council(url: str, clock: Clock | None = None) -> Engine:
    """Return the engine over the database at a SQLAlchemy `url`, by the machine's clock unless another is given."""
    return Engine(Database(url), clock or SystemClock(), vocabulary())
