"""Sets up the templates: where they are, and what they may call."""

from collections.abc import Mapping, MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from flask_login import current_user
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from engine.service.overview import standing
from engine.service.people import accounts
from engine.service.policy import deployments
from engine.service.tasks import starting
from engine.service.tasks.began import mark_of
from webapp.reach import config, engine, me, once_a_page
from webapp.render import panels, questions, words
from webapp.render.given import given
from webapp.render.help_topics import topic_of
from webapp.render.shortcuts import shortcuts


class Templates(Environment):
    """The templates, which look into one plain dictionary for what they may call.

    jinja2 compares all its names at each import of a macro, and macros import macros: through its chain of
    dictionaries that took a twelfth of the time of a page with a form.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template may call: what stands here when it is first loaded, and `d`."""
        return {**self.globals, **(d or {})}


def set_up(app: Flask) -> None:
    """Let `app` find the component macros and our own templates, and give them their filters."""
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_environment = Templates
    app.jinja_options = {"loader": None, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.loader = ChoiceLoader([PackageLoader("webapp"), macros])
    app.jinja_env.filters.update(
        asked_by=questions.asked_by,
        at_most=words.at_most,
        cell=words.cell,
        clock_time=words.clock_time,
        count_of=words.count_of,
        day=words.day,
        draft_mark=mark_of,
        fits_one_line=questions.fits_one_line,
        given=given,
        happened=words.happened,
        has_file=questions.has_file,
        label_of=questions.label_of,
        moment=words.moment,
        older=words.older,
        parent_key=questions.parent_key,
        person=_person,
        sentence=words.sentence,
        section_state=questions.state_of,
        short_day=words.short_day,
        told=words.told,
        twice=words.twice,
        words_of=questions.words_of,
    )
    app.jinja_env.globals.update(band=panels.band, help_topic=topic_of, urgent_about=_urgent_about)
    app.context_processor(_everywhere)


def _everywhere() -> dict[str, Any]:
    person = current_user.person if current_user.is_authenticated else None
    meets = person is not None and _meets()
    works = person is not None and deployments.is_any_in_force(engine())
    return {"config": config(), "reader": person, "meets": meets, "works": works, "shortcuts": shortcuts}


@once_a_page
def _meets() -> bool:
    return standing.may_see(engine(), me())


def _urgent_about(reference: str, audit: str | None = None) -> tuple[starting.Start, ...]:
    person = current_user.person if current_user.is_authenticated else None
    return starting.urgent_starts(engine(), person.username, reference, audit) if person is not None else ()


def _person(username: str | None) -> str:
    return _names().get(username, username) if username else ""


@once_a_page
def _names() -> Mapping[str, str]:
    return accounts.names(engine())
