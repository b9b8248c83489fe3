"""The editions of a month's figures: what the audits done so far say of all open cases (section 1, R-09, R-62)."""

import pytest

from engine.errors import NotFound, NotNow
from engine.service.audits import figures
from engine.store import audits
from tests.factories.council import AUDIT
from tests.factories.refusals import refused
from tests.service.monthly import PERIOD, draw, release


@pytest.fixture
def released(council):
    """The November sample with its auditors; an audit outside the period counts for nothing."""
    draw(council)
    release(council)
    return council


def drawn(council):
    return council.ask(lambda question: audits.of_cycle(question.connection, PERIOD))


def grade(council, row, given):
    council.run(
        lambda command: audits.change(
            command.connection, row.id, {"grade": given, "authorised_at": command.now, "state": "authorised"}
        )
    )


def edition(council, name="provisional"):
    return figures.of_cycle(council.engine, PERIOD, name)


def test_there_are_no_figures_before_a_sample_is_drawn(council):
    assert "no sample has been drawn for this period" in refused(council, NotNow, lambda: edition(council))
    refused(council, NotFound, lambda: figures.of_cycle(council.engine, "1999-01", "final"))


def test_only_audits_that_are_authorised_count(released):
    rows = drawn(released)
    assert released.titles(rows[0].case_ref) == [AUDIT]
    found = figures.as_json(edition(released))
    assert (found["done"], found["sampled"], found["share"]) == (0, len(rows), None)


def test_the_share_is_that_of_good_or_better(released):
    for place, row in enumerate(drawn(released)):
        grade(released, row, "good" if place % 2 == 0 else "inadequate")
    found = figures.as_json(edition(released))
    assert found["done"] == found["sampled"] == len(drawn(released))
    assert 0 < found["share"] < 1
    assert found["low"] is None or found["low"] <= found["share"] <= found["high"]


@pytest.mark.parametrize(("given", "share"), [("good", 1), ("outstanding", 1), ("inadequate", 0)])
def test_audits_that_are_all_alike_say_so(released, given, share):
    for row in drawn(released):
        grade(released, row, given)
    assert edition(released, "final").overall.value == share
    assert figures.as_json(edition(released, "final"))["edition"] == "final"


def test_unfinished_audits_bound_what_the_share_may_still_become(released):
    grade(released, drawn(released)[0], "good")
    found = figures.as_json(edition(released))
    assert found["done"] == 1
    assert found["worst"] < found["best"]
