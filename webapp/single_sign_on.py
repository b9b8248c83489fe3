"""Signing in by the council's provider: OpenID Connect, code flow with PKCE (S256), state and nonce.

Who comes back is known by a claim that never changes, and must be linked to a person of the directory, by a
command or by a claim that the provider vouches for. Whatever is wrong with an answer, nobody is signed in.
"""

from collections.abc import Mapping
from typing import Any, Final, cast

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, current_app, redirect, request, session, url_for
from joserfc.errors import JoseError
from requests import RequestException

from engine.domain.people import Person
from engine.errors import NotNow, Refusal
from engine.service.people import accounts
from webapp import auth, errors
from webapp.auth import ANYBODY, guard
from webapp.onward import onward
from webapp.provider import Provider
from webapp.reach import config, engine

pages = Blueprint("single_sign_on", __name__)

CLIENT: Final = "casefile.single_sign_on"
NAME, ONWARD = "council", "onward"
ACTOR: Final = "the provider"
# A provider that answers anything else than it should is refused, not failed upon.
_BAD_ANSWERS: Final = (AuthlibBaseError, JoseError, RequestException, ValueError, KeyError, TypeError, RuntimeError)


def set_up(app: Flask, provider: Provider) -> None:
    """Let people of `app` sign in by `provider`."""
    registry = OAuth(app)
    app.extensions[CLIENT] = registry.register(
        NAME,
        client_id=provider.client,
        client_secret=provider.secret,
        server_metadata_url=provider.metadata,
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": 10},
    )
    app.register_blueprint(pages)


@pages.get("/sign-in/council")
@guard(ANYBODY)
def begin() -> Any:
    """Send the reader to the provider."""
    session.clear()
    session[ONWARD] = onward()
    try:
        return _client().authorize_redirect(url_for("single_sign_on.back", _external=True))
    except _BAD_ANSWERS as error:
        return _refused(error)


@pages.get("/sign-in/council/back")
@guard(ANYBODY)
def back() -> Any:
    """Sign in who comes back from the provider."""
    try:
        claims = _client().authorize_access_token().get("userinfo") or {}
        person = _person(claims)
    except _BAD_ANSWERS as error:
        return _refused(error)
    if person is None:
        return _refused(ValueError("nobody of the directory, or without the role"))
    going = session.get(ONWARD, "/")
    auth.sign_in(person)
    return redirect(going)


def _person(claims: Mapping[str, Any]) -> Person | None:
    provider = cast(Provider, config().provider)
    subject = claims.get(provider.subject)
    if not isinstance(subject, str) or not subject:
        return None
    if provider.role and provider.role not in _roles(claims):
        return None
    return accounts.by_subject(engine(), subject) or _linked(provider, subject, claims)


def _roles(claims: Mapping[str, Any]) -> list[Any]:
    roles = claims.get("roles")
    return roles if isinstance(roles, list) else []


def _linked(provider: Provider, subject: str, claims: Mapping[str, Any]) -> Person | None:
    username = claims.get(provider.username) if provider.username else None
    person = accounts.find(engine(), username) if isinstance(username, str) else None
    if person is not None:
        try:
            accounts.link(engine(), ACTOR, person.username, subject)
        except NotNow:
            return None
    return person


def _client() -> Any:
    return current_app.extensions[CLIENT]


def _refused(error: Exception) -> tuple[str, int]:
    # Only the kind of error: its text may hold a token.
    current_app.logger.warning("sign-in by the provider refused: %s at %s", type(error).__name__, request.endpoint)
    session.clear()
    return errors.page("not-signed-in", Refusal.status), Refusal.status
