"""Letting a policy take effect: its row, its record in the log, and the recurring processes that it brings."""

from collections.abc import Mapping
from datetime import datetime

from engine.bpmn.definitions import Deployment
from engine.service.command import Command
from engine.service.timetable import arrange
from engine.store import deployments


def take_effect(
    command: Command,
    deployment: Deployment,
    snapshot: Mapping[str, bytes],
    start: datetime,
    note: str,
    **details: object,
) -> int:
    """Keep a `deployment` and the snapshot it was built of, in force from `start` on, and return its number.

    `details` go into the log beside the number, the digest and the note.
    """
    values = {
        "digest": deployment.digest,
        "deployed_at": command.now,
        "deployed_by": command.actor,
        "in_force_from": start,
        "note": note,
    }
    number = deployments.add(command.connection, snapshot, values)
    logged = {"number": number, "digest": values["digest"], "note": note, **details}
    command.note("deployments", "deployed", logged)
    arrange(command, deployment, start)
    return number
