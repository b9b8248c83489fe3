"""The letters that the reader got."""

from flask import Blueprint, render_template, request

from engine.service.mail import letters
from webapp.auth import SIGNED_IN, guard
from webapp.reach import config, engine, me
from webapp.render.paging import Paging

pages = Blueprint("notices", __name__)


@pages.get("/notices")
@guard(SIGNED_IN)
def show() -> str:
    """Show the reader's letters, newest first."""
    page = Paging.wanted(request)
    found = letters.letters_of(engine(), me(), page, config().council)
    paging = Paging(page, letters.PAGE, found.total)
    return render_template("notices.html", letters=found.letters, total=found.total, paging=paging)
