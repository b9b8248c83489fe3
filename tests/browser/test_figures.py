"""The pages of figures, wide and narrow: bars, control charts and the table of sections and teams."""

import pytest

from tests.browser.test_accessibility import WIDTHS, look_at

PAGES = {
    "asha": {
        "figures": "/figures",
        "figures-of-the-service": "/figures/quality_dashboard?period=2026-12",
        "figures-of-one-team": "/figures/quality_dashboard?period=2026-12&team=North+CIN",
        "figures-of-nothing": "/figures/quality_dashboard?period=2025-12",
    },
    "ian": {"figures-of-the-meeting": "/figures/meeting_dashboard?period=2026-12"},
    "mo": {"figures-of-a-team": "/figures/team_dashboard?period=2026-12&team=North+CIN"},
    "bev": {"figures-of-an-auditor": "/figures/auditor_dashboard?period=2026-12&person=bev"},
}


@pytest.fixture
def council(reported):
    return reported


@pytest.mark.parametrize("reader", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_figures(council, sign_in, width, reader):
    page = sign_in(reader, width=width)
    for name, path in PAGES[reader].items():
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        look_at(page, name)
