"""Where to go after signing in."""

from flask import request, url_for


def onward() -> str:
    """Return the path of this site that the reader was heading for, or the inbox."""
    wanted = request.values.get("next", "")
    inside = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if inside else url_for("inbox.show")
