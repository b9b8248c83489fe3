"""Asking another system, and posting to it: encrypted unless it is on this machine; redirects are not followed."""

import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

from engine.errors import NotSent, UnsuitableSetting

MOST_OF_AN_ANSWER: Final = 64 * 1024
_AT_HOME: Final = ("127.0.0.1", "::1", "localhost")
_LONGEST_REASON: Final = 300


def check_address(setting: str, address: str, example: str) -> None:
    """Raise UnsuitableSetting for an address that is none, or that would be reached without encryption."""
    try:
        parts = urlsplit(address)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise UnsuitableSetting(setting=setting, reason=f"write it like {example}")
    if parts.scheme == "http" and parts.hostname not in _AT_HOME:
        raise UnsuitableSetting(setting=setting, reason="records would travel without encryption; use https://")


def post(address: str, body: bytes, headers: Mapping[str, str], timeout: float) -> tuple[int, bytes]:
    """Post `body` and return the status and the beginning of the answer; NotSent when there is none. Seconds."""
    return _asked("POST", address, body, headers, timeout)


def fetch(address: str, headers: Mapping[str, str], timeout: float) -> tuple[int, bytes]:
    """Ask for what is at an address, and return what `post` does."""
    return _asked("GET", address, None, headers, timeout)


def _asked(
    method: str, address: str, body: bytes | None, headers: Mapping[str, str], timeout: float
) -> tuple[int, bytes]:
    connection = _connection(address, timeout)
    try:
        connection.request(method, _path(address), body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.read(MOST_OF_AN_ANSWER)
    except (OSError, HTTPException) as error:
        raise NotSent(reason=(" ".join(str(error).split()) or type(error).__name__)[:_LONGEST_REASON]) from error
    finally:
        connection.close()


def _connection(address: str, timeout: float) -> HTTPConnection:
    parts = urlsplit(address)
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return HTTPSConnection(str(parts.hostname), parts.port, timeout=timeout, context=context)
    return HTTPConnection(str(parts.hostname), parts.port, timeout=timeout)


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
