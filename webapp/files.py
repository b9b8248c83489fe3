"""The style sheets, scripts and licence texts that the build makes."""

from functools import cache
from pathlib import Path

from flask import Blueprint, Response, send_from_directory, url_for

from webapp.auth import ANYBODY, guard

STATIC = Path(__file__).parent / "static"
STAMP = ".built"
SHORT = 12

pages = Blueprint("files", __name__)


@pages.get("/static/<path:name>")
@guard(ANYBODY)
def show(name: str) -> Response:
    """Send a built file. Its address changes with its contents, so browsers may keep it."""
    response = send_from_directory(STATIC, name)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@pages.app_template_global("built")
def built(name: str) -> str:
    """Return the address of a built file."""
    return url_for("files.show", name=name, v=_version())


@cache
def _version() -> str:
    stamp = STATIC / STAMP
    return stamp.read_text()[:SHORT] if stamp.is_file() else "unbuilt"
