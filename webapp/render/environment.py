"""Sets up the templates: where they are, and what they may call."""

from typing import Any

from flask import Flask, g
from flask_login import current_user
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from engine.service.overview import standing
from engine.service.people import accounts
from engine.service.policy import deployments
from engine.service.tasks import starting
from engine.service.tasks.began import mark_of
from webapp.reach import config, engine
from webapp.render import panels, questions, words
from webapp.render.given import given
from webapp.render.help_topics import topic_of
from webapp.render.shortcuts import shortcuts


def set_up(app: Flask) -> None:
    """Let `app` find the component macros and our own templates, and give them their filters."""
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
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
    meets = person is not None and _meets(person.username)
    works = person is not None and deployments.is_any_in_force(engine())
    return {"config": config(), "reader": person, "meets": meets, "works": works, "shortcuts": shortcuts}


def _meets(username: str) -> bool:
    if "meets" not in g:
        g.meets = standing.may_see(engine(), username)
    return bool(g.meets)


def _urgent_about(reference: str, audit: str | None = None) -> tuple[starting.Start, ...]:
    person = current_user.person if current_user.is_authenticated else None
    return starting.urgent_starts(engine(), person.username, reference, audit) if person is not None else ()


def _person(username: str | None) -> str:
    if not username:
        return ""
    if "names" not in g:
        g.names = accounts.names(engine())
    return str(g.names.get(username, username))
