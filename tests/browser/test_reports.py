"""The pages of reports, wide and narrow: charts, tables and the cases behind figures."""

from datetime import date

import pytest

from engine.service.reports import editions
from tests.browser.test_accessibility import WIDTHS, look_at


@pytest.fixture
def council(reported):
    return reported


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_reports(council, sign_in, width):
    drawn = council.run(lambda command: editions.draw_up(command, "management_report", date(2027, 1, 26), "i"))
    page = sign_in("asha", width=width)
    pages = {
        "figures-and-reports": "/figures",
        "report": "/reports/management_report?period=2026-12",
        "report-drawn-up": f"/reports/drawn-up/{drawn}",
        "report-of-person": "/reports/auditor_profile?person=kim",
        "report-cases": "/reports/management_report/cases?period=2026-12&figure=estimates:response",
        "report-certificate": "/reports/draw_certificate",
    }
    for name, path in pages.items():
        page.goto(path)
        look_at(page, name)
