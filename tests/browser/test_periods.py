"""Audit periods before anything, drawn again, and closed: nothing for the accessibility engine to complain about."""

from engine.service.audits import cycles
from tests.browser.looking import look_at
from tests.factories.council import at
from tests.service.monthly import PERIOD, draw, release

PAGES = {"periods": "", "period": "/2026-11", "period-list": "/2026-11/list", "period-draw": "/2026-11/draw"}
PAGES |= {"period-progress": "/2026-11/progress", "period-figures": "/2026-11/figures"}


def test_pages_of_a_period_that_waits(council, sign_in):
    page = sign_in("asha")
    for name, path in PAGES.items():
        page.goto(f"/periods{path}")
        look_at(page, f"{name}-before")


def test_a_draw_that_is_drawn_again(council, sign_in):
    draw(council)
    page = sign_in("asha")
    page.goto(f"/periods/{PERIOD}/draw")
    page.get_by_role("button", name="Draw it again and compare").click()
    look_at(page, "period-drawn-again")


def test_the_figures_of_a_closed_period(council, sign_in):
    draw(council)
    release(council)
    council.pass_to(at(2027, 1, 20))
    page = sign_in("asha")
    for name in ("period", "period-progress", "period-figures"):
        page.goto(f"/periods{PAGES[name]}")
        look_at(page, f"{name}-closed")


def test_a_draw_that_is_not_the_same(council, sign_in):
    draw(council)

    def forge(command):
        row = cycles.cycles.get(command.connection, PERIOD)
        cycles.cycles.change(command.connection, PERIOD, {"certificate": {**row.certificate, "seed": "another"}})

    council.run(forge)
    page = sign_in("asha")
    page.goto(f"/periods/{PERIOD}/draw")
    page.get_by_role("button", name="Draw it again and compare").click()
    look_at(page, "period-drawn-otherwise")
