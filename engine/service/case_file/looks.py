"""Who looked at which record: one event for each look, in a stream of the case's own (I-01).

It is written after the page was read and apart from it, so that looking waits for no work about the case, and work
for no looking.
"""

from engine.service.engine import Engine
from engine.service.tasks import work
from engine.service.tasks.work import TaskPage
from engine.store.events import LOOKS_STREAM

READ = "read"


def stream_of(case: str) -> str:
    """Return the event stream in which looks at a case are kept."""
    return f"{LOOKS_STREAM}{case}"


def note(engine: Engine, person: str, case: str, what: str, **details: str) -> None:
    """Note that `person` read something about a case: its page, an audit, a task."""
    engine.run(person, lambda command: command.note(stream_of(case), READ, {"what": what, **details}))


def at_task(engine: Engine, person: str, task_id: str) -> TaskPage:
    """Return the page of a task as `work.open_task` does, and note that the work about its case was looked at."""
    page = work.open_task(engine, person, task_id)
    if page.task.case_ref is not None and page.reason_against is None:
        note(engine, person, page.task.case_ref, "task", task=task_id)
    return page
