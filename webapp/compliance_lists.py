"""What teams are told of their remedial actions four months after the audit: their lists, and files of them."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from engine.service.case_file import listed_actions, listed_files
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me
from webapp.render.report_files import TYPES, as_file
from webapp.render.report_lines import file_name

pages = Blueprint("compliance_lists", __name__)


@pages.get("/compliance-lists")
@guard(SIGNED_IN)
def offer() -> str:
    """List the teams whose lists the reader may see."""
    return render_template("compliance_lists.html", teams=listed_actions.teams_of(engine(), me()))


@pages.get("/compliance-lists/<team>")
@guard(SIGNED_IN)
def show(team: str) -> str:
    """Show a list of a team, the newest one unless the address names another."""
    found = listed_actions.of_team(engine(), me(), team, _batch())
    return render_template("compliance_list.html", found=found)


@pages.get("/compliance-lists/<team>/<any(csv, xlsx):form>")
@guard(SIGNED_IN)
def download(team: str, form: str) -> Response:
    """Send a list of a team as a file."""
    return _file(listed_files.of_team(engine(), me(), team, _batch(), form), form)


@pages.get("/tasks/<task_id>/compliance-list/<any(csv, xlsx):form>")
@guard(SIGNED_IN)
def download_before(task_id: str, form: str) -> Response:
    """Send what a task is about to send to the teams as a file."""
    return _file(listed_files.of_task(engine(), me(), task_id, form), form)


def _batch() -> str | None:
    return request.args.get("list") or None


def _file(report: dict[str, Any], form: str) -> Response:
    response = Response(as_file(report, form), content_type=TYPES[form])
    response.headers.set("Content-Disposition", "attachment", filename=file_name(report, form))
    return response
