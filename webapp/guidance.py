"""Help, and how accessible these pages are."""

from flask import Blueprint, render_template

from webapp.auth import ANYBODY, guard

pages = Blueprint("guidance", __name__)


@pages.get("/help")
@guard(ANYBODY)
def show() -> str:
    """Show the help page."""
    return render_template("help.html")


@pages.get("/accessibility")
@guard(ANYBODY)
def accessibility() -> str:
    """Show the accessibility statement."""
    return render_template("accessibility.html")
