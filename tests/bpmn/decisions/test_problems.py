"""What a table's owner is told before it can be deployed: the row, the column, and what to write instead."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn.decisions.decision import problems_of_decision, read_decision
from engine.bpmn.language.expressions import Language
from tests.factories.tables import table

FILE = "processes/routing.dmn"


def never(*_):
    raise AssertionError("a check must not call the host's functions")


LANGUAGE = Language({"today": never})


def problems(inputs, rows, policy="FIRST", outputs=("post",)):
    return problems_of_decision(FILE, table(inputs, outputs, rows, policy), LANGUAGE)


def codes(*args, **named):
    return [(one.code, one.element) for one in problems(*args, **named)]


def cell(text, kind="string"):
    """The messages about one input cell; the last row makes the table complete."""
    return [one.message for one in problems([f"grade: {kind}"], [([text], ["1"]), ([""], ["2"])])]


def test_a_sound_table_has_no_problem():
    rows = [(['"inadequate"', ""], ["1"]), (["", "True"], ["2"]), (["", ""], ["grade"])]
    assert problems(["grade: string", "selected: boolean"], rows) == []


@pytest.mark.parametrize(
    "text",
    ['"Good"', '!= "Good"', 'in ["Good", "Bad"]', "not in [1, 2]", ">= 3", "1 < ? <= 5", "None", "today()", "-2"],
)
def test_a_sound_cell_has_no_problem(text):
    assert cell(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('"Good","Bad"', "Write in ['Good', 'Bad']."),
        ('not("Good")', "Write != 'Good'."),
        ('not("Good","Bad")', "Write not in ['Good', 'Bad']."),
        ('"Good" or "Bad"', "Write in ['Good', 'Bad', ...]."),
        ("[1..5]", "Write 1 <= ? <= 5."),
        ("true", "Write True."),
        ("= 5", "Write == to compare."),
        ("Good", 'Write "Good" in quotes, or add an input column that asks for Good.'),
        ("in [Good]", 'Write "Good" in quotes, or add an input column that asks for Good.'),
        ("Requires improvement", 'Put words in quotes: "Good".'),
        ("grade > 3", "Write a comparison such as >= 3, or use ? for the input."),
        ('date("2026-01-01")', "there is no function called 'date' here"),
        ("?.upper()", "Use upper(?)."),
    ],
)
def test_an_idiom_of_another_tool_is_named_with_what_to_write_instead(text, told):
    messages = cell(text)
    assert len(messages) == 1
    assert messages[0].startswith('Row 1 (r1), column "grade", ')
    assert told in messages[0]


def test_a_cell_of_a_yes_or_no_column_may_ask_a_question_of_its_own():
    assert cell("grade == 3", kind="boolean") == []


def test_every_cell_is_checked_and_the_element_is_the_row():
    rows = [(["1..2"], ["1"]), ([""], ["x.upper()"]), ([""], [""]), ([""], ["Good"])]
    assert codes(["grade"], rows) == [
        ("bad-cell", "r1"),
        ("bad-cell", "r2"),
        ("bad-cell", "r3"),
        ("unknown-name", "r4"),
    ]


def test_the_questions_are_checked_too():
    found = problems(["grade.upper()"], [([""], ["1"])])
    assert [one.element for one in found] == ["routing"]
    assert found[0].message.startswith('The input column "grade.upper()" cannot be used: ')


def test_what_cannot_be_read_is_one_problem():
    found = problems(["grade"], [([""], ["1"])], policy="ANY")
    assert [(one.file, one.element, one.code) for one in found] == [(FILE, "", "unreadable")]
    assert "Use FIRST, UNIQUE or COLLECT." in found[0].message


@pytest.mark.parametrize("outputs", [[""], ["två"], ["len"], ["today"], ["_x"], ["a b"], ["typename"], ["3"], ["a.b"]])
def test_an_output_is_named_as_a_value_can_be(outputs):
    assert codes(["grade"], [([""], ["1"])], outputs=outputs) == [("output-name", "routing")]


def test_two_outputs_have_two_names():
    found = problems(["grade"], [([""], ["1", "2"])], outputs=["post", "post"])
    assert [one.code for one in found] == ["output-name", "output-name"]


def test_each_row_has_an_id_of_its_own():
    xml = table(["grade"], ["post"], [(["1"], ["1"]), (["2"], ["1"]), ([""], ["1"])])
    repeated = problems_of_decision(FILE, xml.replace(b'<rule id="r2">', b'<rule id="r1">'), LANGUAGE)
    assert [(one.code, one.element) for one in repeated] == [("rule-id", "r1")]
    assert repeated[0].message == "Row 2 (r1) has the id of row 1. Give it an id of its own."
    missing = problems_of_decision(FILE, xml.replace(b'<rule id="r2">', b"<rule>"), LANGUAGE)
    assert [one.message for one in missing] == ["Row 2 (no id) has no id. Give it a short name that stays."]


def test_first_needs_a_last_row_for_everything_else():
    found = problems(["grade: string", "late: boolean"], [(['"good"', ""], ["1"]), (['"bad"', "True"], ["2"])])
    assert [one.message for one in found] == [
        'No row is sure to fit when grade is "bad" and late is False. Add a last row with empty cells.'
    ]
    words = problems(["grade: string"], [(['"good"'], ["1"])])
    assert "when grade is anything else" in words[0].message
    assert codes(["grade"], [(["today()"], ["1"])]) == [("gap", "routing")]


def test_first_needs_none_when_its_rows_answer_every_case():
    assert codes(["late: boolean"], [(["True"], ["1"]), (["False"], ["2"])]) == []
    assert codes(["days: number"], [(["< 5"], ["1"]), ([">= 5"], ["2"])]) == []


@pytest.mark.parametrize(
    ("kind", "cells", "gap"),
    [
        ("integer", ["< 3", "> 3"], "days is 3"),
        ("integer", ["<= 3", ">= 4"], None),
        ("number", ["<= 3", ">= 4"], "days is 3.5"),
        ("integer", ["<= 3", ">= 6"], "days is 4"),
        ("integer", ["1 <= ? <= 3", ">= 4"], "days is 0"),
        ("boolean", ["True"], "days is False"),
        ("", ["2", "True", '"a"'], "days is False"),
        ("string", ['"a"', '"b"'], None),
        ("number", ["1", "2"], None),
        ("string", ['< "2026-01-01"', '> "2026-01-01"'], 'days is "2026-01-01"'),
        ("string", ['!= "a"'], 'days is "a"'),
        ("string", ['"a"', "len(?) > 2"], None),
    ],
)
def test_unique_is_complete_for_the_answers_its_cells_tell_apart(kind, cells, gap):
    found = problems([f"days: {kind}"], [([one], ["1"]) for one in cells], "UNIQUE")
    assert [one.message for one in found] == ([f"No row fits when {gap}. Add a row for it."] if gap else [])


def test_unique_rows_that_fit_the_same_case_are_told_with_both_ids():
    rows = [
        (["< 5", '"a"'], ["1"]),
        ([">= 5", ""], ["2"]),
        (["? > 2 and ? < 9", '"a"'], ["3"]),
        (["< 5", '"b"'], ["4"]),
    ]
    found = problems(["days: integer", "word: string"], rows, "UNIQUE")
    assert [(one.code, one.element) for one in found] == [("overlap", "r3"), ("overlap", "r3")]
    assert found[0].message == (
        'Row 1 (r1) and row 3 (r3) both fit when days is 3 and word is "a". '
        "Make them differ, or set the hit policy to FIRST."
    )
    assert "Row 2 (r2) and row 3 (r3)" in found[1].message


def test_one_and_true_are_equal_here_as_in_every_expression():
    rows = [(["1"], ["1"]), (["True"], ["2"]), (["False"], ["3"])]
    assert codes(["days"], rows, "UNIQUE") == [("overlap", "r2")]


def test_cells_that_ask_more_than_their_input_are_given_the_benefit_of_the_doubt():
    rows = [(["? > limit", ""], ["1"]), (["? <= limit", ""], ["2"])]
    assert codes(["days", "limit"], rows, "UNIQUE") == []
    assert codes(["day"], [(["today()"], ["1"]), (['"2026-12-10"'], ["2"]), ([""], ["3"])]) == []


def test_two_columns_with_the_same_question_are_one_question():
    assert codes(["days: integer", "days: integer"], [(["< 5", ""], ["1"]), ([">= 5", ""], ["2"])], "UNIQUE") == []
    contradiction = [(["< 5", "> 7"], ["1"]), (["", ""], ["2"])]
    assert codes(["days: integer", "days: integer"], contradiction) == [("unreachable", "r1")]


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        ([['"a"', ""], ['"a"', ""], ["", ""]], "row 1 (r1) fits whatever it fits"),
        ([["", "True"], ['"a"', "True"], ["", ""]], "row 1 (r1) fits whatever it fits"),
        ([["", "True"], ["", "False"], ['"a"', ""], ["", ""]], "the rows above it fit whatever it fits"),
        ([["", ""], ['"a"', "True"]], "row 1 (r1) fits whatever it fits"),
    ],
)
def test_a_row_that_is_never_reached_is_told(rows, hidden):
    found = problems(["word: string", "late: boolean"], [(row, ["1"]) for row in rows])
    assert [one.code for one in found] == ["unreachable"]
    assert f"is never reached: {hidden}. Remove it, or move it up." in found[0].message


def test_a_last_row_for_everything_else_may_stand_where_nothing_else_is_left():
    assert codes(["late: boolean"], [(["True"], ["1"]), (["False"], ["2"]), ([""], ["3"])]) == []


def test_collect_may_leave_cases_out_and_answer_twice():
    assert codes(["days: integer"], [(["> 5"], ["1"]), (["> 7"], ["2"])], "COLLECT") == []


def test_a_large_table_is_checked_in_bounded_time_and_still_needs_its_last_row():
    rows = [([f"> {n}", f'"{n}"'], ["1"]) for n in range(600)]
    assert codes(["days: integer", "word: string"], rows)[0] == ("gap", "routing")


days = st.integers(0, 6)
cells = st.sampled_from([""]) | st.builds("{} {}".format, st.sampled_from(["<", ">=", "==", "!="]), days)
flags = st.sampled_from(["", "True", "False"])


@given(st.lists(st.tuples(cells, flags), min_size=1, max_size=5))
def test_gaps_and_overlaps_are_those_that_trying_every_case_shows(rows):
    xml = table(["days: integer", "late: boolean"], ["n"], [(row, ["1"]) for row in rows], "UNIQUE")
    hits = read_decision(FILE, xml.replace(b"UNIQUE", b"COLLECT"))
    counts = [
        len(hits.decide({"days": number, "late": late}, LANGUAGE)) for number in range(-2, 10) for late in (True, False)
    ]
    found = {one.code for one in problems_of_decision(FILE, xml, LANGUAGE)} - {"unreachable"}
    assert ("overlap" in found) == (max(counts) > 1)
    if any(cell[:1] in "<>" and cell for cell, _ in rows):
        assert ("gap" in found) == (min(counts) == 0)


@pytest.mark.parametrize("path", sorted(Path("processes").glob("*.dmn")), ids=lambda path: path.stem)
def test_the_tables_of_the_manual_are_sound(path):
    assert problems_of_decision(f"processes/{path.name}", path.read_bytes(), LANGUAGE) == []
