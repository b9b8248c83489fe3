"""Service operations of a policy variation: checked, signed off, deployed (manual section 4, M17)."""

from typing import Any

from engine.bpmn.definitions import check, deployment_of
from engine.domain.calendar import parse_day, start_of_day
from engine.errors import NotDeployable
from engine.service import moving, words
from engine.service.registry import Operating, operation, repeatable
from engine.service.taking_effect import take_effect
from engine.store import variations


@repeatable
@operation
def check_variation(work: Operating) -> dict[str, Any]:
    """Check the proposed policy again as it stands. Gives {"id", "proposer", "changed": [file names]}; refused with
    every problem when it does not pass.
    """
    connection = work.command.connection
    row = variations.get(connection, work.text("variation_upload"))
    problems = check(variations.snapshot(connection, row.id), words.current())
    if problems:
        raise NotDeployable(tuple(problems))
    return {"id": row.id, "proposer": row.proposer, "changed": row.changed}


@operation
def deploy_variation(work: Operating, in_force_from: str) -> int:
    """Deploy the variation for whatever begins on or after the day; running work keeps its policy (I-02, R-12).

    Gives the number of the deployment.
    """
    command = work.command
    row = variations.get(command.connection, work.text("variation_upload"))
    snapshot = variations.snapshot(command.connection, row.id)
    start = max(start_of_day(parse_day(in_force_from)), command.now)
    deployment = deployment_of(snapshot, words.current())
    number = take_effect(command, deployment, snapshot, start, f"policy variation {row.id}", variation=row.id)
    variations.note_deployment(command.connection, row.id, number)
    return number


@operation
def move_running_work(work: Operating, deployment: int) -> dict[str, int]:
    """Move all work that is under way to a deployment, where nothing of it is lost; the rest keeps its policy (I-02).

    Gives {"moved": how many, "kept": how many}.
    """
    return moving.move_all(work.command, deployment, apart_from=work.instance)
