"""Looking after incidents in the browser: tried again, corrected, given up, or a step skipped by two people."""

import pytest

from engine.service import instances
from engine.service.overview import incident_page
from tests.factories.council import at
from tests.factories.faulty import fails_by_clock, letters_fail

CASE = "CF-20931"
SILENT = {"case": CASE, "first": 0, "second": 1}


@pytest.fixture
def broken(council):
    """An errand that an incident stopped."""
    return _stopped(council, "errand")


@pytest.fixture
def unneeded(council):
    """A training, which cancellation.dmn lets go, that an incident stopped."""
    return _stopped(council, "training")


def _stopped(council, process):
    council.deploy(fails_by_clock("script", process))
    facts = {"case": CASE, "number": 0, "later": "soon"}
    identifier = council.run(lambda command: instances.begin(command, process, facts))
    council.pass_to(at(2026, 12, 4))
    return identifier


def test_an_incident_is_tried_again_and_says_why_it_fails_again(council, visit, broken):
    page = visit("asha").open("/standing/incidents").press("Try again incident 1")
    assert page.status == 422 or page.status == 500
    assert "Incident 1" in page.text
    assert len(council.incidents()) == 1


def test_an_incident_is_tried_again_with_corrected_data(council, visit, broken):
    page = visit("asha").open("/standing/incidents")
    page = page.visitor.open(page.links()["Correct its data first (incident 1)"])
    page = page.press("Try again with these", number="one")
    assert page.status == 422
    assert page.problems() == {"#datum-number": "number must be a whole number."}
    assert page.value("number") == "one"
    page = page.press("Try again with these", number="0")
    assert page.status == 500 and "stumble" in page.text
    page = page.press("Try again with these", number="1")
    assert "Incident 1 is settled: its work is done, with number corrected." in page.text
    assert council.instance(broken).status == "finished"
    assert visit("kim").open("/standing/incidents/1/correct").status == 403
    assert visit("asha").open("/standing/incidents/1/correct").status == 409


def test_an_incident_is_given_up_with_a_reason(council, visit, unneeded):
    page = visit("asha").open("/standing/incidents").press("Give it up incident 1", reason=" ")
    assert page.status == 422
    assert list(page.problems()) == ["#reason-1"]
    page = page.press("Give it up incident 1", reason="The training is not needed")
    assert "Incident 1 is given up." in page.text
    assert council.instance(unneeded).status == "given up"
    assert "Given up." in visit("asha").open(f"/standing/instances/{unneeded}").text


def test_what_may_not_be_given_up_says_why_and_has_no_button(council, visit, broken):
    page = visit("asha").open("/standing/incidents")
    assert "This work cannot be given up: the policy does not let work of this kind be cancelled" in page.text
    assert "Give it up" not in page.text
    page = page.visitor.send(
        "/standing/incidents/1/give-up", {"reason": "Not needed", "csrf_token": page.value("csrf_token")}
    )
    assert page.status == 409 and "does not let work of this kind be cancelled" in page.text
    assert council.instance(broken).status == "incident"


@pytest.fixture
def silent(council):
    """An errand that stopped at a letter."""
    council.deploy(letters_fail())
    identifier = council.run(
        lambda command: instances.begin(command, "errand", {"case": CASE, "first": 0, "second": 1})
    )
    council.pass_to(at(2026, 12, 4))
    return identifier


def test_one_asks_and_another_agrees_to_skip_a_step(council, visit, silent):
    page = visit("asha").open("/standing/incidents").press("Ask to skip it incident 1", reason=" ")
    assert page.status == 422
    assert list(page.problems()) == ["#skip-1"]
    page = page.press("Ask to skip it incident 1", reason="The letter has a fault")
    assert "stays open until a second person decides" in page.text
    assert "You asked for this, so a second person decides." in page.text and "Agree to skip it" not in page.text
    assert page.visitor.send("/standing/incidents/1/skip/agree", {"csrf_token": page.value("csrf_token")}).status == 403
    page = visit("gail").open("/standing/incidents")
    assert "Waits for a second person" in page.text and "The letter has a fault" in page.text
    page = page.press("Agree to skip it incident 1")
    assert "Incident 1 is settled: the step is skipped, and the work went on." in page.text
    assert council.instance(silent).status == "running"
    assert "The letter has a fault" in visit("asha").open(f"/standing/instances/{silent}").text


def test_who_asked_reads_why_it_was_declined(council, visit, silent):
    visit("asha").open("/standing/incidents").press("Ask to skip it incident 1", reason="The letter has a fault")
    page = visit("gail").open("/standing/incidents").press("Decline incident 1", reason="")
    assert page.status == 422 and list(page.problems()) == ["#decline-1"]
    page.press("Decline incident 1", reason="It is mended today")
    page = visit("asha").open("/standing/incidents")
    assert "Declined" in page.text and "It is mended today" in page.text
    assert council.instance(silent).status == "incident"


def test_the_head_of_safeguarding_is_offered_what_they_may_do_alone(visit, silent):
    page = visit("colin").open("/standing/incidents")
    assert page.status == 200
    assert "Ask to skip it" in page.text
    assert "Try again" not in page.all("button") and "Give it up" not in page.text


def test_incidents_stand_on_pages(council, visit, silent, monkeypatch):
    for _ in range(2):
        council.run(lambda command: instances.begin(command, "errand", SILENT))
    council.pass_to(at(2026, 12, 9))
    monkeypatch.setattr(incident_page, "PAGE", 2)
    page = visit("asha").open("/standing/incidents")
    assert "Incident 2" in page.text
    assert "Incident 3" not in page.text
    page = page.visitor.open("/standing/incidents?page=2").press("Ask to skip it incident 3", reason="")
    assert page.status == 422 and list(page.problems()) == ["#skip-3"]
