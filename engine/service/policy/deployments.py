"""From a folder of policy files to a deployment: read, check, deploy, export."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.bpmn.definitions import check as check_snapshot
from engine.bpmn.definitions import deployment_of, snapshot_of
from engine.bpmn.snapshots import FOLDERS
from engine.domain.calendar import local_day
from engine.domain.problems import Problem
from engine.errors import Invalid, NotFound, TooLarge
from engine.service.command import Command
from engine.service.engine import Engine
from engine.service.taking_effect import take_effect
from engine.service.vocabulary import vocabulary
from engine.store import deployments

MOST_FILES = 500
MOST_BYTES = 2_000_000
LONGEST_NOTE = 10_000


def read_snapshot(directory: Path) -> Mapping[str, bytes]:
    """Return the policy files of `directory` by path; NotFound without processes/ and forms/, TooLarge."""
    for folder in FOLDERS:
        if not (directory / folder).is_dir():
            raise NotFound(what=f"folder {folder}/ in {directory.resolve().name}")
    paths = [path for folder in FOLDERS for path in (directory / folder).rglob("*") if path.is_file()]
    if len(paths) > MOST_FILES:
        raise TooLarge(what="The policy", size=f"{len(paths)} files", limit=f"{MOST_FILES}")
    for path in paths:
        if path.stat().st_size > MOST_BYTES:
            raise TooLarge(what=path.name, size=f"{path.stat().st_size} bytes", limit=f"{MOST_BYTES} bytes")
    return snapshot_of(directory)


def check(snapshot: Mapping[str, bytes]) -> list[Problem]:
    """Return everything that keeps `snapshot` from being deployed, all at once."""
    return check_snapshot(snapshot, vocabulary())


def deploy(
    engine: Engine, actor: str, snapshot: Mapping[str, bytes], note: str, in_force_from: datetime | None = None
) -> int:
    """Keep `snapshot` as a deployment in force from a moment on (now when None) and return its number.

    NotDeployable with all problems, Invalid for a day that is past, TooLarge for a note above 10,000 characters. The
    snapshot that is in force already at that moment is not deployed twice; an earlier one may come back.
    """
    if len(note) > LONGEST_NOTE:
        raise TooLarge(what="The note", size=f"{len(note):,} characters", limit=f"{LONGEST_NOTE:,}")
    sound = deployment_of(snapshot, vocabulary())

    def work(command: Command) -> int:
        start = in_force_from or command.now
        if local_day(start) < command.today:
            raise Invalid({"in_force_from": ["A policy comes into force today or later, never on a day that is past."]})
        known = deployments.in_force(command.connection, start)
        if known is not None and known[1] == sound.digest:
            return known[0]
        return take_effect(command, sound, snapshot, start, note)

    return engine.run(actor, work)


def files(engine: Engine, number: int | None = None) -> Mapping[str, bytes]:
    """Return the files of a deployment by path, of the one in force when None; NotFound, NotNow before the first."""
    return engine.ask(lambda question: deployments.snapshot(question.connection, number or question.number_in_force))


def every(engine: Engine) -> list[Any]:
    """Return all deployments without their files, newest first."""
    return engine.ask(lambda question: deployments.every(question.connection))


def files_of(engine: Engine, number: int) -> Mapping[str, bytes]:
    """Return the files of a deployment by path; NotFound."""
    return engine.ask(lambda question: deployments.snapshot(question.connection, number))


def file_of(engine: Engine, number: int, path: str) -> bytes:
    """Return one file of a deployment; NotFound."""
    found = files_of(engine, number)
    if path not in found:
        raise NotFound(what=f"file {path[:100]} in deployment {number}")
    return found[path]


def number_in_force(engine: Engine) -> int | None:
    """Return the number of the deployment in force, None before the first."""
    known = engine.ask(lambda question: deployments.in_force(question.connection, question.now))
    return None if known is None else known[0]


def is_any_in_force(engine: Engine) -> bool:
    """Whether a policy is in force; known without a query once one was read."""
    return engine.ask(lambda question: question.has_policy)


def has_any(engine: Engine) -> bool:
    """Whether a policy was ever deployed."""
    return bool(engine.ask(lambda question: deployments.every(question.connection)))


def export(engine: Engine, directory: Path, number: int | None = None) -> list[Path]:
    """Write the files of a deployment (the one in force when None) into `directory`; return their paths."""
    written = []
    for path, content in files(engine, number).items():
        target = directory / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        written.append(target)
    return written
