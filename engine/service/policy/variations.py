"""Proposing a policy variation: a changed copy of the policy in force, kept until it is decided (manual section 4)."""

from collections.abc import Mapping

from engine.bpmn.definitions import deployment_of
from engine.errors import Invalid
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.instances import new_id
from engine.service.vocabulary import vocabulary
from engine.store import deployments, variations


def in_force(engine: Engine) -> dict[str, bytes]:
    """Return the files of the policy in force by path."""
    return engine.ask(_files_in_force)


def _files_in_force(question: Question) -> dict[str, bytes]:
    return deployments.snapshot(question.connection, question.number_in_force)


def changed_by(engine: Engine, identifier: str) -> tuple[str, ...]:
    """Return the paths that a kept proposal changes; NotFound."""
    return engine.ask(lambda question: tuple(variations.get(question.connection, identifier).changed))


def keep(engine: Engine, actor: str, changes: Mapping[str, bytes | None]) -> str:
    """Keep a proposal: the policy in force with `changes` by path, None taking a file out. Return its id.

    Invalid when nothing is changed, NotDeployable with every problem of the changed policy: a proposal that does
    not pass its checks is never tabled (I-03).
    """
    before = in_force(engine)
    merged = {**before, **changes}
    snapshot = {path: content for path, content in merged.items() if content is not None}
    changed = sorted(path for path in before.keys() | snapshot.keys() if before.get(path) != snapshot.get(path))
    if not changed:
        raise Invalid({"variation_upload": ["Change something: this is the policy in force"]})
    deployment_of(snapshot, vocabulary())

    def work(command: Command) -> str:
        identifier = new_id()
        values = {"id": identifier, "changed": changed, "proposer": actor, "proposed_at": command.now}
        variations.add(command.connection, snapshot, values)
        command.note("deployments", "variation kept", {"variation": identifier, "changed": changed})
        return identifier

    return engine.run(actor, work)
