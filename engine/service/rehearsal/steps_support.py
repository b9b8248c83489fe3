"""Phrases about recommendations and about help with an audit."""

from engine.service.rehearsal.acting import expect_same
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Table, UnmetError
from engine.service.rehearsal.stage import Stage
from engine.service.tasks import work
from engine.store import help_threads, recommendations


@say("the recommendation from the audit of {case} is {quoted}")
def recommendation_is(stage: Stage, _table: Table | None, case: str, state: str) -> None:
    """Compare where the newest recommendation from audits of the case stands."""
    rows = stage.ask(lambda question: recommendations.of_case(question.connection, case))
    if not rows:
        raise UnmetError(f"No audit of {case} led to a recommendation.")
    expect_same(rows[-1].state, state, f"The recommendation from the audit of {case}")


@say("whoever helped with the audit of {case} may not take the task {quoted} for {case}[ because {quoted}]")
def helper_may_not_take(
    stage: Stage, _table: Table | None, case: str, title: str, about: str, because: str | None
) -> None:
    """Expect whoever answered a request for help with the audit to be refused."""
    audit, task = stage.audit(case), stage.task(title, about)
    helpers = stage.ask(lambda question: help_threads.helpers_of(question.connection, audit.id))
    if not helpers:
        raise UnmetError(f"Nobody helped with the audit of {case}.")
    for person in helpers:
        stage.refused(lambda person=person: work.take(stage.engine, person, task.id), because)
