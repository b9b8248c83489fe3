"""Phrases about safeguarding concerns."""

from typing import Any

from engine.service.rehearsal.acting import expect_same, start
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, Table, UnmetError
from engine.service.rehearsal.stage import Stage
from engine.store import concerns

REVIEW = "Review the audit"


@say("{person} raises a safeguarding concern about {case} on {when}")
def raises(stage: Stage, _table: Table | None, name: str, case: str, when: Moment) -> None:
    """Raise a concern about the case of an audit."""
    stage.move_to(when)
    audit = stage.audit(case)
    start(stage, name, "safeguarding_concern", {"case": case, "audit": audit.id, "auditor": audit.auditor}, {})


@say("the reviewer raises a safeguarding concern about {case} on {when}")
def reviewer_raises(stage: Stage, _table: Table | None, case: str, when: Moment) -> None:
    """Let whoever reviews the audit raise a concern."""
    stage.move_to(when)
    raises(stage, None, stage.name(stage.holders(stage.task(REVIEW, case))[0]), case, when)


@say("{person} is named to be told of the concern about {case}")
def is_named(stage: Stage, _table: Table | None, name: str, case: str) -> None:
    """Compare who is to be told."""
    expect_same(stage.name(_last(stage, case).told), name, "The person named to be told")


@say("the safeguarding concern about {case} is {quoted}")
def concern_is(stage: Stage, _table: Table | None, case: str, state: str) -> None:
    """Compare where the newest concern about the case stands."""
    expect_same(_last(stage, case).state, state, f"The safeguarding concern about {case}")


def _last(stage: Stage, case: str) -> Any:
    rows = stage.ask(lambda question: concerns.of_case(question.connection, case))
    if not rows:
        raise UnmetError(f"No safeguarding concern about {case} was raised.")
    return rows[-1]
