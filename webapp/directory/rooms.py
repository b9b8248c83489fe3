"""All blueprints of the directory, and where one can go from each of its pages."""

from typing import Final

from flask import Flask

from engine.service.council import keeping
from webapp.directory import absences, days_off, imports, invitations, people, set_up, teams, training
from webapp.reach import engine, me

ROOMS: Final = (absences, days_off, imports, invitations, people, set_up, teams, training)
FOR_EVERYBODY: Final = (
    ("people.show", "People"),
    ("teams.posts", "Posts"),
    ("teams.show", "Teams"),
    ("days_off.show", "Calendar"),
)
FOR_KEEPERS: Final = (
    ("absences.show", "Absences"),
    ("training.show", "Training"),
    ("training.changes", "Changes"),
    ("set_up.show", "Set-up"),
)


def register(app: Flask) -> None:
    """Give `app` the directory's pages."""
    for room in ROOMS:
        app.register_blueprint(room.pages)
    app.jinja_env.globals["directory_pages"] = directory_pages


def directory_pages() -> tuple[tuple[str, str], ...]:
    """Return the pages that the reader may go to, as (endpoint, words)."""
    keeps = keeping.may_change(engine(), me(), keeping.PEOPLE)
    return FOR_EVERYBODY + FOR_KEEPERS if keeps else FOR_EVERYBODY
