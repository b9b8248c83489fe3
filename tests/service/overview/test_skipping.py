"""A failed step is skipped when one person asks and a second agrees, never past a gate, and all of it is on record."""

from typing import Any

import pytest

from engine.bpmn.facts import ElementFacts
from engine.bpmn.skipping import reason_against
from engine.errors import Invalid, NotAllowed, NotFound, NotNow, StepFailed
from engine.service import instances
from engine.service.operations import concern as operations_concern
from engine.service.overview import incident_page, incidents, paths, skipping
from engine.service.registry import skippable_operations
from tests.factories.council import SOMEBODY, Council, at
from tests.factories.faulty import fails_by_clock, letters_fail

CASE, OTHER = "CF-20931", "CF-30510"
WHY, WHY_NOT = "The letter has a fault; I rang Kim", "The letter can be mended today"
BROKEN, MENDED = {"first": 0, "second": 1}, {"first": 1, "second": 1}


def begin(council: Council, case: str, **facts: object) -> str:
    return council.run(lambda command: instances.begin(command, "errand", {"case": case, **facts}))


@pytest.fixture
def broken(council: Council) -> str:
    """An errand that stopped at its first letter, beside one that did not."""
    council.deploy(letters_fail())
    begin(council, OTHER, **MENDED)
    stopped = begin(council, CASE, **BROKEN)
    council.pass_to(at(2026, 12, 3))
    return stopped


def number(council: Council) -> int:
    (kept,) = council.incidents()
    return int(kept.id)


def told(council: Council, person: str = "gail") -> incident_page.OpenIncident:
    (found,) = incident_page.page_of(council.engine, person).incidents
    return found


def ask(council: Council, person: str = "asha", why: str = WHY) -> None:
    skipping.ask(council.engine, person, number(council), why)


def agree(council: Council, person: str = "gail") -> None:
    skipping.agree(council.engine, person, number(council))


def kinds(council: Council, stream: str) -> list[tuple[str, str]]:
    return [(event.kind, event.actor) for event in council.events(stream)]


def notices(council: Council, case: str) -> list[str]:
    return [one.notice for one in council.letters("asha", case) if one.notice in ("unfinished_audit", "closure_breach")]


def test_nothing_is_skipped_before_a_second_person_agrees(council: Council, broken: str) -> None:
    before = council.instance(broken)
    assert told(council).against_skipping is None
    ask(council)
    assert council.instance(broken) == before
    page = told(council)
    assert (page.is_asked, page.is_own, told(council, "asha").is_own) == (True, False, True)
    (skip,) = page.skips
    assert (skip.step, skip.state, skip.reason, skip.decided_at) == ("First", "asked", WHY, None)
    assert skip.asked_by.startswith("Asha")


def test_when_a_second_person_agrees_the_work_goes_on_without_the_step(council: Council, broken: str) -> None:
    kept = number(council)
    ask(council)
    agree(council)
    assert council.incidents() == []
    assert council.instance(broken).status == "running"
    assert council.task("Fetch", CASE).status == "open"
    assert notices(council, CASE) == ["closure_breach"], "the letter of the step that was skipped was not written"
    assert notices(council, OTHER) == ["unfinished_audit", "closure_breach"]
    assert kinds(council, f"incident {kept}") == [
        ("failed", "the clock"),
        ("skip asked for", "asha"),
        ("skip agreed to", "gail"),
        ("went on", "the clock"),
        ("tried again", "the clock"),
    ]


def test_who_asked_who_agreed_and_why_stands_with_the_instance(council: Council, broken: str) -> None:
    ask(council)
    agree(council)
    event = council.events(broken)[-1]
    (skipped,) = event.details["skipped"]
    assert (skipped["element"], skipped["asked_by"], skipped["decided_by"], skipped["reason"]) == (
        "first",
        "asha",
        "gail",
        WHY,
    )
    assert event.details["passed"] == ["next_day", "second"]
    happened = paths.of_instance(council.engine, "asha", broken).happenings[-1].what
    assert "skipped “First”, as Asha" in happened and "and Gail" in happened and happened.endswith(WHY)


