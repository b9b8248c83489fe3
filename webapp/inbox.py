"""My tasks: the views of the inbox, what is looked for in them, and the filters that the reader saved."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from engine.errors import Invalid
from engine.service.inboxes import filters, inbox, steering
from engine.service.inboxes.inbox import Wanted
from engine.service.policy import deployments
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me
from webapp.render.paging import Paging
from webapp.render.words import badge

pages = Blueprint("inbox", __name__)


@pages.get("/")
@guard(SIGNED_IN)
def show() -> Any:
    """Show the open tasks of a view, earliest due first; before the first policy, the set-up."""
    if not deployments.is_any_in_force(engine()):
        return redirect(url_for("set_up.show"))
    return _page(_wanted(request.args))


@pages.post("/filters")
@guard(SIGNED_IN)
def save_filter() -> Any:
    """Save what the reader looks for under a name."""
    wanted, name = _wanted(request.form), request.form.get("name", "")
    try:
        filters.save(engine(), me(), name, wanted)
    except Invalid as refusal:
        return _page(wanted, name, refusal), refusal.status
    flash(f"“{name.strip()}” is saved. You find it above your tasks.", "success")
    return redirect(address(wanted))


@pages.post("/filters/<int:number>/delete")
@guard(SIGNED_IN)
def delete_filter(number: int) -> Any:
    """Delete a filter that the reader saved."""
    name = filters.delete(engine(), me(), number)
    flash(f"“{name}” is deleted.", "success")
    return redirect(url_for("inbox.show"))


def address(wanted: Wanted, view: str | None = None) -> str:
    """Return the address of what is looked for, in another view when one is given."""
    return url_for("inbox.show", **{**given(wanted), "view": (wanted.view if view is None else view) or None})


def given(wanted: Wanted) -> dict[str, Any]:
    """Return what is looked for as parts of an address, without what is not."""
    return {name: value for name, value in vars(wanted).items() if value}


def _wanted(fields: Any) -> Wanted:
    view, case, due, process = (fields.get(name, "").strip() for name in ("view", "case", "due", "process"))
    return Wanted(view, case.upper(), due, process)


def _page(wanted: Wanted, name: str = "", refusal: Invalid | None = None) -> str:
    page = Paging.wanted(request)
    found = inbox.open_inbox(engine(), me(), page, wanted)
    return render_template(
        "inbox.html",
        rows=[(row, badge(row.task.due, found.today, found.calendar)) for row in found.rows],
        found=found,
        paging=Paging(page, inbox.PAGE, min(found.total, inbox.MOST)),
        wanted=wanted,
        kept=given(wanted),
        is_narrowed=bool(wanted.case or wanted.due or wanted.process),
        address=address,
        people=steering.people_for(engine(), me()) if found.may_steer else (),
        saved=filters.of_person(engine(), me()),
        name=name,
        errors=refusal.errors if refusal is not None else {},
    )
