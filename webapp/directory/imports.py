"""Imports from CSV: a file is tried first and shown row by row, then done whole; templates to download."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from engine.errors import Invalid, Refusal, TooLarge, Unreadable
from engine.service.council import imports, sheet
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me
from webapp.render.words import count_of

pages = Blueprint("imports", __name__)

BACK = {imports.PEOPLE: "people.show", imports.TEAMS: "teams.show", imports.LEAVE: "absences.show"}


@pages.get("/directory/import/<kind>")
@guard(SIGNED_IN)
def show(kind: str) -> str:
    """Show what can be imported, with the templates."""
    return _page(kind)


@pages.get("/directory/import/<kind>/<name>.csv")
@guard(SIGNED_IN)
def download(kind: str, name: str) -> Response:
    """Send the headings alone, or with what stands now ("present")."""
    make = imports.present if name == "present" else imports.template
    response = Response(make(engine(), me(), kind), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename={kind}.csv"
    return response


@pages.post("/directory/import/<kind>")
@guard(SIGNED_IN)
def rehearse(kind: str) -> Any:
    """Show what the file would do, row by row, and change nothing."""
    try:
        text = sheet.text_of(_content())
        report = imports.rehearse(engine(), me(), kind, text)
    except (Invalid, Unreadable, TooLarge) as refusal:
        return _page(kind, refusal), refusal.status
    return render_template("directory/import_report.html", kind=kind, report=report, text=text, back=_back(kind))


@pages.post("/directory/import/<kind>/apply")
@guard(SIGNED_IN)
def apply(kind: str) -> Any:
    """Do what was shown; it is looked at again, because the directory may have changed meanwhile."""
    text = request.form.get("content", "")
    try:
        report = imports.apply(engine(), me(), kind, text)
    except (Invalid, Unreadable, TooLarge) as refusal:
        return _page(kind, refusal), refusal.status
    done = report.counts.get("new", 0) + report.counts.get("changed", 0)
    flash(f"The import is done. {count_of(done, 'row', 'rows')} changed something.", "success")
    return redirect(url_for(BACK[kind]))


def _content() -> bytes:
    file = request.files.get("file")
    content = file.read() if file is not None else b""
    if not content:
        raise Invalid({"file": ["Choose a CSV file with rows."]})
    return content


def _page(kind: str, refusal: Refusal | None = None) -> str:
    columns = imports.require(engine(), me(), kind)
    errors = {} if refusal is None else getattr(refusal, "errors", {"file": [refusal.sentence]})
    return render_template("directory/import.html", kind=kind, columns=columns, errors=errors, back=_back(kind))


def _back(kind: str) -> tuple[str, str]:
    return f"Back to {kind if kind != imports.LEAVE else 'absences'}", url_for(BACK[kind])
