"""From the manual to what carries it: every sentence of this policy, and where each of them stands."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.bpmn.citations import STORY, citations_of
from engine.bpmn.requirements import MANUAL, REQUIREMENTS
from engine.service.policy.deployments import read_snapshot
from engine.service.policy.traceability import Traced, annotated, implied, records, references, trace
from tests.factories.council import ROOT

SNAPSHOT: Mapping[str, bytes] = read_snapshot(ROOT)
TRACED = trace(SNAPSHOT)
BY_ID = {one.requirement.id: one for one in TRACED}


def without(fragment: str) -> Mapping[str, bytes]:
    """The policy without the files whose path has the fragment."""
    return {path: content for path, content in SNAPSHOT.items() if fragment not in path}


def test_every_requirement_of_the_manual_is_listed() -> None:
    numbered = [f"R-{number:02d}" for number in range(1, 126)] + [f"I-{number:02d}" for number in range(1, 17)]
    assert [one.requirement.id for one in TRACED] == numbered


def test_every_requirement_is_carried_and_proved_or_says_what_is_missing() -> None:
    open_ones = [one for one in TRACED if not (one.is_carried and one.is_proved)]
    assert [one.requirement.id for one in open_ones if not one.missing] == []


def test_a_story_tells_of_every_requirement() -> None:
    assert [one["id"] for one in records(SNAPSHOT) if not one["stories"]] == []


def test_what_was_missing_is_not_told_any_more_once_it_is_there() -> None:
    done = Traced(replace(BY_ID["R-54"].requirement, not_yet="Not drawn."), BY_ID["R-54"].places)
    bare = Traced(replace(BY_ID["R-54"].requirement, not_yet="Not drawn."), ())
    assert (done.missing, bare.missing) == ("", "Not drawn.")


def test_every_test_that_the_list_names_is_there() -> None:
    named = {path for one in TRACED for path in one.requirement.engine}
    assert len(named) > 10
    assert [path for path in sorted(named) if not (ROOT / path).is_file()] == []


def test_every_scenario_that_the_list_names_is_told() -> None:
    told = {one.place for one in citations_of(SNAPSHOT) if one.kind == STORY}
    assert {story for one in TRACED for story in one.requirement.stories} <= told


@pytest.mark.parametrize(
    ("asked", "kind", "address"),
    [
        ("R-54", "elements", "case_audit.bpmn#is_drawn"),
        ("R-51", "tables", "deadlines.dmn#audit"),
        ("R-79", "forms", "audit.json#remedial_action_required"),
        ("R-84", "elements", "safeguarding_concern.bpmn#raise_concern"),
        ("R-86", "stories", "04_remedial_actions.feature#The case moves team and the actions move with it, the due "
         "date unchanged"),
    ],
)  # fmt: skip
def test_what_carries_a_requirement_is_named_by_its_place(asked: str, kind: str, address: str) -> None:
    found = {one["id"]: one for one in records(SNAPSHOT)}
    assert address in found[asked][kind], found[asked][kind]


def test_what_is_told_follows_the_files() -> None:
    fewer = {one["id"]: one for one in records(without("deadlines.dmn"))}
    assert "deadlines.dmn#audit" not in fewer["R-51"]["tables"]
    assert fewer["R-51"]["elements"]


def test_a_requirement_that_lost_all_its_carriers_is_not_carried() -> None:
    bare = trace({path: SNAPSHOT[path] for path in (MANUAL, REQUIREMENTS)})
    named = {one.requirement.id for one in bare if one.is_carried}
    assert named == {one.requirement.id for one in TRACED if one.requirement.engine}


def test_only_a_story_or_a_test_proves_a_requirement() -> None:
    drawn = tuple(one for one in BY_ID["R-54"].places if one.kind != STORY)
    assert drawn
    unproved = Traced(replace(BY_ID["R-54"].requirement, engine=()), drawn)
    assert (unproved.is_carried, unproved.is_proved) == (True, False)


def test_the_manual_shows_each_requirement_at_its_sentence_once() -> None:
    paragraphs = annotated(SNAPSHOT, TRACED)
    shown = [one.requirement.id for paragraph in paragraphs for one in paragraph.traced]
    assert sorted(shown + [one.requirement.id for one in implied(TRACED)]) == sorted(BY_ID)
    assert all(one.requirement.sentence in paragraph.text for paragraph in paragraphs for one in paragraph.traced)


def test_the_sections_of_the_manual_are_headings() -> None:
    headings = [paragraph.text for paragraph in annotated(SNAPSHOT, TRACED) if paragraph.is_heading]
    assert headings[0] == "5.3 Case File Auditing"
    assert [one.split(".")[0] for one in headings[1:]] == [str(number) for number in range(1, 12)]


def test_the_references_of_the_policy_are_listed() -> None:
    assert "Children Act 1989" in [one.title for one in references(SNAPSHOT)]
    assert references(without("references.json")) == ()
