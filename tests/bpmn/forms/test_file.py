"""The text of a form file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn.forms.file import content_of, digest_of, laid_out
from engine.errors import Unreadable
from tests.factories.forms import FORMS, file_of, form_of, read_form

NAME = {"id": "who", "type": "text", "label": "Case worker"}


def test_a_form_is_known_by_its_content_not_its_layout():
    content = file_of(NAME)
    same = read_form("trial.json", json.dumps(dict(reversed(content.items())), indent=4))
    assert same.digest == form_of(NAME).digest != form_of(NAME | {"label": "Somebody"}).digest
    assert (same.name, same.title, len(same.digest)) == ("trial.json", "Trial", 64)


def test_a_file_that_is_no_form_cannot_be_read():
    with pytest.raises(Unreadable, match=r"trial.json cannot be read: line 2, column 1"):
        read_form("trial.json", "{\n")
    with pytest.raises(Unreadable, match=r"who: “hnt” is not something a form can say here. Did you mean “hint”"):
        form_of(NAME | {"hnt": "A name"})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[]", "it must be one JSON object"),
        ('{"title": "A", "title": "B"}', "“title” stands twice in one place"),
        ('{"title": NaN}', "NaN is not a number a form can use"),
        ('{"a":' * 5_000 + "1" + "}" * 5_000, "nested too deeply"),
        ('{"title": "' + "A" * 1_000_001 + '"}', "it is longer than 1,000,000 characters"),
    ],
)
def test_json_has_no_surprises(text, reason):
    with pytest.raises(Unreadable, match=reason):
        content_of("trial.json", text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=5),
    max_leaves=30,
)


@given(st.dictionaries(st.text(max_size=8), json_values, max_size=6))
def test_laying_out_changes_no_content(content):
    again = content_of("trial.json", laid_out(content))
    assert again == content
    assert digest_of(again) == digest_of(content)


def test_every_form_is_laid_out_alike_so_that_changes_read_well():
    for file in FORMS.glob("*.json"):
        text = file.read_text("utf-8")
        if "sections" in json.loads(text):
            assert text == laid_out(json.loads(text)) + "\n", f"{file.name} is not laid out"
