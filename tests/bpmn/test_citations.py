"""Where the policy says which requirement it carries, read from its own files."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn.citations import Citation, citations_of, cited
from tests.factories.snapshots import FORM, snapshot, table

STORY = """\
@R-80 @shown
Feature: Concerns
  What is told at once, I-14.

  Background:
    Given R-99 is not a tag

  @R-81 @R-82
  Scenario: In their absence
    Then nothing

  Scenario Outline: Whatever the day
    Then nothing

    @R-83
    Examples:
      | R-84 |
"""


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Manual 7; R-51, R-61, T2.", {"R-51", "R-61"}),
        ("R-82 to R-85: a concern", {"R-82", "R-83", "R-84", "R-85"}),
        ("R-98–R-101", {"R-98", "R-99", "R-100", "R-101"}),
        ("@R-4 @I-1", {"R-04", "I-01"}),
        ("R-104 and I-07 to 12 others; A-20, DEC-11, OR-12, R-1234", {"R-104", "I-07"}),
        ("R-85 to R-82", set()),
        ("", set()),
    ],
)
def test_a_text_names_requirements_one_by_one_and_in_ranges(words: str, named: set[str]) -> None:
    assert cited(words) == named


@given(st.text(max_size=60) | st.from_regex(r"([RI]-\d{1,3}( to |, )?){1,5}"))
def test_whatever_is_written_only_requirements_are_named(words: str) -> None:
    assert all(name[0] in "RI" and name[1] == "-" and name[2:].isdigit() for name in cited(words))


def named_in(**files: bytes) -> dict[str, set[str]]:
    found = citations_of(snapshot({path.replace("__", "/"): content for path, content in files.items()}))
    return {one.address: set(one.requirements) for one in found}


def test_tables_cite_as_a_whole_and_row_by_row() -> None:
    letters = table("letters", "sky", "notice", {'"grey"': '"assigned"'})
    letters = letters.replace(b"Manual 7", b"Manual 7; R-49", 1)
    letters = letters.replace(b'<decisionTable id="table"', b"<description>R-50</description><decisionTable id='table'")
    found = named_in(**{"processes/letters.dmn": letters})
    assert found["letters.dmn"] == {"R-50"}
    assert found["letters.dmn#row_0"] == {"R-49"}
    assert "weather.dmn" not in found


def test_forms_cite_as_a_whole_and_at_any_depth() -> None:
    question = {**FORM["sections"][0]["questions"][0], "documentation": "R-78."}
    form = {**FORM, "documentation": "R-16.", "sections": [{**FORM["sections"][0], "questions": [question]}]}
    found = named_in(**{"forms/answer.json": json.dumps(form).encode()})
    assert (found["answer.json"], found["answer.json#said"]) == ({"R-16"}, {"R-78"})


def test_diagrams_cite_element_by_element() -> None:
    drawn = snapshot()["processes/errand.bpmn"]
    assert b"<bpmn:documentation>" in drawn
    drawn = drawn.replace(b"</bpmn:documentation>", b" R-52 to R-53</bpmn:documentation>", 1)
    (found,) = [
        one for one in citations_of(snapshot({"processes/errand.bpmn": drawn})) if one.requirements >= {"R-52", "R-53"}
    ]
    assert (found.kind, found.address.partition("#")[0]) == ("elements", "errand.bpmn")


def test_scenarios_have_the_tags_of_their_feature_and_their_own() -> None:
    found = named_in(**{"processes/stories/03.feature": STORY.encode()})
    assert found["03.feature#In their absence"] == {"R-80", "I-14", "R-81", "R-82"}
    assert found["03.feature#Whatever the day"] == {"R-80", "I-14"}


def test_a_scenario_without_a_tag_is_a_place_too() -> None:
    assert [one for one in citations_of(snapshot()) if one.kind == "stories"] == [
        Citation("stories", "processes/stories/01_fetch.feature", "It rains", "It rains", frozenset())
    ]


def test_files_that_cannot_be_read_name_nothing() -> None:
    bad = {
        "processes/errand.bpmn": b"<!DOCTYPE a><a/>",
        "forms/answer.json": b"{",
        "processes/weather.dmn": b"\xff",
        "processes/stories/01_fetch.feature": b"\xff R-01",
    }
    files = {one.file for one in citations_of(snapshot(bad))}
    assert files.isdisjoint(bad)