def test_only_the_step_that_was_agreed_on_is_skipped(council: Council) -> None:
    council.deploy(letters_fail())
    stopped = begin(council, CASE, first=0, second=0)
    council.pass_to(at(2026, 12, 3))
    ask(council)
    with pytest.raises(StepFailed, match="errand stopped at second"):
        agree(council)
    assert council.instance(stopped).status == "incident"
    page = told(council)
    assert (page.step, page.is_asked, [one.state for one in page.skips]) == ("Second", False, ["agreed"])
    ask(council, "colin", "And this one too")
    agree(council, "asha")
    assert council.instance(stopped).status == "running"
    assert [one["element"] for one in council.events(stopped)[-1].details["skipped"]] == ["first", "second"]


@pytest.mark.parametrize("person", ["asha", "gail", "colin"])
def test_nobody_agrees_to_what_they_asked_for(council: Council, broken: str, person: str) -> None:
    ask(council, person)
    with pytest.raises(NotAllowed, match="a second person decides"):
        agree(council, person)
    assert council.instance(broken).status == "incident"
    assert told(council).skips[0].state == "asked"


def test_what_is_declined_is_not_skipped_and_says_why(council: Council, broken: str) -> None:
    ask(council)
    skipping.decline(council.engine, "gail", number(council), WHY_NOT)
    page = told(council, "asha")
    (skip,) = page.skips
    assert (skip.state, skip.against, page.is_asked) == ("declined", WHY_NOT, False)
    assert skip.decided_by.startswith("Gail")
    with pytest.raises(NotNow, match="nobody asks any more"):
        agree(council, "colin")
    with pytest.raises(StepFailed):
        incidents.retry(council.engine, "asha", number(council))
    ask(council, "asha", "The supplier cannot mend it")
    assert [one.state for one in told(council).skips] == ["declined", "asked"]


def test_who_asked_may_take_it_back(council: Council, broken: str) -> None:
    ask(council)
    skipping.decline(council.engine, "asha", number(council), "It works again")
    assert not told(council).is_asked


def test_it_is_asked_once_at_a_time(council: Council, broken: str) -> None:
    ask(council)
    with pytest.raises(NotNow, match="somebody has asked for it already"):
        ask(council, "colin")


@pytest.mark.parametrize("why", ["", "  ", "x" * 2_001])
def test_each_wants_a_reason(council: Council, broken: str, why: str) -> None:
    with pytest.raises(Invalid, match="Say why this step is to be skipped"):
        ask(council, why=why)
    ask(council)
    with pytest.raises(Invalid, match="Say why the step is not skipped"):
        skipping.decline(council.engine, "gail", number(council), why)


