"""Where everything stands: all processes, one on its diagram, one instance, and the incidents."""

from dataclasses import fields
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from engine.errors import Invalid, NotNow, Refusal
from engine.service.overview import corrections, incidents, listing, paths, standing
from engine.service.overview.listing import Filter, WorkList
from engine.service.overview.standing import ProcessPage
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me
from webapp.render.drawing import LATE, TIME, TOKENS, Drawing, drawing_of
from webapp.render.paging import Paging
from webapp.render.report_files import TYPES, as_file

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
    page = standing.of_process(engine(), me(), _wanted(process), _days(), Paging.wanted(request))
    return render_template(
        "standing_process.html",
        page=page,
        shown=_shown(),
        drawing=_drawing(page),
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
    page = standing.of_process(engine(), me(), Filter(process), _days())
    back = (page.count.name, url_for("standing.process", process=process, show=_shown(), days=page.list.days))
    return render_template("standing_picture.html", name=page.count.name, drawing=_drawing(page), back=back)


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


@pages.get("/standing/incidents")
@guard(SIGNED_IN)
def stopped() -> str:
    """Show the incidents that are open."""
    return _incidents()


@pages.post("/standing/incidents/<int:number>/retry")
@guard(SIGNED_IN)
def retry(number: int) -> Any:
    """Do the work of an incident again."""
    try:
        incidents.retry(engine(), me(), number)
    except Refusal as refusal:
        return _incidents({number: refusal.sentence}), refusal.status
    flash(f"Incident {number} is settled: its work is done.", "success")
    return redirect(url_for("standing.stopped"))


@pages.get("/standing/incidents/<int:number>/correct")
@guard(SIGNED_IN)
def correct(number: int) -> str:
    """Offer to correct the process data of an incident."""
    return render_template(
        "incident_correct.html", page=corrections.page_of(engine(), me(), number), errors={}, typed={}
    )


@pages.post("/standing/incidents/<int:number>/correct")
@guard(SIGNED_IN)
def retry_corrected(number: int) -> Any:
    """Do the work of an incident again with corrected process data."""
    typed = request.form.to_dict()
    page = corrections.page_of(engine(), me(), number)
    try:
        changed = corrections.retry(engine(), me(), number, typed)
    except Refusal as refusal:
        wrong = refusal.errors if isinstance(refusal, Invalid) else {}
        errors = {one.name: wrong[one.name][0] for one in page.data if one.name in wrong}
        told = {"page": page, "errors": errors, "typed": typed, "sentence": "" if errors else refusal.sentence}
        return render_template("incident_correct.html", **told), refusal.status
    words = f", with {' and '.join(changed)} corrected" if changed else ""
    flash(f"Incident {number} is settled: its work is done{words}.", "success")
    return redirect(url_for("standing.stopped"))


@pages.post("/standing/incidents/<int:number>/give-up")
@guard(SIGNED_IN)
def give_up(number: int) -> Any:
    """Give the work of an incident up, with a reason that is kept."""
    reason = request.form.get("reason", "")
    try:
        incidents.give_up(engine(), me(), number, reason)
    except Invalid as refusal:
        return _incidents({number: refusal.errors["reason"][0]}, {number: reason}), refusal.status
    except NotNow as refusal:
        return _incidents({number: refusal.sentence}), refusal.status
    flash(f"Incident {number} is given up.", "success")
    return redirect(url_for("standing.stopped"))


def _incidents(errors: dict[int, str] | None = None, typed: dict[int, str] | None = None) -> str:
    found = incidents.open_incidents(engine(), me())
    return render_template("incidents.html", incidents=found, errors=errors or {}, typed=typed or {})


def _drawing(page: ProcessPage) -> Drawing:
    process = page.list.wanted.process

    def list_at(element: str) -> str:
        asked = {"element": element, "show": _shown(), "days": str(page.list.days)}
        return f"{url_for('standing.process', process=process)}?{urlencode(asked)}#list"

    return drawing_of(page.picture, page.marks, show=_shown(), list_at=list_at)


def _wanted(process: str | None = None) -> Filter:
    """Return what the address asks for."""
    given = {one.name: request.args.get(one.name, "").strip() for one in fields(Filter)}
    return Filter(**given if process is None else {**given, "process": process})


def _paging(found: WorkList) -> Paging:
    return Paging(Paging.wanted(request), listing.PAGE, found.total)


def _shown() -> str:
    wanted = request.args.get("show", TOKENS)
    return wanted if wanted in SHOWN else TOKENS


def _days() -> int:
    text = request.args.get("days", "")
    return int(text) if text in map(str, standing.PERIODS) else standing.PERIODS[0]
