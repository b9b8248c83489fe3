"""Service operations of the inter-rater reliability exercise: blind until revealed (manual section 9, M15)."""

from functools import partial
from typing import Any

from engine.service import instances
from engine.service.audits import reliability
from engine.service.registry import Operating, operation
from engine.store import exercises


@operation
def start_blind_copies(work: Operating, process: str, post: str) -> int:
    """Begin an instance of `process` for everybody in `post`, each with a copy of their own; give how many (R-73)."""
    command = work.command
    officers = command.directory.in_post(post)
    shared = {name: work.data[name] for name in ("case", "items", "item_list") if name in work.data}
    copies = []
    for officer in officers:
        identifier = instances.new_id()
        copies.append({"instance": identifier, "exercise": work.instance, "reviewer": officer})
        facts = {**shared, "reviewer": officer, "exercise": work.instance}
        begin = partial(instances.begin, command, process, facts, identifier=identifier, parent=work.instance)
        command.later(begin)
    values = {
        "instance": work.instance,
        "case_ref": work.text("case"),
        "items": int(work.text("items")),
        "begun_at": command.now,
    }
    exercises.add(command.connection, values, copies)
    return len(copies)


@operation
def submit_copy(work: Operating) -> dict[str, int]:
    """Keep the readings of this copy. Gives {"outstanding": how many copies of the exercise are still open}."""
    command = work.command
    readings = {str(row["item"]): row["reading"] for row in command.answers.get("readings") or []}
    exercises.submit(command.connection, work.instance, {"readings": readings, "submitted_at": command.now})
    rows = exercises.copies(command.connection, work.text("exercise"))
    return {"outstanding": sum(row.submitted_at is None for row in rows)}


@operation
def reveal_copies(work: Operating) -> dict[str, Any]:
    """Open the copies to each other. Gives {"items", "unanimous", "variations": [item numbers], "missing": [names]}."""
    command = work.command
    exercises.change(command.connection, work.instance, {"revealed_at": command.now})
    found = reliability.compared(command, work.instance)
    rows = exercises.copies(command.connection, work.instance)
    return {
        "items": exercises.get(command.connection, work.instance).items,
        "unanimous": found.unanimous,
        "variations": sorted(int(item) for item in found.to_discuss),
        "missing": [command.directory.people[row.reviewer].name for row in rows if row.submitted_at is None],
    }


@operation
def close_exercise(work: Operating) -> None:
    """Close the exercise with the agreed reading of every item on which officers differed (R-74)."""
    command = work.command
    agreed = command.answers.get("agreed") or []
    exercises.change(command.connection, work.instance, {"agreed": agreed, "closed_at": command.now})
