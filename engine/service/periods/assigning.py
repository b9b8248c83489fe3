"""Assigning one case for audit, outside or beside a monthly release."""

from engine.service.audits import conflicts
from engine.service.command import Command
from engine.service.engine import Engine
from engine.service.operations.cycle import begin_audit
from engine.store import cases


def assign(engine: Engine, actor: str, case: str, auditor: str, *, selected_for_review: bool = False) -> str:
    """Begin an audit of `case` by `auditor` today and return its id.

    NotFound for an unknown case or person, NotAllowed with the reason of conflicts.dmn (DEC-12, R-25).
    """

    def work(command: Command) -> str:
        cases.hold(command.connection, case)
        conflicts.refuse(command, case, auditor)
        return begin_audit(command, case, auditor, selected_for_review=selected_for_review)

    return engine.run(actor, work)
