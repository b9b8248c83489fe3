"""SpiffWorkflow evaluates what owners write in the owners' language, and in nothing else."""

import pytest
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.parser import SpiffBpmnParser

from engine.bpmn.language.expressions import Language, ScriptEnvironment
from engine.errors import ExpressionRefused
from tests.factories.stock import stock_library

BPMN = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <process id="grading" isExecutable="true">
  <startEvent id="begin"/><sequenceFlow id="f1" sourceRef="begin" targetRef="grade"/>
  <scriptTask id="grade"><script>record["points"] = [x * 2 for x in points]</script></scriptTask>
  <sequenceFlow id="f2" sourceRef="grade" targetRef="which"/>
  <exclusiveGateway id="which" default="low"/>
  <sequenceFlow id="high" sourceRef="which" targetRef="praise"><conditionExpression xsi:type="tFormalExpression">
    sum(record.points) &gt; 5</conditionExpression></sequenceFlow>
  <sequenceFlow id="low" sourceRef="which" targetRef="end"/>
  <scriptTask id="praise"><script>praised = True</script></scriptTask>
  <sequenceFlow id="f3" sourceRef="praise" targetRef="end"/><endEvent id="end"/>
 </process></definitions>"""


@pytest.mark.parametrize(("points", "praised"), [([1, 2], True), ([1], None)])
def test_a_diagram_runs_on_the_language(points, praised):
    parser = SpiffBpmnParser()
    parser.add_bpmn_str(BPMN.encode())
    engine = PythonScriptEngine(environment=ScriptEnvironment(Language({})))
    with stock_library():
        workflow = BpmnWorkflow(parser.get_spec("grading"), script_engine=engine)
        workflow.get_next_task(spec_name="Start").data.update(record={}, points=points)
        workflow.do_engine_steps()
    assert workflow.is_completed()
    assert workflow.data["record"] == {"points": [x * 2 for x in points]}
    assert workflow.data.get("praised") is praised


def test_the_data_of_a_task_goes_before_what_the_workflow_engine_adds():
    environment = ScriptEnvironment(Language({}))
    assert environment.evaluate("score + extra", {"score": 3}, {"score": 1, "extra": 2}) == 5


def test_an_expression_calls_no_service_operation():
    with pytest.raises(ExpressionRefused):
        ScriptEnvironment(Language({})).call_service({}, operation_name="notify", operation_params={})


def test_a_refused_script_sets_nothing_at_all():
    context = {"score": 3, "seen": [1]}
    environment = ScriptEnvironment(Language({}))
    with pytest.raises(ExpressionRefused):
        environment.execute("score = 4\nseen[0] = 2\nfresh = 1 / 0", context)
    assert context == {"score": 3, "seen": [1]}
