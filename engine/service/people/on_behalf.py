"""The council as a token reaches it: everything it does is on record with the token's name, in the same transaction.

Who acts in the other events is the person whom the token acts for, and rights are asked about that person, just as on
the pages; a system in its own name acts by the name of its token.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.people.tokens import Token

Answer = TypeVar("Answer")


class OnBehalf(Engine):
    """An engine for one request of a token. Its one command is done once for each `key`.

    `check` is asked first in the transaction of the command, and refuses it by raising.
    """

    def __init__(
        self,
        engine: Engine,
        token: Token,
        key: str | None = None,
        request: Mapping[str, Any] | None = None,
        check: Callable[[Command], None] = lambda _command: None,
    ) -> None:
        super().__init__(engine.database, engine.clock)
        self._engine, self._token = engine, token
        self._key, self._request, self._check = key, request, check

    def run(
        self,
        actor: str,
        work: Callable[[Command], Answer],
        key: str | None = None,
        request: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Do `work` as Engine.run does, once for the key of the request, and note the token."""

        def noted(command: Command) -> Answer:
            self._check(command)
            answer = work(command)
            command.note(f"token {self._token.name}", "acted", {"person": self._token.person})
            return answer

        return self._engine.run(actor, noted, key or self._key, request or self._request)

    def ask(self, work: Callable[[Question], Answer]) -> Answer:
        """Answer a question as Engine.ask does."""
        return self._engine.ask(work)
