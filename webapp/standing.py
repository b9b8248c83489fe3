"""Where everything stands: all processes, one on its diagram, and one instance."""

from collections.abc import Mapping
from dataclasses import fields
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, url_for

from engine.service.overview import listing, paths, standing
from engine.service.overview.listing import Filter, WorkList
from engine.service.overview.standing import ProcessPage
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me
from webapp.render.drawing import LATE, TIME, TOKENS, Drawing, drawing_of
from webapp.render.paging import Paging
from webapp.render.report_files import TYPES, as_file
from webapp.render.spans import asked_span

pages = Blueprint("standing", __name__)

SHOWN = (TOKENS, TIME, LATE)


@pages.get("/standing")
@guard(SIGNED_IN)
def show() -> str:
    """Show how many instances of each process there are, in which state."""
    days = _days()
    counts = standing.overview(engine(), me(), days)
    return render_template("standing.html", counts=counts, days=days, periods=standing.PERIODS)


@pages.get("/standing/<process>")
@guard(SIGNED_IN)
def process(process: str) -> str:
    """Show a process on its diagram, and its unfinished instances."""
    asked = asked_span(request.args)
    page = standing.of_process(engine(), me(), _wanted(process), _days(), Paging.wanted(request), asked.span)
    return render_template(
        "standing_process.html",
        page=page,
        asked=asked,
        shown=_shown(),
        drawing=_drawing(page, asked.kept),
        paging=_paging(page.list),
        periods=standing.PERIODS,
        ages=listing.AGES,
    )


@pages.get("/standing/list")
@guard(SIGNED_IN)
def everything() -> str:
    """List instances of all processes by what is asked for."""
    found = listing.listed(engine(), me(), _wanted(), _days(), Paging.wanted(request))
    return render_template("standing_list.html", found=found, paging=_paging(found), ages=listing.AGES)


@pages.get("/standing/list/<any(csv, xlsx):form>")
@guard(SIGNED_IN)
def download(form: str) -> Response:
    """Send a whole list as a file."""
    report = listing.export(engine(), me(), _wanted(), _days(), form)
    response = Response(as_file(report, form), content_type=TYPES[form])
    name = f"{report['name']}-{report['period']}.{form}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@pages.get("/standing/<process>/picture")
@guard(SIGNED_IN)
def picture(process: str) -> str:
    """Show the picture of a process as large as it is drawn, for a screen that is too small for all of it."""
    asked = asked_span(request.args)
    page = standing.of_process(engine(), me(), Filter(process), _days(), span=asked.span)
    here = {"show": _shown(), "days": str(page.list.days), **asked.kept}
    back = (page.count.name, f"{url_for('standing.process', process=process)}?{urlencode(here)}")
    drawing = _drawing(page, asked.kept)
    return render_template("standing_picture.html", name=page.count.name, drawing=drawing, back=back)


@pages.get("/standing/<process>/diagrams/<int:number>")
@guard(SIGNED_IN)
def diagram(process: str, number: int) -> Response:
    """Send the diagram of a process as a deployment has it; it never changes."""
    response = Response(standing.diagram(engine(), me(), number, process), content_type="application/xml")
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


@pages.get("/standing/instances/<identifier>")
@guard(SIGNED_IN)
def instance(identifier: str) -> str:
    """Show one instance: its way through the diagram, its due dates and what happened."""
    page = paths.of_instance(engine(), me(), identifier)
    return render_template(
        "standing_instance.html", page=page, drawing=drawing_of(page.picture, page.marks, page.passed)
    )


@pages.get("/standing/instances/<identifier>/picture")
@guard(SIGNED_IN)
def instance_picture(identifier: str) -> str:
    """Show the way of an instance on a picture as large as it is drawn."""
    page = paths.of_instance(engine(), me(), identifier)
    drawing = drawing_of(page.picture, page.marks, page.passed)
    back = (page.about, url_for("standing.instance", identifier=identifier))
    told = {"row": page.row, "about": page.about}
    return render_template("standing_picture.html", name=page.name, drawing=drawing, back=back, **told)


def _drawing(page: ProcessPage, kept: Mapping[str, str]) -> Drawing:
    process = page.list.wanted.process

    def list_at(element: str) -> str:
        asked = {"element": element, "show": _shown(), "days": str(page.list.days), **kept}
        return f"{url_for('standing.process', process=process)}?{urlencode(asked)}#list"

    return drawing_of(page.picture, page.marks, show=_shown(), list_at=list_at)


def _wanted(process: str | None = None) -> Filter:
    """Return what the address asks for."""
    given = {one.name: request.args.get(one.name, "").strip() for one in fields(Filter)}
    given["case"] = given["case"].upper()
    return Filter(**given if process is None else {**given, "process": process})


def _paging(found: WorkList) -> Paging:
    return Paging(Paging.wanted(request), listing.PAGE, found.total)


def _shown() -> str:
    wanted = request.args.get("show", TOKENS)
    return wanted if wanted in SHOWN else TOKENS


def _days() -> int:
    text = request.args.get("days", "")
    return int(text) if text in map(str, standing.PERIODS) else standing.PERIODS[0]
