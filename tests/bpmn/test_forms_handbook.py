"""forms/README.md tells the truth: its examples run, its lists are complete."""

import json
import re

from engine.bpmn.forms.grammar import KEYS_BY_TYPE, FormFile, SectionFile
from engine.bpmn.notices import PLACEHOLDERS
from tests.factories.forms import FORMS, file_of, problems_in

HANDBOOK = (FORMS / "README.md").read_text("utf-8")
EXAMPLES = re.findall(r"```json\n(.*?)```", HANDBOOK, re.DOTALL)
TABLES = [re.findall(r"^\| (.*) \|$", table, re.MULTILINE)[1:] for table in re.findall(r"(?m)(?:^\|.*\n)+", HANDBOOK)]
TYPES, REFUSED, PLACES = [[row.split(" | ") for row in table] for table in TABLES]


def names_in(cell):
    return set(re.findall(r"`\{?([a-z_]+)\}?`", cell))


def test_every_example_of_a_form_can_be_deployed():
    assert len(EXAMPLES) == 2
    for example in EXAMPLES:
        assert problems_in(example) == []


def test_every_type_of_question_is_listed_with_the_keys_of_its_own():
    paragraph = HANDBOOK.split("These fit every question:")[1].split("\n\n")[0]
    of_every_question = names_in(paragraph) | {"id", "type", "label"}
    listed = {kind: names_in(row[2]) for row in TYPES for kind in names_in(row[0])}
    assert listed.keys() == KEYS_BY_TYPE.keys()
    for kind, keys in KEYS_BY_TYPE.items():
        assert keys <= listed[kind] | of_every_question, kind
        assert listed[kind] <= keys, kind


def test_every_part_of_a_file_is_explained():
    for name in {*FormFile().fields, *SectionFile().fields, "refuse_if", "must_mention", "required_if"}:
        assert re.search(rf"[`\"]{name}[`\"]", HANDBOOK), name


def test_what_is_refused_is_refused_with_these_words():
    for question, words in REFUSED:
        content = file_of(json.loads(question.strip("`")))
        assert words in [problem.message for problem in problems_in(content)]


def test_the_placeholders_of_notices_are_all_listed():
    assert {name: meaning for place, meaning in PLACES for name in names_in(place)} == dict(PLACEHOLDERS)
