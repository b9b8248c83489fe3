"""The application factory."""

from flask import Flask

from engine.service.engine import Engine
from webapp import (
    access_log,
    auth,
    calendars,
    cases,
    compliance_lists,
    delegating,
    errors,
    figures,
    files,
    guidance,
    inbox,
    incidents,
    manual,
    notices,
    periods,
    practice,
    reach,
    remedial,
    reports,
    security,
    settings,
    signing,
    someone,
    standing,
    standing_changes,
    starts,
    steering,
    tasks,
)
from webapp.api import interface
from webapp.attempts import ATTEMPTS, Attempts
from webapp.config import Config
from webapp.directory import rooms as directory
from webapp.reach import CONFIG
from webapp.render import environment

ROOMS = (
    calendars,
    cases,
    compliance_lists,
    delegating,
    figures,
    files,
    guidance,
    inbox,
    incidents,
    manual,
    notices,
    periods,
    practice,
    remedial,
    reports,
    settings,
    signing,
    standing,
    standing_changes,
    starts,
    steering,
    tasks,
)


def create_app(engine: Engine, config: Config) -> Flask:
    """Return the web application of a council. `engine` brings its database and clock."""
    app = Flask("webapp", static_folder=None, template_folder=None)
    app.extensions.update({CONFIG: config, ATTEMPTS: Attempts()})
    reach.set_up(app, engine)
    someone.set_up(app, config)
    security.protect(app, config)
    auth.set_up(app)
    environment.set_up(app)
    errors.handle(app)
    access_log.keep(app, config)
    interface.set_up(app, config)
    if config.provider is not None:
        # Most councils have none, and need not install what it takes.
        from webapp import single_sign_on

        single_sign_on.set_up(app, config.provider)
    for room in ROOMS:
        app.register_blueprint(room.pages)
    directory.register(app)
    return app


__all__ = ["create_app"]
