"""What tests of single operations do again and again: begin something, and complete what it brought up."""

from collections.abc import Mapping
from typing import Any

from engine.service.cases import actions
from engine.service.tasks import answering, beginning, work
from tests.factories.council import REMEDY, Council, at


def begin(council: Council, person: str, process: str, facts: Mapping[str, Any], **given: object) -> str:
    """Let somebody begin a process by its form, about no case where `facts` name none; return the instance."""
    raw = answering.for_start(council.engine, process, facts, given)
    return beginning.begin(council.engine, person, process, raw, facts)


def complete(council: Council, title: str, case: str | None = None, **given: object) -> Any:
    """Let whoever holds the one open task with this title complete it; return the row it had."""
    task = council.task(title, case)
    work.complete(council.engine, council.holders(task)[0], task.id, council.filled(task, **given))
    return task


def review_two_actions(council: Council, case: str) -> None:
    """Let two actions of an audited case be found four months on: one done, one signed off and not done. The list of
    them waits to be sent.
    """
    council.assign(case, "kim")
    council.authorise_audit(case, 2)
    for action in council.actions(case):
        actions.sign_off(council.engine, "mo", action.id, "Done")
    council.complete("mo", REMEDY, case)
    council.pass_to(at(2027, 4, 1))
    facts = ({"fulfilled": "yes", "authorised": "yes"}, {"fulfilled": "no", "authorised": "no"})
    rows = [{"action": number, "completed": "yes", **one} for number, one in enumerate(facts, start=1)]
    complete(council, "Review the remedial actions", case, findings=rows)
    council.pass_to(at(2027, 4, 5, 12))
