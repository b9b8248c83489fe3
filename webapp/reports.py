"""Reports: each as a page and as files, and the cases behind its figures."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from flask import Blueprint, Response, render_template, request, url_for

from engine.domain.calendar import local_day
from engine.service.reports import editions, opening, reading
from engine.service.reports.reading import Wanted
from engine.service.reports.scope import after, in_words, month_of
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me, now, once_a_page
from webapp.render.panels import panels
from webapp.render.report_files import TYPES, as_file
from webapp.render.report_lines import file_name
from webapp.someone import username_of

pages = Blueprint("reports", __name__)

MONTHS = 13


@pages.get("/reports/<name>")
@guard(SIGNED_IN)
def show(name: str) -> str:
    """Show a report."""
    opened = opening.opened(engine(), me(), _wanted(name))
    return _page(opened.report, opened.rows, opened.people)


@pages.get("/reports/<name>/<any(csv, json, pdf, xlsx):form>")
@guard(SIGNED_IN)
def download(name: str, form: str) -> Response:
    """Send a report as a file."""
    return _file(reading.read(engine(), me(), _wanted(name), form), form)


@pages.get("/reports/<name>/cases")
@guard(SIGNED_IN)
def behind(name: str) -> str:
    """Show the cases behind a figure."""
    found = reading.rows_behind(engine(), me(), _wanted(name), request.args.get("figure", ""))
    kept = cast("dict[str, Any]", asked())
    back = ("The figures", url_for("figures.show" if found.dashboard else "reports.show", name=name, **kept))
    return render_template("report_cases.html", found=found, back=back)


@pages.get("/reports/drawn-up/<report>")
@guard(SIGNED_IN)
def drawn_up(report: str) -> str:
    """Show a report that was drawn up for a meeting, as it was then."""
    found = editions.read(engine(), me(), report)
    return _page(found, reading.may_see_rows(engine(), me(), Wanted(found["name"], found["period"])), {})


@pages.get("/reports/drawn-up/<report>/<any(csv, json, pdf, xlsx):form>")
@guard(SIGNED_IN)
def drawn_up_file(report: str, form: str) -> Response:
    """Send a report that was drawn up for a meeting as a file."""
    return _file(editions.read(engine(), me(), report, form), form)


@pages.get("/reports/drawn-up/<report>/cases")
@guard(SIGNED_IN)
def drawn_up_behind(report: str) -> str:
    """Show the cases that stood behind a figure when the report was drawn up."""
    found = editions.rows_behind(engine(), me(), report, request.args.get("figure", ""))
    back = ("The report", url_for("reports.drawn_up", report=report))
    return render_template("report_cases.html", found=found, back=back)


def _page(report: dict[str, Any], rows: bool, people: Mapping[str, str]) -> str:
    return render_template(
        "report.html",
        report=report,
        panels={part["subject"]: panels(part) for part in report["parts"]},
        months=months(),
        people=people,
        asked=asked(),
        forms=list(TYPES),
        rows=rows,
    )


def _file(report: dict[str, Any], form: str) -> Response:
    response = Response(as_file(report, form), content_type=TYPES[form])
    response.headers.set("Content-Disposition", "attachment", filename=file_name(report, form))
    return response


def _wanted(name: str) -> Wanted:
    return Wanted(name, **meant())


def meant() -> dict[str, str]:
    """Return which month, person or team is wanted: the person by username. NotFound for the number of nobody."""
    found = asked()
    return {**found, "person": username_of(found["person"])} if "person" in found else found


def asked() -> dict[str, str]:
    """Return which month, person (by number) or team the address names."""
    given = {key: request.args.get(key, "") for key in ("period", "person", "team")}
    return {key: value for key, value in given.items() if value}


def months() -> dict[str, str]:
    """Return the months a reader may choose, newest first."""
    this: date = local_day(now()).replace(day=1)
    found = [month_of(after(this, -back)) for back in range(MONTHS)]
    return {month: in_words(month) for month in found}


@pages.app_template_global("reads_reports")
@once_a_page
def reads_reports() -> bool:
    """Whether the reader may see any report."""
    return bool(reading.offered(engine(), me()))
