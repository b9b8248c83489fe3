"""Owners try what they write: they see its value, or a sentence that helps."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.service.trial import try_expression

FUNCTIONS = {"working_days": lambda number: f"in {number} working days"}


def test_an_expression_shows_its_value():
    assert try_expression("working_days(score)", {"score": 3, "other": 1}, FUNCTIONS) == {"value": "in 3 working days"}


def test_a_script_shows_what_it_sets():
    tried = try_expression("total = score + 1\nscore = 3", {"score": 3, "other": 1}, FUNCTIONS, script=True)
    assert tried == {"value": {"total": 4}}


@pytest.mark.parametrize("script", [True, False])
def test_a_mistake_shows_the_sentence_and_nothing_is_raised(script):
    tried = try_expression("name.upper()" if not script else "x = name.upper()", {"name": "Ann"}, {}, script=script)
    assert list(tried) == ["refused"]
    assert str(tried["refused"]).endswith("the method .upper() is not allowed. Use upper(name).")


hostile = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("9" * 5_000),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9) | st.just("score"), inner),
)


@given(hostile, st.sampled_from(["score", "score > 2", "score.x", "score[0]", "[x for x in score]", "score == score"]))
def test_hostile_data_gives_plain_json_or_a_sentence_and_stays_as_it_is(data, source):
    before = copy.deepcopy(data)
    for script in (True, False):
        tried = try_expression(f"result = {source}" if script else source, data, FUNCTIONS, script=script)
        assert len(json.dumps(tried, allow_nan=False).encode()) > 0
        assert set(tried) in ({"value"}, {"refused"})
    assert repr(data) == repr(before)
