"""My tasks."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from engine.service import deployments, work
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me
from webapp.render.paging import Paging
from webapp.render.words import badge

pages = Blueprint("inbox", __name__)


@pages.get("/")
@guard(SIGNED_IN)
def show() -> Any:
    """Show the reader's tasks and those of their posts, earliest due first; before the first policy, the set-up."""
    if not deployments.is_any_in_force(engine()):
        return redirect(url_for("set_up.show"))
    page = Paging.wanted(request)
    case, due = request.args.get("case", "").strip().upper(), request.args.get("due", "")
    found = work.inbox(engine(), me(), page, case, due)
    tasks = [(task, badge(task.due, found.today, found.calendar)) for task in found.rows]
    paging = Paging(page, work.PAGE, found.total)
    return render_template("inbox.html", tasks=tasks, total=found.total, paging=paging, case=case, due=due)
