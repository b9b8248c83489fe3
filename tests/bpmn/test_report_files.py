"""Reports and the words of figures are policy files: each fault is found by the check, with its remedy."""

import json
import re

import pytest

from engine.bpmn.definitions import check
from engine.bpmn.report_files import PLACES
from engine.service.vocabulary import vocabulary
from tests.factories.council import policy

REPORT, WORDS = "forms/reports/management_report.json", "forms/figures/deferments.json"


def problems(path, **changes):
    content = {**json.loads(policy()[path]), **changes}
    found = check({**policy(), path: json.dumps(content).encode()}, vocabulary())
    return [(one.file, one.code, one.message) for one in found]


def words(**figures):
    known = json.loads(policy()[WORDS])["figures"]
    return {name: one for name, one in {**known, **figures}.items() if one is not None}


WORDING = {"title": "Requests", "what": "requests", "population": "this month", "says": ["{value}"]}


def test_the_policy_of_the_checkout_has_none():
    assert check(policy(), vocabulary()) == []


@pytest.mark.parametrize(
    ("path", "changes", "code", "message"),
    [
        (REPORT, {"parts": [{"subject": "gossip", "title": "Gossip"}]}, "unknown-subject", "no file in forms/figures"),
        (REPORT, {"parts": [{"subject": "deferments", "title": "D", "shows": ["lost"]}]}, "unknown-figure", "“lost”"),
        (REPORT, {"parts": []}, "unreadable", "“parts”"),
        (REPORT, {"colour": "blue"}, "unreadable", "“colour”"),
        (REPORT, {"asks": "the weather"}, "unreadable", "“asks”"),
        (WORDS, {"figures": words(undecided=None)}, "missing-words", "“undecided” of “deferments” has no words"),
        (WORDS, {"figures": words(more=WORDING)}, "unknown-figure", "“more” is no figure"),
        (WORDS, {"figures": words(asked={**WORDING, "says": ["{valeu}"]})}, "unreadable", "{valeu} is unknown"),
        (WORDS, {"figures": words(asked={**WORDING, "title": "{value"})}, "unreadable", "without its partner"),
        (WORDS, {"figures": words(asked={**WORDING, "says": []})}, "unreadable", "“figures.asked.value.says”"),
    ],
)
def test_a_fault_is_named_in_its_file(path, changes, code, message):
    found = problems(path, **changes)
    assert (path, code) in [(file, one) for file, one, _ in found]
    assert any(message in told for file, _, told in found if file == path), found


def test_words_for_what_there_is_not_are_refused():
    found = check({**policy(), "forms/figures/gossip.json": policy()[WORDS]}, vocabulary())
    assert [(one.file, one.code) for one in found] == [("forms/figures/gossip.json", "unknown-subject")]


def test_a_form_may_not_be_a_report():
    task = policy()["processes/deferment.bpmn"].replace(b"deferment_decision.json", b"compliance_summary.json")
    found = check({**policy(), "processes/deferment.bpmn": task}, vocabulary())
    assert any("compliance_summary.json" in one.message for one in found)


def test_the_handbook_lists_every_place_and_its_example_can_be_deployed():
    handbook = policy()["forms/reports/README.md"].decode()
    assert dict(re.findall(r"^\| `\{([a-z]+)\}` \| (.*) \|$", handbook, re.MULTILINE)) == dict(PLACES)
    (example,) = re.findall(r"```json\n(.*?)```", handbook, re.DOTALL)
    assert check({**policy(), REPORT: example.encode()}, vocabulary()) == []
