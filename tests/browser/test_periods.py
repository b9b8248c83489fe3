"""The pages of audit periods at both widths: nothing for the accessibility engine to complain about."""

import pytest

from engine.service.audits import cycles
from tests.browser.test_accessibility import WIDTHS, look_at
from tests.factories.council import at
from tests.service.monthly import PERIOD, draw, population, release

PAGES = {"periods": "", "period": "/2026-11", "period-list": "/2026-11/list", "period-draw": "/2026-11/draw"}
PAGES |= {"period-progress": "/2026-11/progress", "period-audits": "/2026-11/audits"}
PAGES |= {"period-capacity": "/2026-11/capacity", "period-matching": "/2026-11/assignments"}
PAGES |= {"period-figures": "/2026-11/figures"}
MORE = b"\nCF-500001,CP&P/CIN,North CIN,,open,no\nCF-600002,DAT,Assessment Central,,open,no"


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_a_period_that_waits(council, sign_in, width):
    page = sign_in("asha", width=width)
    for name, path in PAGES.items():
        page.goto(f"/periods{path}")
        look_at(page, f"{name}-before")


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_a_period_under_way(council, sign_in, width):
    draw(council, content=population() + MORE)
    release(council)
    page = sign_in("asha", width=width)
    for name, path in PAGES.items():
        page.goto(f"/periods{path}")
        look_at(page, name)
    page.goto(f"/periods/{PERIOD}/draw")
    page.get_by_role("button", name="Draw it again and compare").click()
    look_at(page, "period-drawn-again")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_figures_of_a_closed_period(council, sign_in, width):
    draw(council)
    release(council)
    council.pass_to(at(2027, 1, 20))
    page = sign_in("asha", width=width)
    for name in ("period", "period-progress", "period-figures"):
        page.goto(f"/periods{PAGES[name]}")
        look_at(page, f"{name}-closed")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_draw_that_is_not_the_same(council, sign_in, width):
    draw(council)

    def forge(command):
        row = cycles.cycles.get(command.connection, PERIOD)
        cycles.cycles.change(command.connection, PERIOD, {"certificate": {**row.certificate, "seed": "another"}})

    council.run(forge)
    page = sign_in("asha", width=width)
    page.goto(f"/periods/{PERIOD}/draw")
    page.get_by_role("button", name="Draw it again and compare").click()
    look_at(page, "period-drawn-otherwise")
