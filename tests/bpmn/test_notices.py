"""Notices: subject, text, and placeholders none of which can hold a child's name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn.notices import PLACEHOLDERS, problems_of_notice, read_notice
from engine.errors import Unreadable
from tests.factories.forms import FORMS

NOTICES = sorted((FORMS / "notices").glob("*.txt"))
TEXT = "Audit of {case}\n\nHello {recipient},\n\nIt was due on {due}.\nAsk {auditor_name}.\n\nOpen it: {link}\n"


def test_a_notice_is_filled_from_facts():
    subject, body = read_notice("trial", TEXT).fill({"case": "CF-20931", "recipient": "Kim", "due": "12 January 2027"})
    assert subject == "Audit of CF-20931"
    assert body == "Hello Kim,\n\nIt was due on 12 January 2027.\n"


def test_a_line_about_something_unknown_is_left_out():
    assert read_notice("trial", TEXT).fill({"case": None, "due": ""}) == ("Audit of", "\n")


def test_a_value_cannot_begin_a_line_or_be_a_placeholder_itself():
    subject, body = read_notice("trial", TEXT).fill(
        {"case": "CF-1\r\nBcc: all", "auditor_name": "{link}\nBcc", "link": "x"}
    )
    assert subject == "Audit of CF-1 Bcc: all"
    assert "Ask {link} Bcc." in body


@given(st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.text() | st.none() | st.integers(), max_size=5))
def test_a_notice_never_fails(facts):
    subject, body = read_notice("trial", TEXT).fill(facts)
    assert "\n" not in subject
    assert "None" not in body or "None" in str(facts.values())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Only a subject", "notice-layout"),
        ("Two lines\nof subject\n\nBody", "notice-layout"),
        ("Subject\n\n \n", "notice-layout"),
        ("S" * 121 + "\n\nBody", "notice-length"),
        ("Subject\n\nAbout {child_name}.", "notice-placeholder"),
        ("Subject\n\nAbout {case.name}.", "notice-placeholder"),
        ("Subject {\n\nBody", "notice-placeholder"),
    ],
)
def test_a_fault_in_a_notice_is_found(text, code):
    assert code in {problem.code for problem in problems_of_notice("forms/notices/trial.txt", text)}
    with pytest.raises(Unreadable, match="trial cannot be read"):
        read_notice("trial", text)


@pytest.mark.parametrize("file", NOTICES, ids=lambda file: file.stem)
def test_every_notice_of_this_release_can_be_sent(file):
    text = file.read_text("utf-8")
    assert problems_of_notice(file.name, text) == []
    subject, body = read_notice(file.name, text).fill({name: f"<{name}>" for name in PLACEHOLDERS})
    assert "{" not in subject + body
    bare_subject, bare = read_notice(file.name, text).fill({"case": "CF-20931", "title": "Audit the case record"})
    assert bare_subject.strip(" :") == bare_subject
    assert len(bare.splitlines()) >= 1


ABOUT_NO_CASE = (
    "daily_digest",
    "directory_changed",
    "invitation",
    "population",
    "compliance_list",
    "variation",
    "reliability",
    "thematic",
    "recommendation_for_policy",
    "review_of_reviews",
    "retention",
    "management_report",
    "board_report",
)


def test_a_notice_about_a_case_names_it_and_no_notice_can_name_a_child():
    for file in NOTICES:
        text = file.read_text("utf-8")
        assert "{case}" in text or file.stem.startswith(ABOUT_NO_CASE), file.name
        assert set(re.findall(r"{(\w+)}", text)) <= set(PLACEHOLDERS), file.name
    assert not {name for name in PLACEHOLDERS if "child" in name or "worker" in name}


def test_every_notice_a_diagram_sends_has_its_text():
    sent = set()
    for diagram in (FORMS.parent / "processes").glob("*.bpmn"):
        sent |= set(re.findall(r'id="notice"[^>]*value="&quot;([a-z_]+)&quot;"', diagram.read_text("utf-8")))
    assert sent <= {file.stem for file in NOTICES}
