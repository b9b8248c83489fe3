"""A free period in an address: two days in boxes, both included, or sentences that say what is wrong."""

from datetime import date

import pytest

from engine.service.overview.standing import Span
from webapp.render.spans import asked_span

FIRST = {"from-day": "2", "from-month": "11", "from-year": "2026"}
LAST = {"to-day": "30", "to-month": "11", "to-year": "2026"}


def test_two_days_are_a_period_that_stays_in_the_address() -> None:
    found = asked_span({**FIRST, **LAST, "show": "time"})
    assert found.span == Span(date(2026, 11, 2), date(2026, 11, 30))
    assert found.kept == {**FIRST, **LAST}
    assert found.errors == {}


def test_no_days_are_no_period() -> None:
    assert asked_span({"show": "time", "from-day": " "}).span is None


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        (FIRST, {"to": ["Enter the last day."]}),
        (LAST, {"from": ["Enter the first day."]}),
        ({**FIRST, **LAST, "to-month": "2"}, {"to": ["The last day must be a real date."]}),
        ({**FIRST, **LAST, "from-year": "x"}, {"from": ["The first day must be a real date."]}),
        ({**FIRST, **LAST, "to-year": "2025"}, {"to": ["The last day must be the same as or after the first day."]}),
    ],
)
def test_what_is_no_period_is_said_and_kept(given: dict[str, str], errors: dict[str, list[str]]) -> None:
    found = asked_span(given)
    assert (found.span, found.kept, found.errors) == (None, {}, errors)
    assert given.items() <= found.typed.items()
