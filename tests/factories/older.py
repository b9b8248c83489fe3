"""A policy that was accepted before a rule of today's."""

from typing import Any

import pytest

from engine.bpmn.lint import diagram
from engine.bpmn.lint.leavers import named_tasks
from tests.factories.council import Council, policy

DRAWN = "processes/case_audit.bpmn"


def before_leavers(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deploy a policy whose diagram of an audit waits for nothing when its auditor leaves."""
    earlier: tuple[Any, ...] = tuple(rule for rule in diagram.AMONG_OTHERS if rule is not named_tasks)
    monkeypatch.setattr(diagram, "AMONG_OTHERS", earlier)
    council.deploy({DRAWN: policy()[DRAWN].replace(b'name="Auditor left" />', b'name="Copies closed" />')})
