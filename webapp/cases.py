"""A case: its facts, its work, its audits and actions, and whether it may be closed."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for

from engine.service.case_file import casework, certificates, comparison, entered, my_cases, timeline
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me, now
from webapp.render import certificate_file
from webapp.render.paging import Paging
from webapp.render.report_files import TYPES, as_file
from webapp.render.report_lines import file_name

pages = Blueprint("cases", __name__)


@pages.get("/cases")
@guard(SIGNED_IN)
def find() -> Any:
    """Go to the case with a reference, or ask for one and list those of the reader; with ?show=all the audited ones."""
    reference = request.args.get("reference", "").strip().upper()
    if reference:
        return redirect(url_for("cases.show", reference=reference))
    everything, number = request.args.get("show") == "all", Paging.wanted(request)
    mine = my_cases.of_person(engine(), me(), everything=everything, page=number)
    paging = Paging(number, my_cases.PAGE, mine.total)
    return render_template("find_case.html", mine=mine, everything=everything, paging=paging)


@pages.get("/cases/<reference>")
@guard(SIGNED_IN)
def show(reference: str) -> str:
    """Show a case to somebody who has to do with it."""
    return render_template("case.html", page=casework.case_page(engine(), me(), reference))


@pages.get("/cases/<reference>/history")
@guard(SIGNED_IN)
def show_history(reference: str) -> str:
    """Show what happened to a case, newest first."""
    number = Paging.wanted(request)
    page = timeline.of_case(engine(), me(), reference, number)
    return render_template("case_history.html", page=page, paging=Paging(number, timeline.PAGE, page.total))


@pages.get("/cases/<reference>/certificate")
@guard(SIGNED_IN)
def show_certificate(reference: str) -> str:
    """Show the closure certificate of a case, ready to be printed."""
    page = certificates.of_case(engine(), me(), reference)
    return render_template("certificate.html", page=page, said=certificate_file.said(page))


@pages.get("/cases/<reference>/certificate/pdf")
@guard(SIGNED_IN)
def save_certificate(reference: str) -> Response:
    """Send the closure certificate of a case as PDF."""
    report = certificate_file.report_of(certificates.of_case(engine(), me(), reference, form="pdf"), now())
    response = Response(as_file(report, "pdf"), content_type=TYPES["pdf"])
    response.headers.set("Content-Disposition", "attachment", filename=file_name(report, "pdf"))
    return response


@pages.get("/cases/<reference>/audits/<audit>")
@guard(SIGNED_IN)
def show_audit(reference: str, audit: str) -> str:
    """Show what was entered about an audit, as far as the reader may read it."""
    return render_template("audit.html", page=entered.of_audit(engine(), me(), reference, audit))


@pages.get("/cases/<reference>/audits/<audit>/comparison")
@guard(SIGNED_IN)
def compare(reference: str, audit: str) -> str:
    """Show an audit and its review side by side: what differs, or with ?show=all everything."""
    page = comparison.of_audit(engine(), me(), reference, audit, request.args.get("review", 0, type=int))
    everything = request.args.get("show") == "all"
    return render_template("comparison.html", page=page, everything=everything)
