"""Where a page leads on to: only ever to a path of this site."""

from flask import request, url_for


def onward(field: str = "next") -> str:
    """Return the path of this site that a field of the request names, or the inbox for anything else."""
    wanted = request.values.get(field, "")
    is_inside = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if is_inside else url_for("inbox.show")
