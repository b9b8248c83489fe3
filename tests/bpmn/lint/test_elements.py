"""Only what the engine carries out may stand in a diagram."""

import pytest

from tests.factories.diagrams import chain, diagram, element, end, extensions, properties, start, user
from tests.factories.policies import codes
from tests.factories.stock import parsed

NOTE = (
    '<bpmn:textAnnotation id="note"><bpmn:text>Ask twice</bpmn:text></bpmn:textAnnotation>'
    '<bpmn:association id="noted" sourceRef="fetch" targetRef="note"/>'
)
KEY = '<bpmn:correlationKey id="key" name="case"/>'


def errand(*parts: str, top: str = "", task: str = "") -> bytes:
    return diagram("errand", start(), task or user("fetch"), end(), chain("begun", "fetch", "done"), *parts, top=top)


def test_notes_groups_and_participants_are_welcome() -> None:
    pool = '<bpmn:collaboration id="pool"><bpmn:participant id="team" processRef="errand"/></bpmn:collaboration>'
    assert codes(errand(NOTE, top=pool)) == {}


@pytest.mark.parametrize(
    ("parts", "top", "element_id", "code"),
    [
        (element("transaction", "swap"), "", "swap", "transaction"),
        (element("adHocSubProcess", "bag"), "", "bag", "ad-hoc"),
        (element("dataObject", "file"), "", "file", "data-object"),
        (element("dataStoreReference", "shelf"), "", "shelf", "data-store"),
        ("", element("dataStore", "shelf", name="shelf"), "shelf", "data-store"),
        ("", f'<bpmn:collaboration id="pool">{KEY}</bpmn:collaboration>', "key", "correlation"),
        ("", element("correlationProperty", "case"), "case", "correlation"),
        ("", element("choreography", "dance"), "dance", "unsupported-element"),
        ("", element("itemDefinition", "item"), "item", "unsupported-element"),
    ],
)
def test_elements_that_are_refused(parts: str, top: str, element_id: str, code: str) -> None:
    assert code in codes(errand(parts, top=top))[element_id]


def test_a_standard_loop() -> None:
    looped = user("fetch", element("standardLoopCharacteristics", "loop", loopMaximum="3"))
    assert codes(errand(task=looped)) == {"fetch": {"standard-loop"}}


@pytest.mark.parametrize("attribute", ["camunda__assignee", "camunda__formKey"])
def test_attributes_of_other_engines_have_no_effect(attribute: str) -> None:
    task = user("fetch").replace("<bpmn:userTask", f'<bpmn:userTask {attribute.replace("__", ":")}="bob"', 1)
    assert codes(errand(task=task)) == {"fetch": {"attribute-ignored"}}
    assert "bob" not in str(vars(parsed(errand(task=task)).task_specs["fetch"]))


def test_attributes_that_the_stock_library_never_reads() -> None:
    task = user("fetch").replace("<bpmn:userTask", '<bpmn:userTask isForCompensation="true"', 1)
    assert codes(errand(task=task)) == {"fetch": {"attribute-ignored"}}
    harmless = user("fetch").replace("<bpmn:userTask", '<bpmn:userTask isForCompensation="false"', 1)
    assert codes(errand(task=harmless)) == {}


@pytest.mark.parametrize(
    "extension",
    [
        "<camunda:formData/>",
        "<spiffworkflow:allowGuest>true</spiffworkflow:allowGuest>",
        "<spiffworkflow:instructionsForEndUser>Hello {{ name }}</spiffworkflow:instructionsForEndUser>",
        "<spiffworkflow:calledDecisionId>weather</spiffworkflow:calledDecisionId>",
    ],
)
def test_extensions_that_have_no_effect(extension: str) -> None:
    task = user("fetch", scripts=extension)
    assert codes(errand(task=task)) == {"fetch": {"extension-ignored"}}


def test_a_property_without_value_or_given_twice() -> None:
    empty = '<spiffworkflow:properties><spiffworkflow:property name="due"/></spiffworkflow:properties>'
    form = '<spiffworkflow:property name="formJsonSchemaFilename" value="answer.json"/>'
    twice = f"<spiffworkflow:properties>{form}{form}</spiffworkflow:properties>"
    assert "property" in codes(errand(task=element("userTask", "fetch", extensions(empty))))["fetch"]
    assert codes(errand(task=element("userTask", "fetch", extensions(twice)))) == {"fetch": {"property"}}


def test_misspelt_elements_are_found_by_the_schema() -> None:
    drawing = errand().replace(b"bpmn:endEvent", b"bpmn:endEvnt")
    assert "schema" in codes(drawing)["done"]


def test_attributes_of_the_wrong_kind_are_found_by_the_schema() -> None:
    drawing = errand().replace(b'isExecutable="true"', b'isExecutable="yes"')
    assert codes(drawing)["errand"] == {"schema", "not-executable"}


def test_a_start_is_about_a_case_or_about_none() -> None:
    def begun(about: str) -> bytes:
        first = start("begun", extensions(properties(about=about)))
        return diagram("errand", first, user("fetch"), end(), chain("begun", "fetch", "done"))

    assert codes(begun("no case")) == {}
    assert codes(begun("nothing")) == {"begun": {"property"}}
