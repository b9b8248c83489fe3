"""People in addresses: a number that names nobody, made of the username with the key of the application.

Histories of browsers and logs of proxies keep addresses, so that none says who it is about. With another key the
numbers are others, and addresses that were kept lead nowhere.
"""

import hmac
from hashlib import sha256
from typing import Any, ClassVar, Final

from flask import Flask
from flask_login import current_user
from werkzeug.routing import BaseConverter

from engine.errors import NotFound
from engine.service.people import accounts
from webapp.config import Config
from webapp.reach import config, engine

LENGTH: Final = 16
ARGUMENT: Final = "username"


class Someone(BaseConverter):
    """A person in the rule of a route, such as <someone:username>: the view gets the username."""

    regex = f"[0-9a-f]{{{LENGTH}}}"
    key: ClassVar[str]

    def to_url(self, value: str) -> str:
        """Return the number of a username."""
        return number_of(self.key, value)


def set_up(app: Flask, settings: Config) -> None:
    """Let the rules of routes name people."""
    app.url_map.converters["someone"] = type("SomeoneHere", (Someone,), {"key": settings.secret_key})
    app.url_value_preprocessor(_named)
    app.add_template_filter(_number, "number_of_person")


def number_of(key: str, username: str) -> str:
    """Return the number of somebody under a key."""
    return hmac.new(key.encode(), f"person {username}".encode(), sha256).hexdigest()[:LENGTH]


def _number(username: str | None) -> str | None:
    """Return the number of somebody for an address, None for nobody."""
    return number_of(config().secret_key, username) if username else None


def _named(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Put the username where an address has a number; NotFound. A stranger is asked to sign in first."""
    if values and ARGUMENT in values and current_user.is_authenticated:
        values[ARGUMENT] = username_of(values[ARGUMENT])


def username_of(number: str) -> str:
    """Return whose number an address has, "" for none; NotFound."""
    key = config().secret_key
    if not number:
        return ""
    for username in accounts.names(engine()):
        if number_of(key, username) == number:
            return username
    raise NotFound(what="person with this number")
