"""The incidents: work that failed is tried again, corrected, given up, or goes on without the step that failed."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from engine.errors import Invalid, Refusal
from engine.service.overview import corrections, incident_page, incidents, skipping
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me
from webapp.render.paging import Paging

pages = Blueprint("incidents", __name__)


@pages.get("/standing/incidents")
@guard(SIGNED_IN)
def show() -> str:
    """Show the incidents that are open."""
    return _page()


@pages.post("/standing/incidents/<int:number>/retry")
@guard(SIGNED_IN)
def retry(number: int) -> Any:
    """Do the work of an incident again."""
    return _done(number, "incident", lambda: incidents.retry(engine(), me(), number), "is settled: its work is done.")


@pages.get("/standing/incidents/<int:number>/correct")
@guard(SIGNED_IN)
def correct(number: int) -> str:
    """Offer to correct the process data of an incident."""
    return render_template(
        "incident_correct.html", page=corrections.page_of(engine(), me(), number), errors={}, typed={}
    )


@pages.post("/standing/incidents/<int:number>/correct")
@guard(SIGNED_IN)
def retry_corrected(number: int) -> Any:
    """Do the work of an incident again with corrected process data."""
    typed = request.form.to_dict()
    page = corrections.page_of(engine(), me(), number)
    try:
        changed = corrections.retry(engine(), me(), number, typed)
    except Refusal as refusal:
        wrong = refusal.errors if isinstance(refusal, Invalid) else {}
        errors = {one.name: wrong[one.name][0] for one in page.data if one.name in wrong}
        told = {"page": page, "errors": errors, "typed": typed, "sentence": "" if errors else refusal.sentence}
        return render_template("incident_correct.html", **told), refusal.status
    words = f", with {' and '.join(changed)} corrected" if changed else ""
    flash(f"Incident {number} is settled: its work is done{words}.", "success")
    return redirect(url_for("incidents.show"))


@pages.post("/standing/incidents/<int:number>/give-up")
@guard(SIGNED_IN)
def give_up(number: int) -> Any:
    """Give the work of an incident up, with a reason that is kept."""
    return _done(number, "reason", lambda: incidents.give_up(engine(), me(), number, _reason()), "is given up.")


@pages.post("/standing/incidents/<int:number>/skip")
@guard(SIGNED_IN)
def ask(number: int) -> Any:
    """Ask that the step that failed be skipped, with a reason."""
    words = "stays open until a second person decides whether the step is skipped."
    return _done(number, "skip", lambda: skipping.ask(engine(), me(), number, _reason()), words)


@pages.post("/standing/incidents/<int:number>/skip/agree")
@guard(SIGNED_IN)
def agree(number: int) -> Any:
    """Agree that the step be skipped; the work goes on without it."""
    words = "is settled: the step is skipped, and the work went on."
    return _done(number, "incident", lambda: skipping.agree(engine(), me(), number), words)


@pages.post("/standing/incidents/<int:number>/skip/decline")
@guard(SIGNED_IN)
def decline(number: int) -> Any:
    """Decline that the step be skipped, with a reason."""
    words = "stays open: the step is not skipped."
    return _done(number, "decline", lambda: skipping.decline(engine(), me(), number, _reason()), words)


def _done(number: int, form: str, work: Callable[[], None], words: str) -> Any:
    """Do `work` about an incident and say so; what is refused is shown at the `form` that was sent."""
    try:
        work()
    except Invalid as refusal:
        return _page({f"{form}-{number}": refusal.errors["reason"][0]}, {f"{form}-{number}": _reason()}), refusal.status
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return _page({f"incident-{number}": refusal.sentence}), refusal.status
    flash(f"Incident {number} {words}", "success")
    return redirect(url_for("incidents.show"))


def _reason() -> str:
    return request.form.get("reason", "")


def _page(errors: Mapping[str, str] | None = None, typed: Mapping[str, str] | None = None) -> str:
    wanted = Paging.wanted(request)
    page = incident_page.page_of(engine(), me(), wanted)
    paging = Paging(wanted, incident_page.PAGE, page.total)
    return render_template("incidents.html", page=page, paging=paging, errors=errors or {}, typed=typed or {})
