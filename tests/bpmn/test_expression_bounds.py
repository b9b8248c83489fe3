"""Each bound of the owners' language holds exactly, at whichever operation a value would first go beyond it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn.language.expressions import Language
from engine.bpmn.language.values import LanguageError, plain, same
from engine.errors import ExpressionRefused

LANGUAGE = Language({"echo": lambda value: value, "fill": lambda value, count: [value] * count})
DATA = {
    "largest": 2**63 - 1,
    "text": "a" * 10_000,
    "sharp": "ß" * 9_999,
    "thousand": list(range(1_000)),
    "keys": {f"k{n}": n for n in range(1_000)},
    "within": {"wide": list(range(1_001)), "long": "a" * 10_001, "huge": 2**63, "_own": 1, "nan": float("nan")},
    "listed": [list(range(1_001)), "a" * 10_001, 2**63],
}


def allowed(source, kind="expression", data=DATA):
    try:
        LANGUAGE.execute(source, data) if kind == "script" else LANGUAGE.evaluate(source, data)
    except ExpressionRefused:
        return False
    return True


def nested(levels):
    value = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("within", "beyond"),
    [
        ("1" + " " * 1_999, "1" + " " * 2_000),
        ("[" + "1, " * 297 + "1]", "[" + "1, " * 298 + "1]"),
        ("[" * 38 + "1" + "]" * 38, "[" * 39 + "1" + "]" * 39),
        ("largest", "largest + 1"),
        ("-largest", "-largest - 1"),
        ("largest - 1 + 1", "largest + 1 - 1"),
        ("largest // 2 * 2", "largest * 2 // 2"),
        ("9223372036854775807", "9223372036854775808"),
        ("1e308", "1e309"),
        ("1e308 > 0", "1e308 * 10 > 0"),
        ("sum([largest - 1, 1])", "sum([largest, 1]) > 0"),
        ("len(text[1:] + 'a')", "len(text + 'a')"),
        ("len(f'{text}')", "len(f'{text}a')"),
        ("len(lower(sharp))", "len(upper(sharp))"),
        ("len(thousand[1:] + [1])", "len(thousand + [1])"),
        ("len(keys)", "within.wide == 1"),
        ("len(within)", "len(within.long)"),
        ("within['_own']", "within._own"),
        ("listed[0:0]", "listed[0] == 1"),
        ("listed[-3:-2] is not None", "listed[1] == 1"),
        ("bool(listed)", "listed[2] > 1"),
        ("len(listed)", "[x for x in listed]"),
        ("within['_own'] > 0", "within['nan'] > 0"),
        ("round(2.5, 15)", "round(2.5, 16)"),
        ("int('9223372036854775807')", "int('9223372036854775808')"),
        ("int(' -20 ')", "int('20.5')"),
        ("[x for x in thousand]", "[[y for y in [x]] for x in thousand]"),
        ("len(fill(1, 1000))", "len(fill(1, 1001))"),
        ("echo(text)", "echo(fill(text, 101))"),
        ("fill(fill(1, 198), 100)", "fill(fill(1, 199), 100)"),
        ("fill(text, 100)", "fill(text, 101)"),
    ],
)
def test_a_source_or_value_may_reach_a_bound_but_not_pass_it(within, beyond):
    assert allowed(within)
    assert not allowed(beyond)


@pytest.mark.parametrize(
    ("within", "beyond"),
    [
        ("+ len([x for x in thousand])", 20),
        ("+ sum(thousand)", 20),
        ("+ len(sorted(thousand))", 20),
        ("+ len([echo(x) for x in thousand])", 2),
        ("+ len(lower(text))", 40),
        ("+ len(text[1:])", 40),
        ("+ len([x for x in thousand if x in [1, x]])", 7),
        ("+ len([x + x for x in thousand])", 10),
        ("+ len([x for x in keys])", 20),
    ],
)
def test_the_steps_of_all_operations_count_together(within, beyond):
    assert allowed("0" + within)
    assert not allowed("0" + within * beyond)


@pytest.mark.parametrize("mode", ["expression", "script"])
def test_a_result_has_at_most_twenty_thousand_parts_in_all(mode):
    prefix = "result = " if mode == "script" else ""
    assert allowed(f"{prefix}[{'thousand, ' * 19}]", mode)
    assert not allowed(f"{prefix}[{'thousand, ' * 20}]", mode)
    assert allowed("\n".join(f"x{n} = thousand" for n in range(19)), "script")
    assert not allowed("\n".join(f"x{n} = thousand" for n in range(20)), "script")


def test_forty_levels_are_stored_and_no_more():
    assert plain(nested(40)) == nested(40)
    with pytest.raises(LanguageError):
        plain(nested(41))


def test_nothing_but_the_data_and_the_functions_has_a_name():
    for name in ("open", "print", "Exception", "reckon", "GUARDS", "Meter"):
        with pytest.raises(ExpressionRefused, match=f"There is no value called '{name}' here"):
            LANGUAGE.evaluate(name, DATA)


scalars = st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.floats(allow_nan=False, allow_infinity=False)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
keys = texts.filter(lambda key: key != "typename" and not key.startswith("__"))
values = st.recursive(scalars | texts, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner))


@given(values)
def test_plain_values_are_copied_unchanged_and_are_json(value):
    assert plain(value) == value
    assert same(plain(value), value)
    assert json.loads(json.dumps(plain(value), allow_nan=False)) == value


@given(values, values)
def test_two_values_are_the_same_exactly_when_their_json_is(one, other):
    assert same(one, other) == (json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True))


def test_tuples_become_lists_and_kinds_matter():
    assert plain((1, (2,))) == [1, [2]]
    assert not same(1, True)
    assert not same(1, 1.0)
    assert not same([1], [True])
    assert not same({"a": 1}, {"a": 1, "b": 2})


@pytest.mark.parametrize("value", [{1}, b"a", 1j, object(), float("inf"), type("Text", (str,), {})("a"), {(1,): 2}])
def test_what_json_has_no_word_for_is_refused(value):
    with pytest.raises(LanguageError):
        plain(value)
