"""Every refusal becomes a page: its sentence, what to do next, and what was typed."""

import secrets
from typing import Any

from flask import Flask, current_app, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError, Unauthorized

from engine.errors import Refusal
from webapp.api import problems

# Nothing that a page adds of itself, and nothing secret, is shown back.
NOT_TYPED = frozenset(("began", "csrf_token", "do", "key", "next", "password", "questions", "username", "version"))

# Refusals after which the page that was asked for cannot be opened.
UNREACHABLE = frozenset(("NotAllowed", "NotFound", "Restricted", "session-ended"))


def handle(app: Flask) -> None:
    """Let every error of `app` answer with a page."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(Unauthorized, _signed_out)
    app.register_error_handler(SecurityError, _strange_host)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _failed)


def refused(refusal: Refusal) -> Any:
    """Return the page of a refusal, with what was typed."""
    if problems.is_asked():
        return problems.refused(refusal)
    return page(type(refusal).__name__, refusal.status, refusal.sentence), refusal.status


def page(kind: str, status: int, sentence: str = "", **more: object) -> str:
    """Return an error page. `kind` chooses its heading and what it says to do next."""
    ways = [] if kind in UNREACHABLE or kind.startswith("http-") else _ways()
    return render_template(
        "refusal.html", kind=kind, status=status, sentence=sentence, typed=_typed(), ways=ways, **more
    )


def _http(error: HTTPException) -> Any:
    status = error.code or 500
    if status < 400:
        return error
    if problems.is_asked():
        return problems.http(error)
    return page(f"http-{status}", status), status


def _strange_host(_error: SecurityError) -> Any:
    """Answer without a page: its links could only be made for a host that is known."""
    if problems.is_asked():
        return problems.problem(400, "This address is not known here.")
    return "This address is not known here.", 400


def _forged(_error: CSRFError) -> tuple[str, int]:
    return page("session-ended", 400), 400


def _signed_out(_error: Unauthorized) -> Any:
    if request.method == "GET":
        return redirect(url_for("signing.show", next=request.full_path.rstrip("?")))
    return page("session-ended", 401), 401


def _failed(error: Exception) -> Any:
    if problems.is_asked():
        return problems.failed(error)
    reference = secrets.token_hex(4)
    current_app.logger.error("failure %s at %s", reference, request.endpoint, exc_info=error)
    return page("http-500", 500, reference=reference), 500


def _ways() -> list[tuple[str, str]]:
    """Return where the reader may go on: words and addresses of the task or case that was asked about."""
    about = request.view_args or {}
    ways = []
    if task := about.get("task_id"):
        ways.append(("Open the task again", url_for("tasks.show", task_id=task)))
    if case := about.get("reference"):
        ways.append((f"Open {case}", url_for("cases.show", reference=case)))
    return ways


def _typed() -> list[tuple[str, str]]:
    """Return what the reader typed into the page that was refused, by field name."""
    try:
        fields = list(request.form.items(multi=True)) if request.method == "POST" else []
    except RequestEntityTooLarge:
        return []
    named = ((name.replace("-", " ").replace("_", " "), value) for name, value in fields if name not in NOT_TYPED)
    return [(name, value) for name, value in named if value.strip()]
