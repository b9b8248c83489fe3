"""Owners try what they write: they see its value, or a sentence that helps."""

import copy
import json
from datetime import date
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.calendar import WorkingCalendar
from engine.errors import TooLarge, Unreadable
from engine.service.policy.trial import MOST_DATA, functions_at, read_data, try_expression
from tests.factories.council import at, policy

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


def functions():
    return functions_at(at(2026, 12, 10), policy())


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("today()", "2026-12-10"),
        ("working_days(20)", "2027-01-12T23:59:59+00:00"),
        ('deadline("audit")', "2027-01-12T23:59:59+00:00"),
        ('next_working_day("2026-12-25")', "2026-12-29"),
    ],
)
def test_the_functions_answer_as_they_do_in_a_diagram_at_that_moment(source, value):
    assert try_expression(source, {}, functions()) == {"value": value}


@pytest.mark.parametrize("snapshot", [None, {**policy(), "processes/deadlines.dmn": b"not a table"}])
def test_without_a_sound_policy_only_deadlines_are_refused(snapshot):
    offered = functions_at(at(2026, 12, 10), snapshot)
    assert try_expression("today()", {}, offered) == {"value": "2026-12-10"}
    assert "no policy is deployed" in str(try_expression('deadline("audit")', {}, offered)["refused"])


def test_a_day_on_which_the_council_is_closed_is_left_out():
    offered = functions_at(at(2026, 12, 10), None, WorkingCalendar([date(2026, 12, 11)]))
    assert try_expression("working_days(1)", {}, offered) == {"value": "2026-12-14T23:59:59+00:00"}


def test_data_is_a_record_of_names_and_values():
    assert read_data('{"score": 3, "name": "Ann"}') == {"score": 3, "name": "Ann"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "nonsense",
        "[1, 2]",
        '"score"',
        "null",
        '{"score": NaN}',
        '{"score": 1e999}',
        '{"score": "\\ud800"}',
        "\ud800",
        '{"a":' * 5_000 + "1" + "}" * 5_000,
        '{"a": "' + "x" * MOST_DATA + '"}',
    ],
)
def test_hostile_data_is_refused_with_a_sentence(text):
    with pytest.raises((Unreadable, TooLarge), match="The data"):
        read_data(text)


@pytest.mark.parametrize(
    "source",
    [
        "[working_days_between('1900-01-01', '2200-12-31') for x in xs]",
        "[working_days(70000, '1900-01-01') for x in xs]",
        "[months(2000, '1901-01-01') for x in xs]",
        "[deadline('audit') for x in xs]",
    ],
)
def test_no_function_takes_long_however_often_it_is_called(source):
    offered = functions()
    began = thread_time()
    try_expression(source, {"xs": [1] * 1000}, offered)
    assert thread_time() - began < 0.1
