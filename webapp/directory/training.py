"""Training records, and the log of changes in the directory."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from engine.errors import Invalid
from engine.service.council import log, trained
from engine.service.council.changes import named
from webapp.auth import SIGNED_IN, guard
from webapp.directory import asking
from webapp.reach import engine, me
from webapp.render.paging import Paging

pages = Blueprint("training", __name__)


@pages.get("/directory/training")
@guard(SIGNED_IN)
def show() -> str:
    """Show who may audit, and when they were trained."""
    return _page()


@pages.post("/directory/training")
@guard(SIGNED_IN)
def record() -> Any:
    """Record that somebody was trained."""
    try:
        person = asking.text("trained_person")
        if person is None:
            raise Invalid({"trained_person": ["Choose who was trained."]})
        trained.record(engine(), me(), person, asking.needed_day("trained_on", "the day of the training"))
    except Invalid as refusal:
        return _page(refusal), refusal.status
    flash("The training is recorded.", "success")
    return redirect(url_for("training.show"))


@pages.get("/directory/changes")
@guard(SIGNED_IN)
def changes() -> str:
    """Show what was changed in the directory."""
    number = Paging.wanted(request)
    page = log.changes(engine(), me(), number)
    paging = Paging(number, log.PAGE, page.total)
    return render_template("directory/changes.html", page=page, paging=paging, named=named)


def _page(refusal: Invalid | None = None) -> str:
    number = Paging.wanted(request)
    page = trained.auditors(engine(), me(), number)
    return render_template(
        "directory/training.html",
        page=page,
        paging=Paging(number, trained.PAGE, page.total),
        typed=asking.typed(refusal) or {},
        errors=refusal.errors if refusal is not None else {},
    )
