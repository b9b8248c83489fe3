"""Owner text reaches what a command hands in, and nothing else; what fails names its element."""

from types import SimpleNamespace

import orjson
import pytest

from engine.bpmn.language.expressions import Language
from engine.bpmn.runtime.moment import Moment
from engine.bpmn.runtime.surroundings import ScriptEngine, Surroundings
from engine.errors import NotNow, StepFailed
from tests.factories.running import BEGIN


def engine(**operations) -> ScriptEngine:
    functions = {"today": lambda: "2026-12-01"}
    return ScriptEngine(Surroundings(Moment(BEGIN), functions, operations), Language(functions))


def task(element="ask", **data):
    spec = SimpleNamespace(bpmn_id=element, name="ask [child]")
    return SimpleNamespace(data=data, task_spec=spec, workflow=SimpleNamespace(spec=SimpleNamespace(name="errand")))


def given(**values):
    return {name: {"value": value, "type": "any"} for name, value in values.items()}


def test_expressions_read_data_and_functions():
    assert engine().evaluate(task(start="2026-12-01"), "start == today()") is True


def test_scripts_set_data():
    asked = task(n=1)
    assert engine().execute(asked, "n = n + 1\nm = n")
    assert asked.data == {"n": 2, "m": 2}


def test_an_operation_gets_the_data_and_its_parameters_and_its_answer_is_json():
    calls = []

    def allocate(data, *, post, exclude):
        calls.append((data["case"], post, exclude))
        return {"who": ("kim", "lee")}

    answer = engine(allocate=allocate).call_service(task(case="CF-1"), "allocate", given(post="Auditor", exclude=[]))
    assert orjson.loads(answer) == {"who": ["kim", "lee"]}
    assert calls == [("CF-1", "Auditor", [])]


def test_what_an_operation_refuses_passes_as_it_is():
    def refuse(_data):
        raise NotNow(doing="This", reason="it is late")

    with pytest.raises(NotNow):
        engine(refuse=refuse).call_service(task(), "refuse", {})


@pytest.mark.parametrize("element", ["ask", None])
def test_what_fails_names_its_element(element):
    shown = element or r"ask \[child\]"
    for fail in (
        lambda: engine().evaluate(task(element), "missing > 1"),
        lambda: engine().execute(task(element), "n = missing"),
        lambda: engine().call_service(task(element), "unheard_of", {}),
    ):
        with pytest.raises(StepFailed, match=f"errand stopped at {shown}"):
            fail()


def test_an_answer_that_json_would_change_silently_is_refused():
    with pytest.raises(ValueError, match="cannot be kept"):
        engine(measure=lambda _data: float("inf")).call_service(task(), "measure", {})
