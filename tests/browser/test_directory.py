"""Every page of the directory, wide and narrow."""

from datetime import date

import pytest

from engine.service.council import absences, changes, teams
from tests.browser.test_accessibility import WIDTHS, look_at

CASE = "CF-20931"


@pytest.fixture
def kept(council):
    """A council with somebody away, somebody gone, a gap in a team, and open work."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    council.assign("CF-30510", "kim")
    absences.record(council.engine, "gail", "mo", date(2026, 12, 1), date(2026, 12, 4))
    changes.leave(council.engine, "gail", "finn")
    found = council.ask(lambda question: question.directory.teams["Next Step"])
    values = {field: getattr(found, field) for field in teams.FIELDS}
    teams.change(council.engine, "gail", "Next Step", {**values, "service_manager": None})
    return council


PAGES = {
    "directory": "/directory",
    "directory-left": "/directory?state=left",
    "directory-person": "/directory/people/mo",
    "directory-person-form": "/directory/people/mo/change",
    "directory-leave": "/directory/people/kim/leave",
    "directory-absence": "/directory/people/mo/absence",
    "directory-posts": "/directory/posts",
    "directory-teams": "/directory/teams",
    "directory-team": "/directory/teams/Next Step",
    "directory-team-form": "/directory/teams/Next Step/change",
    "directory-absences": "/directory/absences",
    "directory-calendar": "/directory/calendar",
    "directory-close": "/directory/calendar/close",
    "directory-training": "/directory/training",
    "directory-changes": "/directory/changes",
    "directory-import": "/directory/import/people",
}


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_who_keeps_the_directory(kept, sign_in, width):
    page = sign_in("gail", width=width)
    for name, path in PAGES.items():
        page.goto(path)
        look_at(page, name)


@pytest.mark.parametrize("width", WIDTHS)
def test_errors_and_what_is_shown_before_it_is_done(kept, sign_in, width):
    page = sign_in("gail", width=width)
    page.goto("/directory/new-person")
    page.get_by_role("button", name="Add them").click()
    look_at(page, "directory-person-errors")
    page.goto("/directory/calendar/close")
    page.get_by_role("button", name="Show what would move").click()
    look_at(page, "directory-close-errors")
    for part, value in (("day", "24"), ("month", "12"), ("year", "2026")):
        page.fill(f"#first_day-{part}", value)
    page.fill("#reason", "closed early")
    page.get_by_role("button", name="Show what would move").click()
    look_at(page, "directory-close-preview")
    page.goto("/directory/import/leave")
    rows = b"username,first_day,last_day\nmo,2026-12-24,2026-12-24\nnobody,2026-12-24,2026-12-24\n"
    page.set_input_files("#file", {"name": "leave.csv", "mimeType": "text/csv", "buffer": rows})
    page.get_by_role("button", name="Try the file").click()
    look_at(page, "directory-import-report")


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_everybody_else(kept, sign_in, width):
    page = sign_in("nia", width=width)
    for name, path in {"look-up": "/directory", "look-up-person": "/directory/people/mo"}.items():
        page.goto(path)
        look_at(page, name)
