"""Decision tables answer the same everywhere: read strictly, decided by the owners' language."""

import time
import timeit
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
from SpiffWorkflow.spiff.parser import SpiffBpmnParser

from engine.bpmn.decisions.decision import BusinessRule, read_decision
from engine.bpmn.language.expressions import Language, ScriptEnvironment
from engine.errors import ExpressionRefused, Unreadable
from tests.factories.stock import stock_library
from tests.factories.tables import document, table

DIAGRAM = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:s="http://spiffworkflow.org/bpmn/schema/1.0/core"><process id="routed" isExecutable="true">
  <startEvent id="begin"/><sequenceFlow id="f1" sourceRef="begin" targetRef="ask"/>
  <businessRuleTask id="ask"><extensionElements><s:calledDecisionId>routing</s:calledDecisionId></extensionElements>
  </businessRuleTask><sequenceFlow id="f2" sourceRef="ask" targetRef="end"/><endEvent id="end"/>
 </process></definitions>"""
LANGUAGE = Language({"today": lambda: "2026-12-10"})
ROUTING = table(
    ["grade: string", "selected: boolean"],
    ["post", "reason"],
    [
        (['"inadequate"', ""], ['"Quality Assurance Officer"', '"graded inadequate"']),
        (["", "True"], ['"Quality Assurance Officer"', '"drawn"']),
        (["-", "-"], ['"Practice Manager"', '"the usual way, " + grade']),
    ],
)


def decide(cell, value, **facts):
    decision = read_decision("t.dmn", table(["value"], ["fits"], [([cell], ["True"])]))
    return decision.decide({"value": value, **facts}, LANGUAGE) == {"fits": True}


def test_a_table_is_read_with_its_title_columns_and_reasons():
    decision = read_decision("processes/routing.dmn", ROUTING)
    assert (decision.id, decision.title, decision.hit_policy) == ("routing", "Who is asked next", "FIRST")
    assert [(one.expression, one.label, one.type) for one in decision.inputs] == [
        ("grade", "grade", "string"),
        ("selected", "selected", "boolean"),
    ]
    assert [one.name for one in decision.outputs] == ["post", "reason"]
    assert decision.rules[0].inputs == ('"inadequate"', "")
    assert (decision.rules[2].id, decision.rules[2].inputs, decision.rules[2].description) == ("r3", ("", ""), "why r3")


@pytest.mark.parametrize(
    ("grade", "selected", "reason"),
    [("inadequate", True, "graded inadequate"), ("good", True, "drawn"), ("good", False, "the usual way, good")],
)
def test_the_first_rule_that_fits_answers(grade, selected, reason):
    facts = {"grade": grade, "selected": selected, "unrelated": 1}
    assert read_decision("t.dmn", ROUTING).decide(facts, LANGUAGE)["reason"] == reason


def test_no_rule_that_fits_is_an_empty_answer():
    rows = [(['"good"'], ["1"]), (['"inadequate"'], ["2"])]
    for policy, nothing in (("FIRST", {}), ("UNIQUE", {}), ("COLLECT", [])):
        assert read_decision("t.dmn", table(["a"], ["n"], rows, policy)).decide({"a": "other"}, LANGUAGE) == nothing


def test_collect_answers_with_every_rule_that_fits_in_their_order():
    rows = [(["> 1"], ['"one"', "1"]), (["> 9"], ['"two"', "2"]), ([""], ['"three"', "a"])]
    decision = read_decision("t.dmn", table(["a"], ["word", "n"], rows, "COLLECT"))
    assert decision.decide({"a": 5}, LANGUAGE) == [{"word": "one", "n": 1}, {"word": "three", "n": 5}]
    assert decision.variables({"a": 5}, LANGUAGE) == {"word": ["one", "three"], "n": [1, 5]}


@pytest.mark.parametrize(
    ("cell", "fitting", "other"),
    [
        ('"good"', "good", "bad"),
        ("", "good", None),
        ("-", "good", None),
        ("3", 3, 4),
        ("-3", -3, 3),
        ("True", True, False),
        ("None", None, "good"),
        ("< 5", 4, 5),
        (">= 0.5", 0.5, 0.4),
        ('!= "good"', "bad", "good"),
        ('== "good"', "good", "bad"),
        ('in ["good", "fair"]', "fair", "bad"),
        ("not in [1, 2]", 3, 2),
        ("is None", None, 0),
        ("is not None", 0, None),
        ("2 < ? <= 5", 5, 2),
        ("? < 2 or ? > 5", 6, 3),
        ("< 9 and closed", 8, 9),
        ("len(?) > 2", [1, 2, 3], [1]),
        ('"x" in ?', ["x"], ["y"]),
        ("?.late", {"late": True}, {"late": False}),
        ('"good?"', "good?", "good"),
        ('? == "?"', "?", "!"),
        ("> limit", 12, 10),
        ("limit", 10, 11),
        ("today()", "2026-12-10", "2026-12-11"),
        ("<\n 5  # days", 4, 5),
    ],
)
def test_a_cell_asks_what_it_seems_to_ask(cell, fitting, other):
    assert decide(cell, fitting, limit=10, closed=True)
    if cell not in ("", "-"):
        assert not decide(cell, other, limit=10, closed=True)


NAMED = st.sampled_from(["Good", "Fair", "", 0, 1, 2, 1.5, True, False, None])
# Other keys, such as "\0", are refused before a cell is asked.
KEYS = st.text("abc é", max_size=3)


@given(st.lists(NAMED, max_size=4), NAMED | st.lists(NAMED, max_size=2) | st.dictionaries(KEYS, NAMED))
def test_a_cell_that_names_values_fits_just_what_reckoning_it_would(named, value):
    for cell in [f"in {named!r}", *map(repr, named)]:
        assert decide(cell, value) == LANGUAGE.matches(cell, value, {})


def test_a_comparison_applies_to_the_whole_input():
    decision = read_decision("t.dmn", table(["a or b"], ["n"], [(["< 5"], ["1"])]))
    assert decision.decide({"a": 7, "b": 3}, LANGUAGE) == {}


def test_an_input_is_asked_only_when_a_cell_needs_it():
    decision = read_decision("t.dmn", table(["a", "missing"], ["n"], [(["1", ""], ["1"]), (["2", "3"], ["2"])]))
    assert decision.decide({"a": 1}, LANGUAGE) == {"n": 1}
    with pytest.raises(ExpressionRefused, match="There is no value called 'missing'"):
        decision.decide({"a": 2}, LANGUAGE)


def test_a_refusal_names_the_rule_and_the_table_and_no_value():
    decision = read_decision("t.dmn", table(["a"], ["n"], [(["1"], ["1"]), (["> 3"], ["2"])]))
    with pytest.raises(ExpressionRefused) as caught:
        decision.decide({"a": "words about a child"}, LANGUAGE)
    assert caught.value.sentence.startswith("'> 3' in rule 2 (r2) of the table Who is asked next is refused: ")
    assert "child" not in caught.value.sentence


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (b"<definitions", "not well-formed"),
        (b"<!DOCTYPE x []>" + ROUTING, "DOCTYPE"),
        (ROUTING + b" " * 1_000_000, "the most is 1,000,000"),
        (ROUTING.replace(b"20191111", b"20180521"), "not DMN 1.3"),
        (ROUTING.replace(b'id="routing" ', b""), "no id"),
        (document(""), "0 elements “decisionTable”"),
        (ROUTING.replace(b"</decision>", b'</decision><decision id="b"/>'), "2 elements “decision”"),
        (table(["a"], ["n"], [(["1"], ["1"])], "PRIORITY"), "Use FIRST, UNIQUE or COLLECT"),
        (table(["a"], ["n"], [(["1"], ["1"])], "first"), "Use FIRST, UNIQUE or COLLECT"),
        (table(["a"], ["n"], [(["1"], ["1"])], 'COLLECT" aggregation="SUM'), "aggregate"),
        (table(["a", "b"], ["n"], [(["1"], ["1"])]), "1 input and 1 output cells"),
        (table([""], ["n"], [(["1"], ["1"])]), "asks nothing"),
        (table(["a"], [], [(["1"], [])]), "no output column"),
        (table(["a"], ["n"], []), "no rule"),
        (table(["a"], ["n"], [([""], ["1"])] * 1_001), "too large"),
        (ROUTING.replace(b'<output id="o1" name="reason"/>', b'<output name="reason"><defaultOutputEntry/></output>'),
         "has a default"),
    ],
)  # fmt: skip
def test_what_is_no_single_clear_table_cannot_be_read(xml, reason):
    with pytest.raises(Unreadable) as caught:
        read_decision("processes/t.dmn", xml)
    assert caught.value.sentence.startswith("processes/t.dmn cannot be read: ")
    assert reason in caught.value.sentence


def test_comments_and_annotations_are_left_out():
    xml = ROUTING.replace(b"<rule ", b"<!-- why --><annotation name='x'/><rule ", 1)
    xml = xml.replace(b"</rule>", b"<annotationEntry><text>a note</text></annotationEntry></rule>")
    assert read_decision("t.dmn", xml) == read_decision("t.dmn", ROUTING)


def test_a_table_of_ten_rows_decides_within_a_tenth_of_a_millisecond():
    rows = [([f'"grade {n}"', f">= {n}", ""], [f'"post {n}"', str(n)]) for n in range(9)]
    decision = read_decision(
        "t.dmn", table(["grade", "days", "late"], ["post", "n"], [*rows, (["", "", ""], ["''", "0"])])
    )
    facts = {"grade": "another", "days": 4, "late": True}
    timer = timeit.Timer(lambda: decision.decide(facts, LANGUAGE), timer=time.thread_time)
    assert min(timer.repeat(20, 200)) / 200 < 1e-4


def stock_answer(xml, facts):
    parser = SpiffBpmnParser()
    parser.add_dmn_str(xml)
    parsed = parser.dmn_parsers["routing"]
    parsed.parse()
    return dict(DMNEngine(parsed.decision.decisionTables[0]).result(task(facts, TaskDataEnvironment({"len": len}))))


def task(data, environment):
    workflow = SimpleNamespace(script_engine=PythonScriptEngine(environment=environment))
    return SimpleNamespace(data=data, workflow=workflow, task_spec=SimpleNamespace(bpmn_name="", name=""))


def test_a_diagram_gets_the_answer_as_variables():
    parser = SpiffBpmnParser()
    parser.add_dmn_str(ROUTING)
    parser.add_bpmn_str(DIAGRAM.encode())
    spec = parser.get_spec("routed")
    spec.task_specs["ask"].dmnEngine = BusinessRule(read_decision("t.dmn", ROUTING))
    with stock_library():
        workflow = BpmnWorkflow(spec, script_engine=PythonScriptEngine(environment=ScriptEnvironment(LANGUAGE)))
        workflow.get_next_task(spec_name="Start").data.update(grade="good", selected=True)
        workflow.do_engine_steps()
    assert workflow.data == {"grade": "good", "selected": True, "post": "Quality Assurance Officer", "reason": "drawn"}


small = st.integers(-3, 6)
number_cells = st.sampled_from(["", "-", "? in [1, 3]", "0 < ? <= 4", "? > 2 and ? != 4"]) | st.builds(
    "{}{}".format, st.sampled_from(["", "< ", "<= ", "> ", ">= ", "== ", "!= "]), small
)
text_cells = st.sampled_from(["", "-", '"good"', '"bad?"', '!= "good"', '? in ["good", "fair"]', '? == "bad?"', "word"])
flag_cells = st.sampled_from(["", "True", "False", "!= True"])
answers = st.sampled_from(["1", '"x"', "number", "number + 1", "word", "None", "[1, word]", '{"a": flag}'])
QUESTIONS = {"number": number_cells, "number + other": number_cells, "word": text_cells, "flag": flag_cells}


@st.composite
def tables(draw):
    inputs = draw(st.lists(st.sampled_from(sorted(QUESTIONS)), min_size=1, max_size=4))
    outputs = draw(st.sampled_from([["one"], ["one", "two"]]))
    row = st.tuples(st.tuples(*(QUESTIONS[one] for one in inputs)), st.tuples(*(answers for _ in outputs)))
    rows = draw(st.lists(row, min_size=1, max_size=6))
    return table(inputs, outputs, rows, draw(st.sampled_from(["FIRST", "UNIQUE", "COLLECT"])))


facts = st.fixed_dictionaries(
    {"number": small, "other": small, "word": st.sampled_from(["good", "bad?", "fair", "worse"]), "flag": st.booleans()}
)


@given(tables(), facts)
def test_a_business_rule_task_gets_the_answer_spiffworkflow_itself_would_give(xml, data):
    rule = BusinessRule(read_decision("t.dmn", xml))
    assert rule.result(task(data, ScriptEnvironment(LANGUAGE))) == stock_answer(xml, data)
