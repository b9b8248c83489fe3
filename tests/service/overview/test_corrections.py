"""An incident is tried again with corrected data, each value kept to its kind, on record."""

import pytest

from engine.errors import Invalid, NotAllowed, NotNow, StepFailed
from engine.service import instances
from engine.service.overview import corrections
from tests.factories.council import at
from tests.factories.faulty import fails_by_clock

CASE = "CF-20931"


@pytest.fixture
def broken(council):
    """An errand that an incident stopped: it divides by its number, which is 0."""
    council.deploy(fails_by_clock("script"))
    facts = {"case": CASE, "number": 0, "later": "2027-01-04", "share": 0.5, "urgent": True, "list": [1]}
    identifier = council.run(lambda command: instances.begin(command, "errand", facts))
    council.pass_to(at(2026, 12, 4))
    return identifier


def page(council):
    return {one.name: one for one in corrections.page_of(council.engine, "asha", 1).data}


def retry(council, **typed):
    return corrections.retry(council.engine, "asha", 1, typed)


def test_plain_values_may_be_corrected_and_what_it_is_about_may_not(council, broken):
    found = {name: one.text for name, one in page(council).items()}
    assert found == {"later": "2027-01-04", "number": "0", "share": "0.5", "urgent": "yes"}


def test_the_work_is_done_with_the_corrected_value(council, broken):
    assert retry(council, number="1", later="2027-01-04") == ["number"]
    assert council.instance(broken).status == "finished"
    assert council.incidents() == []
    event = next(one for one in council.events(broken) if one.kind == "corrected")
    assert event.details["values"] == {"number": 1}
    settled = council.events("incident 1")[-1]
    assert (settled.kind, settled.details["by"]) == ("tried again", "asha")
    assert settled.details["corrections"] == {"number": 1}


@pytest.mark.parametrize(
    ("name", "text"),
    [("number", "one"), ("number", ""), ("share", "nan"), ("urgent", "maybe"), ("later", "4 January"), ("later", "")],
)
def test_a_value_of_another_kind_is_refused_by_name(council, broken, name, text):
    with pytest.raises(Invalid) as refusal:
        retry(council, **{name: text})
    assert list(refusal.value.errors) == [name]
    assert council.instance(broken).status == "incident"
    assert "corrected" not in [event.kind for event in council.events(broken)]


def test_what_fails_again_changes_nothing(council, broken):
    with pytest.raises(StepFailed):
        retry(council, number="0", urgent="no")
    assert page(council)["urgent"].text == "yes"
    assert len(council.incidents()) == 1


def test_what_nobody_asked_for_is_not_taken(council, broken):
    assert retry(council, number="1", case="CF-30510", instance="x", new="y") == ["number"]
    assert council.instance(broken).case_ref == CASE


def test_others_and_settled_incidents_are_refused(council, broken):
    with pytest.raises(NotAllowed):
        corrections.page_of(council.engine, "kim", 1)
    retry(council, number="1")
    with pytest.raises(NotNow):
        retry(council, number="2")
