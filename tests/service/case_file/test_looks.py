"""Every look at the record of a case leaves one event, in a stream of the case's own (I-01)."""

import pytest

from engine.errors import NotFound
from engine.service.case_file import casework, entered, looks, timeline
from tests.factories.council import AUDIT

CASE = "CF-20931"


def seen(council, case=CASE):
    return [(one.actor, one.kind, one.details["what"]) for one in council.events(looks.stream_of(case))]


def test_each_look_is_one_event_with_who_and_what(council):
    audit = council.assign(CASE, "kim")
    casework.case_page(council.engine, "mo", CASE)
    entered.of_audit(council.engine, "kim", CASE, audit.id)
    timeline.of_case(council.engine, "asha", CASE)
    looks.at_task(council.engine, "kim", council.task(AUDIT, CASE).id)
    told = [("mo", "case"), ("kim", "audit"), ("asha", "history"), ("kim", "task")]
    assert seen(council) == [(who, looks.READ, what) for who, what in told]
    assert seen(council, "CF-20932") == []


def test_what_was_refused_was_not_read(council):
    council.assign(CASE, "kim")
    with pytest.raises(NotFound):
        casework.case_page(council.engine, "zoe", CASE)
    assert looks.at_task(council.engine, "zoe", council.task(AUDIT, CASE).id).reason_against is not None
    assert seen(council) == []


def test_looks_keep_out_of_the_stream_of_the_work(council):
    council.assign(CASE, "kim")
    before = council.events(f"case {CASE}")
    casework.case_page(council.engine, "mo", CASE)
    assert council.events(f"case {CASE}") == before
