"""Processes to run: those of the council as they stand in the checkout, and small ones of given parts."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from engine.bpmn.definitions import Deployment, deployment_of, rebuilt
from engine.bpmn.documents import parse_xml
from engine.bpmn.model import Model, decisions_of
from engine.service.policy.deployments import read_snapshot
from engine.service.vocabulary import vocabulary
from tests.factories import diagrams as draw
from tests.factories.choices import answers_in, variables_in
from tests.factories.policies import VISIT
from tests.factories.running import Choices, Drawing
from tests.factories.snapshots import GOOD, snapshot

ROOT = Path(__file__).parents[2]
Choice = tuple[Any, ...]
NOWHERE: Mapping[str, Choices] = {}
FACTS = {"start": "2026-12-01", "case": "CF-20931", "sky": "grey", "children": ["Ann", "Bo", "Cy"], "n": 0}
OURS: Mapping[str, Any] = {
    "case": "CF-20931",
    "audit": "0123456789abcdef",
    "auditor": "kim",
    "audit_instance": "fedcba9876543210",
    "cycle": "2026-12",
    "reference_date": "2026-12-01",
    "start": "2026-12-01",
    "instance": "00112233445566aa",
    "parent": "aa66554433221100",
    "observation_reference": "CWD OBS 1",
    "audit_result": {"remedial_actions": 1, "grade": "Good"},
}


PLAN = "processes/improvement_plan.dmn"
# What a table tells apart and no expression does: a meeting while the plan runs, and one after it.
TOLD: Mapping[str, Choice] = {"meeting_date": ("2026-12-15", "2027-12-15")}
# A fact that a form answers anew: another auditor, or that there is none.
ANSWERED: Mapping[str, Mapping[str, Choices]] = {"case_audit": {"reassign_audit": {"auditor": ("kim", None)}}}
OUR_PROCESSES = sorted(path.stem for path in (ROOT / "processes").glob("*.bpmn"))


@cache
def files() -> Mapping[str, bytes]:
    """The policy of the checkout, but with an improvement plan that runs for a year."""
    found = dict(read_snapshot(ROOT))
    table = found[PLAN]
    found[PLAN] = table.replace(b"9999-12-30", b"2026-01-01").replace(b"9999-12-31", b"2026-12-31")
    assert found[PLAN] != table
    return found


@cache
def policy() -> Deployment:
    """That policy, deployed."""
    return deployment_of(files(), vocabulary())


@cache
def ours(process: str) -> Drawing:
    """One of the council's processes, as it is in the checkout."""
    file, xml = f"processes/{process}.bpmn", policy().definition(process).xml
    model = Model(file, xml, parse_xml(file, xml))
    return Drawing(
        name=process,
        process=process,
        deployment=policy(),
        sources=(xml,),
        tables=tuple(files()[f"processes/{table}.dmn"] for table in sorted(decisions_of(model))),
        facts=OURS,
        answers={name: TOLD.get(name, choices) for name, choices in variables_in(model).items() if name not in OURS},
        answers_at=ANSWERED.get(process, {}),
        operations=answers_in(model),
        has_own_deadlines=True,
    )


def drawn(
    name: str, *parts: str, top: str = "", called: bytes = VISIT, at: Mapping[str, Choices] = NOWHERE, **answers: Choice
) -> Drawing:
    """A process made of these parts, called `errand`; it may call the process `visit`."""
    return given(name, draw.diagram("errand", *parts, top=top), called, at, **answers)


def given(
    name: str, errand: bytes, called: bytes = VISIT, at: Mapping[str, Choices] = NOWHERE, **answers: Choice
) -> Drawing:
    """A process called `errand` from its file."""
    return Drawing(
        name=name,
        process="errand",
        deployment=rebuilt(snapshot({"processes/errand.bpmn": errand, "processes/visit.bpmn": called})),
        sources=(errand, called),
        tables=(GOOD["processes/weather.dmn"],),
        facts=FACTS,
        answers=answers,
        answers_at=at,
    )
