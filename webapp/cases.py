"""A case: its facts, its work, its audits and actions, and whether it may be closed."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from engine.service import casework, comparison, entered, timeline
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me
from webapp.render.paging import Paging

pages = Blueprint("cases", __name__)


@pages.get("/cases")
@guard(SIGNED_IN)
def find() -> Any:
    """Go to the case with a reference, or ask for one."""
    reference = request.args.get("reference", "").strip().upper()
    return redirect(url_for("cases.show", reference=reference)) if reference else render_template("find_case.html")


@pages.get("/cases/<reference>")
@guard(SIGNED_IN)
def show(reference: str) -> str:
    """Show a case to somebody who has to do with it."""
    return render_template("case.html", page=casework.case_page(engine(), me(), reference))


@pages.get("/cases/<reference>/history")
@guard(SIGNED_IN)
def show_history(reference: str) -> str:
    """Show what happened to a case, newest first."""
    number = Paging.wanted(request)
    page = timeline.of_case(engine(), me(), reference, number)
    return render_template("case_history.html", page=page, paging=Paging(number, timeline.PAGE, page.total))


@pages.get("/cases/<reference>/audits/<audit>")
@guard(SIGNED_IN)
def show_audit(reference: str, audit: str) -> str:
    """Show what was entered about an audit, as far as the reader may read it."""
    return render_template("audit.html", page=entered.of_audit(engine(), me(), reference, audit))


@pages.get("/cases/<reference>/audits/<audit>/comparison")
@guard(SIGNED_IN)
def compare(reference: str, audit: str) -> str:
    """Show an audit and its review side by side: what differs, or with ?show=all everything."""
    page = comparison.of_audit(engine(), me(), reference, audit, request.args.get("review", 0, type=int))
    everything = request.args.get("show") == "all"
    return render_template("comparison.html", page=page, everything=everything)
