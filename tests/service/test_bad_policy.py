"""Policy files that are damaged: refused whole, with the file, the element and the remedy, and nothing changed (I-03).

The same holds for who deploys a policy and for who proposes a variation of it.
"""

import pytest

from engine.errors import Invalid, NotDeployable, TooLarge
from engine.service.policy import deployments, variations
from tests.factories.council import SOMEBODY, at, policy
from tests.factories.refusals import refused

DIAGRAM, TABLE, FORM = "processes/case_audit.bpmn", "processes/deadlines.dmn", "forms/audit.json"
LIST, LETTER, STORY = (
    "forms/population_columns.json",
    "forms/notices/assigned.txt",
    "processes/stories/01_monthly_cycle.feature",
)
TWENTY = b"<text>20</text>"


def cut(path):
    return policy()[path][:2000]


def with_(path, old, new):
    changed = policy()[path].replace(old, new, 1)
    assert changed != policy()[path]
    return changed


DAMAGED = {
    "a diagram that is none": (
        DIAGRAM,
        b"a picture of the process",
        "processes/case_audit.bpmn cannot be read: it is not well-formed XML (Start tag expected, '<' not found, "
        "line 1, column 1). Save it again from the modeller.",
    ),
    "an empty diagram": (DIAGRAM, b" \n", "case_audit.bpmn cannot be read: it is empty. Save it again"),
    "a diagram cut off": (DIAGRAM, cut(DIAGRAM), "case_audit.bpmn cannot be read: it is not well-formed XML"),
    "a diagram in UTF-16": (DIAGRAM, policy()[DIAGRAM].decode().encode("utf-16"), "Save it as UTF-8."),
    "a diagram with a DOCTYPE": (DIAGRAM, with_(DIAGRAM, b"?>", b"?><!DOCTYPE x>"), "DOCTYPE or ENTITY declaration"),
    "a page of the web": (DIAGRAM, b"<html/>", "case_audit.bpmn cannot be read: its root is html and not definitions"),
    "a form that is not there": (
        DIAGRAM,
        with_(DIAGRAM, b'"audit.json"', b'"audti.json"'),
        "processes/case_audit.bpmn, audit_case_record: “Audit the case record” names the form “audti.json”, which "
        "does not exist. Did you mean “audit.json”?",
    ),
    "an operation that is not there": (
        DIAGRAM,
        with_(DIAGRAM, b'id="record_audit"', b'id="rekord_audit"'),
        "record_the_audit: There is no service operation “rekord_audit”. Did you mean “record_audit”?",
    ),
    "a table that is none": (TABLE, b"20 days", "deadlines.dmn cannot be read: it is not well-formed XML"),
    "a table taken out": (TABLE, None, "The table “deadlines” is missing, and the council cannot work without it."),
    "a cell of words": (
        TABLE,
        with_(TABLE, TWENTY, b"<text>twenty days</text>"),
        "processes/deadlines.dmn, audit: Row 1 (audit), output column \"Length\", cannot be used: 'twenty days' is",
    ),
    "a cell of a program": (
        TABLE,
        with_(TABLE, TWENTY, b'<text>__import__("os")</text>'),
        "there is no function called '__import__' here.",
    ),
    "another hit policy": (TABLE, with_(TABLE, b'"FIRST"', b'"PRIORITY"'), "Use FIRST, UNIQUE or COLLECT."),
    "a form that is none": (FORM, b"Questions", "audit.json cannot be read: line 1, column 1: expecting value."),
    "a form cut off": (FORM, cut(FORM), "forms/audit.json cannot be read: line 34, column 19: unterminated string"),
    "a form of brackets": (
        FORM,
        b"[" * 100_000,
        "forms/audit.json cannot be read: its brackets are nested too deeply.",
    ),
    "an endless number": (FORM, b'{"title": ' + b"9" * 5000 + b"}", "has more than 100 digits; write a shorter one."),
    "a key twice": (FORM, b'{"title": "a", "title": "b"}', "“title” stands twice in one place; keep one of them."),
    "a key misspelt": (
        FORM,
        with_(FORM, b'"label"', b'"lable"'),
        "forms/audit.json, answer_types: “label” is missing.",
    ),
    "columns that are none": (LIST, b"{", "forms/population_columns.json cannot be read"),
    "columns without their names": (LIST, b"{}", "forms/population_columns.json cannot be read: title: Missing data"),
    "columns in other letters": (LIST, b"\xff\xfe\xff", "population_columns.json cannot be read: it is not UTF-8 text"),
    "columns taken out": (LIST, None, "forms/population_columns.json is missing, and the council cannot work without"),
    "a letter without a subject": (LETTER, b"", "forms/notices/assigned.txt: Write the subject in the first line"),
    "a letter with a child's name": (LETTER, b"About {child_name}\n\nRead it.\n", "{child_name} is unknown."),
    "a story in other letters": (STORY, b"\xff\xfe\xff", "01_monthly_cycle.feature cannot be read: it is not UTF-8"),
    "a program": ("processes/run.py", b"print(1)", "processes/run.py is not a file that policy is made of. Remove it"),
    "a way out of the folder": (
        "processes/../../x.bpmn",
        b"<x/>",
        "../../x.bpmn is not a file that policy is made of.",
    ),
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_file_is_refused_with_its_place_and_remedy(council, what):
    path, content, words = DAMAGED[what]
    sentence = refused(council, NotDeployable, lambda: council.deploy({path: content}))
    assert words in sentence
    assert sentence.startswith(("1 problem ", "2 problems ")), "one fault is not told as many"


def test_a_variation_with_a_damaged_file_is_never_tabled(council):
    changed = {TABLE: with_(TABLE, TWENTY, b"<text>twenty days</text>")}
    sentence = refused(council, NotDeployable, lambda: variations.keep(council.engine, "gail", changed))
    assert "processes/deadlines.dmn, audit: Row 1 (audit)" in sentence


@pytest.mark.parametrize("changes", [{}, {TABLE: policy()[TABLE]}, {"processes/never_there.dmn": None}])
def test_a_variation_that_varies_nothing_is_refused(council, changes):
    sentence = refused(council, Invalid, lambda: variations.keep(council.engine, "gail", changes))
    assert "Change something: this is the policy in force" in sentence


def test_a_policy_for_a_day_that_is_past_is_refused(council):
    act = lambda: council.deploy({"processes/README.md": b"# Changed"}, at(2026, 11, 30))  # noqa: E731
    assert "A policy comes into force today or later, never on a day that is past." in refused(council, Invalid, act)


def test_a_note_of_ten_megabytes_is_refused(council):
    act = lambda: deployments.deploy(council.engine, SOMEBODY, policy(), "n" * 10_000_000)  # noqa: E731
    assert refused(council, TooLarge, act) == ("The note is too large: 10,000,000 characters, and the most is 10,000.")


def test_nothing_at_all_is_no_policy(council):
    sentence = refused(council, NotDeployable, lambda: deployments.deploy(council.engine, SOMEBODY, {}, ""))
    assert " problems must be mended before this can be deployed: " in sentence
    assert "is missing, and the council cannot work without it. Put it back." in sentence
