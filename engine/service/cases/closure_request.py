"""Taking back a request to close a case."""

from engine.errors import NotAllowed
from engine.service import instances
from engine.service.command import Command
from engine.service.engine import Engine
from engine.service.posts import people_at
from engine.service.stepping import receive

WITHDRAWN = "Closure request withdrawn"


def withdraw(engine: Engine, actor: str, instance: str) -> None:
    """Take back the closure request of an instance; NotAllowed for others than those who may ask for closure."""

    def work(command: Command) -> None:
        found = instances.load(command, instance)
        start = command.policy.definition(found.process).start
        if actor not in people_at(command, start.lane or "", {"case": found.case_ref}):
            raise NotAllowed(doing="withdraw this request", reason="it belongs to another post")
        receive(command, found, WITHDRAWN, {})

    engine.run(actor, work)
