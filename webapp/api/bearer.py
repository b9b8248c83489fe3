"""Who asks: a token in the header Authorization, never a session."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

from flask import g, request

from engine.service import tokens
from webapp.api import problems
from webapp.auth import SYSTEM, guard
from webapp.reach import engine

SCHEME: Final = "bearer "

View = TypeVar("View", bound=Callable[..., Any])


def needs(scope: str) -> Callable[[View], View]:
    """Let only tokens with this scope reach a view; its name stands in `g.token` from then on."""

    def protect(view: View) -> View:
        @wraps(view)
        def protected(**arguments: Any) -> Any:
            secret = _secret()
            name = tokens.name_of(engine(), secret) if secret else None
            if name is None:
                return problems.signed_out()
            g.token = name
            tokens.require(engine(), secret, scope)
            return view(**arguments)

        return guard(SYSTEM)(protected)  # type: ignore[return-value]  # wraps keeps the signature

    return protect


def _secret() -> str:
    given = request.headers.get("Authorization", "")
    return given[len(SCHEME) :].strip() if given.lower().startswith(SCHEME) else ""
