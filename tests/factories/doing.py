"""What tests of single operations do again and again: begin something, and complete what it brought up."""

from collections.abc import Mapping
from typing import Any

from engine.service.tasks import answering, beginning, work
from tests.factories.council import Council


def begin(council: Council, person: str, process: str, facts: Mapping[str, Any], **given: object) -> str:
    """Let somebody begin a process by its form, about no case where `facts` name none; return the instance."""
    raw = answering.for_start(council.engine, process, facts, given)
    return beginning.begin(council.engine, person, process, raw, facts)


def complete(council: Council, title: str, case: str | None = None, **given: object) -> Any:
    """Let whoever holds the one open task with this title complete it; return the row it had."""
    task = council.task(title, case)
    work.complete(council.engine, council.holders(task)[0], task.id, council.filled(task, **given))
    return task
