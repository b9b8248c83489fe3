"""Posts and teams: who holds them, who stands in on any day, and what is missing."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from engine.errors import Invalid
from engine.service.council import cover, teams
from webapp.auth import SIGNED_IN, guard
from webapp.directory import asking
from webapp.reach import engine, me
from webapp.render.paging import Paging
from webapp.render.words import count_of

pages = Blueprint("teams", __name__)


@pages.get("/directory/posts")
@guard(SIGNED_IN)
def posts() -> str:
    """Show the posts with their holders and stand-ins on a day."""
    return render_template("directory/posts.html", page=cover.posts(engine(), me(), asking.asked_day("day")))


@pages.get("/directory/teams")
@guard(SIGNED_IN)
def show() -> str:
    """Show the teams."""
    number = Paging.wanted(request)
    page = teams.every(engine(), me(), number)
    return render_template("directory/teams.html", page=page, paging=Paging(number, teams.PAGE, page.total))


@pages.get("/directory/teams/<name>")
@guard(SIGNED_IN)
def one(name: str) -> str:
    """Show one team and who answers for it on a day."""
    return render_template("directory/team.html", page=teams.page(engine(), me(), name, asking.asked_day("day")))


@pages.get("/directory/new-team")
@guard(SIGNED_IN)
def new() -> str:
    """Show the form of a new team."""
    return _form(None)


@pages.post("/directory/new-team")
@guard(SIGNED_IN)
def add() -> Any:
    """Add a team."""
    name = asking.text("name") or ""
    try:
        teams.add(engine(), me(), name, asking.texts(teams.FIELDS))
    except Invalid as refusal:
        return _form(None, refusal), refusal.status
    flash("The new team is in the directory.", "success")
    return redirect(url_for("teams.one", name=name))


@pages.get("/directory/teams/<name>/change")
@guard(SIGNED_IN)
def edit(name: str) -> str:
    """Show the form of a team."""
    return _form(name)


@pages.post("/directory/teams/<name>/change")
@guard(SIGNED_IN)
def change(name: str) -> Any:
    """Change who answers for a team."""
    try:
        passed = teams.change(engine(), me(), name, asking.texts(teams.FIELDS))
    except Invalid as refusal:
        return _form(name, refusal), refusal.status
    flash(
        f"The change is kept. {count_of(passed, 'open task is', 'open tasks are')} with somebody else now.", "success"
    )
    return redirect(url_for("teams.one", name=name))


def _form(name: str | None, refusal: Invalid | None = None) -> str:
    team, people = teams.choices(engine(), me(), name)
    kept = vars(team) if team is not None else {}
    errors = refusal.errors if refusal is not None else {}
    return render_template(
        "directory/team_form.html", team=team, people=people, typed=asking.typed(refusal) or kept, errors=errors
    )
