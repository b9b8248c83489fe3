"""Reports: those a reader may see, each as a page and as files, and the cases behind its figures."""

from dataclasses import replace
from datetime import date
from typing import Any, cast

from flask import Blueprint, Response, render_template, request, url_for

from engine.domain.calendar import local_day
from engine.service import accounts
from engine.service.reports import editions, reading
from engine.service.reports.reading import Wanted
from engine.service.reports.scope import after, in_words, month_of
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me, now
from webapp.render.charts import charts
from webapp.render.report_files import TYPES, as_file
from webapp.render.report_lines import file_name

pages = Blueprint("reports", __name__)

MONTHS = 13


@pages.get("/reports")
@guard(SIGNED_IN)
def offer() -> str:
    """List the reports that the reader may see."""
    return render_template(
        "reports.html", entries=reading.entries(engine(), me()), drawn=editions.drawn(engine(), me()), in_words=in_words
    )


@pages.get("/reports/<name>")
@guard(SIGNED_IN)
def show(name: str) -> str:
    """Show a report."""
    return _page(reading.read(engine(), me(), _wanted(name)), _wanted(name))


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
    back = ("The report", url_for("reports.show", name=name, **cast("dict[str, Any]", _asked())))
    return render_template("report_cases.html", found=found, back=back)


@pages.get("/reports/drawn-up/<report>")
@guard(SIGNED_IN)
def drawn_up(report: str) -> str:
    """Show a report that was drawn up for a meeting, as it was then."""
    found = editions.read(engine(), me(), report)
    return _page(found, Wanted(found["name"], found["period"]))


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


def _page(report: dict[str, Any], wanted: Wanted) -> str:
    return render_template(
        "report.html",
        report=report,
        charts={part["subject"]: charts(part) for part in report["parts"]},
        months=_months(),
        people=accounts.names(engine()) if _may_choose(wanted) else {},
        asked=_asked(),
        forms=list(TYPES),
        rows=reading.may_see_rows(engine(), me(), wanted),
    )


def _may_choose(wanted: Wanted) -> bool:
    """Whether the reader may choose whom the report is about: their right does not hang on who it is."""
    return wanted.person is not None and reading.may_read(engine(), me(), replace(wanted, person=""))


def _file(report: dict[str, Any], form: str) -> Response:
    response = Response(as_file(report, form), content_type=TYPES[form])
    response.headers.set("Content-Disposition", "attachment", filename=file_name(report, form))
    return response


def _wanted(name: str) -> Wanted:
    return Wanted(name, **_asked())


def _asked() -> dict[str, str]:
    """Return which month, person or team the address names."""
    given = {key: request.args.get(key, "") for key in ("period", "person", "team")}
    return {key: value for key, value in given.items() if value}


def _months() -> dict[str, str]:
    """Return the months a reader may choose, newest first."""
    this: date = local_day(now()).replace(day=1)
    found = [month_of(after(this, -back)) for back in range(MONTHS)]
    return {month: in_words(month) for month in found}


@pages.app_template_global("reads_reports")
def reads_reports() -> Any:
    """Whether the reader may see any report."""
    return bool(reading.offered(engine(), me()))
