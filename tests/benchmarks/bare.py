"""The yardstick: what anybody would write by hand with Flask and SQLAlchemy to complete a task, and nothing more.

One POST reads who is signed in from a signed cookie and the database, checks the CSRF token, validates the form with
marshmallow, updates a row, inserts a row, commits and redirects. It keeps no history, asks no right, runs no process.
"""

from datetime import UTC, datetime
from typing import Any

from flask import Flask, flash, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user
from flask_wtf.csrf import CSRFProtect, generate_csrf
from marshmallow import EXCLUDE, Schema, fields, validate
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from werkzeug.wrappers import Response

from engine.store.database import Database

KEY = "this key is for measuring only, and protects nothing"


class Row(DeclarativeBase):
    """What all rows are."""


class Person(Row, UserMixin):  # type: ignore[misc]  # flask_login ships no types
    """Somebody who signs in."""

    __tablename__ = "person"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)


class Task(Row):
    """The row that is updated."""

    __tablename__ = "task"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(20), default="open")
    closed_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]


class Answer(Row):
    """The row that is inserted."""

    __tablename__ = "answer"
    id: Mapped[int] = mapped_column(primary_key=True)
    task: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    person: Mapped[str] = mapped_column(ForeignKey("person.id"))
    comment: Mapped[str] = mapped_column(String(10_000))


class AnswerSchema(Schema):
    """What is typed into the form."""

    class Meta:
        """The token and the button are no answers."""

        unknown = EXCLUDE

    comment = fields.String(required=True, validate=validate.Length(1, 10_000))


def fill(database: Database, people: list[str], tasks: int) -> None:
    """Make the tables, with people and open tasks."""
    Row.metadata.create_all(database.engine)
    with Session(database.engine) as opened:
        opened.add_all([Person(id=name) for name in people])
        opened.add_all([Task(id=number, title=f"Task {number}") for number in range(1, tasks + 1)])
        opened.commit()


def create_app(database: Database) -> Flask:
    """Return the application."""
    app = Flask("bare", static_folder=None)
    app.config.update(SECRET_KEY=KEY, SESSION_COOKIE_SAMESITE="Lax", WTF_CSRF_TIME_LIMIT=None)
    CSRFProtect(app)
    manager = LoginManager(app)

    @manager.user_loader
    def known(name: str) -> Person | None:
        with Session(database.engine) as opened:
            return opened.get(Person, name)

    @app.get("/sign-in/<name>")
    def enter(name: str) -> str:
        with Session(database.engine) as opened:
            login_user(opened.get_one(Person, name))
        session.permanent = True
        return str(generate_csrf())

    @app.get("/")
    @login_required
    def inbox() -> str:
        return f"{current_user.id} is signed in."

    @app.post("/tasks/<int:number>")
    @login_required
    def complete(number: int) -> Response:
        complete_task(database, number, str(current_user.id), AnswerSchema().load(request.form.to_dict()))
        flash("The task is completed.")
        return redirect(url_for("inbox"))

    return app


def complete_task(database: Database, number: int, person: str, answers: dict[str, Any]) -> None:
    """Update one row, insert one, commit; the transaction begins as one that writes, lest SQLite refuse it halfway."""
    with database.transaction() as connection, Session(bind=connection) as opened:
        task = opened.get_one(Task, number)
        task.status, task.closed_by, task.closed_at = "done", person, datetime.now(UTC)
        opened.add(Answer(task=number, person=person, **answers))
        opened.flush()
