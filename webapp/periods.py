"""Audit periods: where each stands, and its list, draw and progress, each as a page and as files."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request

from engine.service.periods import capacity, draws, figures, matching, population, progress, seeing, standing
from engine.service.periods.exports import Export
from engine.service.reports.scope import in_words
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me, once_a_page
from webapp.render.list_files import LISTS, as_list_file
from webapp.render.paging import Paging
from webapp.render.report_files import TYPES
from webapp.someone import username_of

pages = Blueprint("periods", __name__)
pages.add_app_template_filter(in_words, "month_in_words")


@pages.get("/periods")
@guard(SIGNED_IN)
def offer() -> str:
    """List the audit periods, newest first."""
    page = standing.listed(engine(), me(), Paging.wanted(request))
    paging = Paging(Paging.wanted(request), standing.PAGE, page.total)
    return render_template("periods.html", page=page, paging=paging)


@pages.get("/periods/<period>")
@guard(SIGNED_IN)
def show(period: str) -> str:
    """Show one audit period: how far it has come, and what happens next and with whom."""
    return render_template("period.html", page=standing.of_period(engine(), me(), period))


@pages.get("/periods/<period>/list")
@guard(SIGNED_IN)
def show_list(period: str) -> str:
    """Show the population list of a period, row by row where one was refused."""
    return render_template("period_list.html", page=population.of_period(engine(), me(), period))


@pages.get("/periods/<period>/list/<any(csv, xlsx):form>")
@guard(SIGNED_IN)
def save_list(period: str, form: str) -> Response:
    """Send what became of the rows of a list as a file."""
    return _list_file(population.rows_read(engine(), me(), period, form), form)


@pages.get("/periods/<period>/capacity")
@guard(SIGNED_IN)
def show_capacity(period: str) -> str:
    """Show who can audit in a period, and how large its sample becomes."""
    return render_template("period_capacity.html", page=capacity.of_period(engine(), me(), period))


@pages.get("/periods/<period>/draw")
@guard(SIGNED_IN)
def show_draw(period: str) -> str:
    """Show the draw of a period and its certificate."""
    return render_template("period_draw.html", page=draws.of_period(engine(), me(), period))


@pages.post("/periods/<period>/draw/again")
@guard(SIGNED_IN)
def draw_again(period: str) -> str:
    """Draw the sample again from the stored certificate and list, and say what came out."""
    return render_template("period_draw.html", page=draws.repeat(engine(), me(), period))


@pages.get("/periods/<period>/draw/certificate.json")
@guard(SIGNED_IN)
def save_certificate(period: str) -> Response:
    """Send the certificate of the draw."""
    return _json_file(draws.certificate(engine(), me(), period), f"certificate-{period}.json")


@pages.get("/periods/<period>/draw/frame.json")
@guard(SIGNED_IN)
def save_frame(period: str) -> Response:
    """Send the locked list, the case references by service area."""
    return _json_file(draws.frame(engine(), me(), period), f"frame-{period}.json")


@pages.get("/periods/<period>/assignments")
@guard(SIGNED_IN)
def show_matching(period: str) -> str:
    """Show who was given which case, and who was kept from it and why."""
    page = matching.of_period(engine(), me(), period, Paging.wanted(request))
    paging = Paging(Paging.wanted(request), matching.PAGE, page.total)
    return render_template("period_matching.html", page=page, paging=paging)


@pages.get("/periods/<period>/assignments/<any(csv, xlsx):form>")
@guard(SIGNED_IN)
def save_matching(period: str, form: str) -> Response:
    """Send who was given which case as a file."""
    return _list_file(matching.export(engine(), me(), period, form), form)


@pages.get("/periods/<period>/progress")
@guard(SIGNED_IN)
def show_progress(period: str) -> str:
    """Show how the auditors of a period come along."""
    page = progress.by_auditor(engine(), me(), period, Paging.wanted(request))
    paging = Paging(Paging.wanted(request), progress.PAGE, page.total)
    return render_template("period_progress.html", page=page, paging=paging)


@pages.get("/periods/<period>/audits")
@guard(SIGNED_IN)
def show_audits(period: str) -> str:
    """Show the audits of a period, all or those of an auditor or with an outcome."""
    auditor, outcome = (request.args.get(name, "").strip() for name in ("auditor", "outcome"))
    page = progress.audits(engine(), me(), period, username_of(auditor), outcome, Paging.wanted(request))
    paging = Paging(Paging.wanted(request), progress.PAGE, page.total)
    return render_template("period_audits.html", page=page, paging=paging)


@pages.get("/periods/<period>/audits/<any(csv, xlsx):form>")
@guard(SIGNED_IN)
def save_audits(period: str, form: str) -> Response:
    """Send the audits of a period as a file."""
    return _list_file(progress.export(engine(), me(), period, form), form)


@pages.get("/periods/<period>/figures")
@guard(SIGNED_IN)
def show_figures(period: str) -> str:
    """Show what the audits of a period say of all open cases."""
    return render_template("period_figures.html", page=figures.of_period(engine(), me(), period))


@pages.app_template_global("sees_periods")
@once_a_page
def sees_periods() -> bool:
    """Whether the reader may see audit periods."""
    return seeing.may_see(engine(), me())


def _list_file(export: Export, form: str) -> Response:
    response = Response(as_list_file(export, form), content_type=TYPES[form])
    name = f"{LISTS[export.name].file}-{export.period}.{form}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _json_file(content: Mapping[str, Any], name: str) -> Response:
    response = Response(json.dumps(content, ensure_ascii=False, indent=2), content_type=TYPES["json"])
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
