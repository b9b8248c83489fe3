"""Whole small policies: good files beside the ones under test."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow

from engine.bpmn.definitions import Definition, Deployment, Snapshot, deployment_of
from engine.bpmn.language.expressions import Language
from engine.bpmn.runtime.moment import Moment
from engine.bpmn.runtime.surroundings import ScriptEngine, Surroundings
from tests.factories.diagrams import MESSAGE, boundary, catch, chain, diagram, end, message, start, user
from tests.factories.policies import VISIT, VOCABULARY

ERRAND = diagram(
    "errand",
    start(),
    user("fetch"),
    boundary("called_off", "fetch", message()),
    end("left"),
    end(),
    chain("begun", "fetch", "done"),
    chain("called_off", "left"),
    top=MESSAGE,
)
AUTUMN = datetime(2026, 10, 14, 9, tzinfo=UTC)
FORM = {
    "title": "Answer",
    "documentation": "Manual section 7.",
    "sections": [
        {
            "id": "only",
            "title": "Only section",
            "questions": [{"id": "said", "type": "text", "label": "What was said", "variable": "said"}],
        }
    ],
}
NOTICE = "An errand for you\n\nHello {recipient},\n\nPlease fetch.\n"
STORY = 'Feature: Fetching\n  Scenario: It rains\n    Then Mo has the task "See the child"\n'


def table(decision: str, question: str, answer: str, rows: Mapping[str, str], hit_policy: str = "FIRST") -> bytes:
    """A decision table of one input and one output column; `rows` are cells of the owners' language.

    A last row which answers "" catches everything else, unless `rows` has one.
    """
    rows = {**rows, "": rows.get("", '""')} if hit_policy == "FIRST" else rows
    written = "".join(
        f'<rule id="row_{number}"><description>Manual 7</description>'
        f'<inputEntry id="row_{number}_in"><text>{asked}</text></inputEntry>'
        f'<outputEntry id="row_{number}_out"><text>{given}</text></outputEntry></rule>'
        for number, (asked, given) in enumerate(rows.items())
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="file" name="file" namespace="urn:test">'
        f'<decision id="{decision}" name="{decision}"><decisionTable id="table" hitPolicy="{hit_policy}">'
        f'<input id="asked" label="{question}"><inputExpression id="expression"><text>{question}</text>'
        f'</inputExpression></input><output id="answered" label="{answer}" name="{answer}"/>{written}'
        "</decisionTable></decision></definitions>"
    ).encode()


GOOD: Mapping[str, bytes] = {
    "processes/README.md": b"# How to read this\n",
    "processes/errand.bpmn": ERRAND,
    "processes/visit.bpmn": VISIT,
    "processes/weather.dmn": table("weather", "sky", "umbrella", {'"grey"': "True", "": "False"}),
    "processes/posts.dmn": table("posts", "lane", "holder", {'"Practice Manager"': '"team"', '"Auditor"': '"case"'}),
    "processes/deadlines.dmn": table("deadlines", "activity", "length", {'"audit"': "20", '"remediation"': "25"}),
    "processes/stories/01_fetch.feature": STORY.encode(),
    "forms/answer.json": json.dumps(FORM).encode(),
    "forms/notices/assigned.txt": NOTICE.encode(),
}


ERRAND_FILE = "processes/errand.bpmn"


def snapshot(changes: Mapping[str, bytes | None] = MappingProxyType({})) -> Snapshot:
    """The good policy with some files changed, added, or (None) left out."""
    files: dict[str, bytes | None] = {**GOOD, **changes}
    return Snapshot({path: content for path, content in files.items() if content is not None})


def errand(*parts: str) -> bytes:
    """A diagram called errand whose last step, `hear`, waits for the recall; the parts lead from `begun` to it."""
    return diagram("errand", start(), *parts, catch("hear", message()), end(), chain("hear", "done"), top=MESSAGE)


def deployed(drawing: bytes, others: Mapping[str, bytes] = MappingProxyType({})) -> Deployment:
    """The good policy deployed with another errand.bpmn, and with `others`."""
    return deployment_of(snapshot({ERRAND_FILE: drawing, **others}), VOCABULARY)


def around() -> Surroundings:
    """The surroundings of one command, without functions or operations."""
    return Surroundings(Moment(AUTUMN), {}, {})


def workflow_of(definition: Definition, **data: Any) -> BpmnWorkflow:
    """A running instance on the shared specs of a definition, at its first rest."""
    engine = ScriptEngine(around(), Language({}))
    workflow = BpmnWorkflow(definition.spec, dict(definition.subprocess_specs), script_engine=engine)
    workflow.task_tree.data.update(data)
    workflow.do_engine_steps()
    return workflow
