"""Figures and reports: the dashboards of a reader first, then the reports they may read."""

from flask import Blueprint, render_template, request

from engine.service.case_file import listed_actions
from engine.service.reports import editions, opening, reading
from engine.service.reports.reading import Wanted
from engine.service.reports.scope import in_words
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me
from webapp.render.panels import panels
from webapp.render.report_files import TYPES
from webapp.reports import asked, meant, months

pages = Blueprint("figures", __name__)


@pages.get("/figures")
@guard(SIGNED_IN)
def offer() -> str:
    """List the dashboards and reports that the reader may see."""
    entries = reading.entries(engine(), me())
    return render_template(
        "figures.html",
        dashboards=[one for one in entries if one.report.dashboard],
        reports=[one for one in entries if not one.report.dashboard],
        listed=listed_actions.teams_of(engine(), me()),
        drawn=editions.drawn(engine(), me()),
        in_words=in_words,
    )


@pages.get("/figures/<name>")
@guard(SIGNED_IN)
def show(name: str) -> str:
    """Show a dashboard: every chart with its finding, its picture and its table."""
    opened = opening.opened(engine(), me(), Wanted(name, **meant()))
    return render_template(
        "figures_page.html",
        report=opened.report,
        opened=opened,
        parts=[(part, panels(part)) for part in opened.report["parts"]],
        months=months(),
        asked=asked(),
        forms=list(TYPES),
        path=request.path,
    )
