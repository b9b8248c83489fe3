"""The directory where it refuses something, and where it shows what would move before it is done."""

from tests.browser.looking import look_at
from tests.factories.scenes import directory


def test_errors_and_what_is_shown_before_it_is_done(council, sign_in):
    directory(council)
    page = sign_in("gail")
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