@pytest.mark.parametrize("person", ["mo", "kim", "bev", "nobody"])
def test_others_neither_ask_nor_decide(council: Council, broken: str, person: str) -> None:
    with pytest.raises(NotAllowed, match="decide on steps that failed"):
        ask(council, person)
    ask(council)
    for act in (
        lambda: agree(council, person),
        lambda: skipping.decline(council.engine, person, number(council), WHY_NOT),
        lambda: incident_page.page_of(council.engine, person),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert council.instance(broken).status == "incident"


def test_the_head_of_safeguarding_decides_without_mending(council: Council, broken: str) -> None:
    page = told(council, "colin")
    assert (page.may_skip, page.may_mend) == (True, False)
    with pytest.raises(NotAllowed):
        incidents.retry(council.engine, "colin", number(council))


def test_an_incident_that_is_settled_or_unknown_has_nothing_to_skip(council: Council, broken: str) -> None:
    kept = number(council)
    incidents.retry(council.engine, "asha", kept, {"first": 1})
    with pytest.raises(NotNow, match="settled it on"):
        skipping.ask(council.engine, "asha", kept, WHY)
    with pytest.raises(NotFound):
        skipping.ask(council.engine, "asha", 4711, WHY)


@pytest.mark.parametrize(
    ("what", "because"),
    [
        ("script", "did not fail at a step that the system takes"),
        ("condition", "did not fail at a step that the system takes"),
        ("operation", "a record would be wrong without it"),
    ],
)
def test_what_decides_or_records_is_never_skipped(council: Council, what: str, because: str) -> None:
    council.deploy(fails_by_clock(what))
    facts = {"number": 0, "later": "closure_breach" if what == "condition" else "soon"}
    begin(council, CASE, **facts)
    council.pass_to(at(2026, 12, 4))
    assert because in str(told(council).against_skipping)
    with pytest.raises(NotNow, match=because):
        ask(council)


def test_a_concern_goes_untold_to_nobody(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    council.assign(CASE, "kim")
    concern = council.begin("kim", "safeguarding_concern", CASE)

    def breaks(*_given: object, **_named: object) -> None:
        raise StepFailed(process="p", element="e", reason="the notice has a fault")

    with monkeypatch.context() as patched:
        patched.setattr(operations_concern.notices, "write", breaks)
        council.pass_to(at(2026, 12, 4))
    stopped = [one for one in council.incidents() if one.instance == concern]
    assert [one.element for one in stopped] == ["tell_next_in_line"]
    with pytest.raises(NotNow, match=r"it belongs to a hard gate of the manual \(R-81\)"):
        skipping.ask(council.engine, "asha", stopped[0].id, WHY)


def test_work_that_has_not_begun_has_no_step_to_skip(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_given: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("engine.service.clockwork.begin_scheduled", breaks)
    council.pass_to(at(2026, 12, 10, 12))
    for one in council.incidents():
        with pytest.raises(NotNow, match="this has not begun"):
            skipping.ask(council.engine, "asha", one.id, WHY)
    assert incident_page.page_of(council.engine, "asha").total >= 1


def test_a_person_s_own_work_goes_on_in_their_name(council: Council) -> None:
    council.deploy(letters_fail(by_hand=True))
    begun = begin(council, CASE, **BROKEN)
    with pytest.raises(StepFailed):
        council.complete("mo", "Fetch", CASE, said="yes")
    ask(council)
    agree(council)
    assert council.instance(begun).status == "finished"
    assert kinds(council, begun) == [("began", SOMEBODY), ("completed", "mo")]


def steps(council: Council) -> list[ElementFacts]:
    deployment = council.ask(lambda question: question.policy)
    return [one for process in deployment.processes.values() for one in process.elements.values() if one.operation]


def allowed(council: Council) -> set[tuple[str, str]]:
    def asked(question: Any) -> set[tuple[str, str]]:
        found = set()
        for one in steps(council):
            answer = question.decide("skipping", process=one.process, operation=one.operation, element=one.id)
            if answer["allowed"]:
                found.add((one.process, one.id))
        return found

    return council.ask(asked)


def test_the_table_of_this_policy_lets_letters_alone_be_skipped_and_none_of_a_gate(council: Council) -> None:
    found = allowed(council)
    assert ("case_audit", "tell_social_worker") in found
    assert {one.operation for one in steps(council) if (one.process, one.id) in found} == {"notify", "notify_person"}
    gates = {"safeguarding_concern", "case_closure", "remedial_action", "management_decision", "quality_assurance"}
    assert gates & {process for process, _ in found} == set()


def test_no_step_that_records_or_decides_could_be_allowed_by_any_table(council: Council) -> None:
    assert skippable_operations() == {"notify", "notify_next", "notify_person"}
    never = {one.operation for one in steps(council) if reason_against(one, skippable_operations()) is not None}
    assert {"check_closure", "drawn_for_quality_assurance", "record_audit", "issue_closure_certificate"} <= never


def test_the_step_is_asked_of_the_policy_that_holds_when_the_second_agrees(council: Council, broken: str) -> None:
    ask(council)
    table = council.ask(lambda question: question.policy.decisions["skipping"])
    assert table.hit_policy == "FIRST"
    council.deploy({"processes/skipping.dmn": None, **letters_fail()})
    with pytest.raises(NotNow, match="the policy in force does not speak of it"):
        agree(council)
    assert council.instance(broken).status == "incident"
