"""The service operation of training records (manual section 7, R-48)."""

from engine.domain.calendar import parse_day
from engine.service.audits import training
from engine.service.registry import Operating, operation


@operation
def record_training(work: Operating, person: str, trained_on: str) -> None:
    """Record that a person was trained in the audit form on a day, and by whom it was recorded."""
    training.record(work.command, person, parse_day(trained_on))
