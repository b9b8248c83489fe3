"""Which failed steps may never be skipped, whatever a table says: all but those that tell people of something, and of
these every one that carries a hard gate of the manual.
"""

from collections.abc import Collection
from typing import Final

from engine.bpmn.citations import cited
from engine.bpmn.facts import ElementFacts

TABLE: Final = "skipping"
PROCESS, OPERATION, ELEMENT = "process", "operation", "element"

HARD_GATES: Final = cited(
    "R-16, R-69, R-78, R-79; R-30, R-110; R-54; R-90, R-94, R-95; R-93; R-98, R-100, R-101; R-80 to R-85; R-108; "
    "R-73, R-74; R-12; R-44, R-45; I-07"
)
"""The requirements of the hard gates (requirements 1.7), and with them that a child's safety waits for nobody."""


def reason_against(facts: ElementFacts, skippable: Collection[str]) -> str | None:
    """Return why an element may not be skipped under any table, None when a table may allow it.

    `skippable` are the service operations without which no record is falsified.
    """
    if facts.operation is None:
        return "only a step that the system takes by itself, such as a letter, can be skipped"
    if facts.operation not in skippable:
        return "it does more than tell somebody of something, and a record would be wrong without it"
    if facts.is_heard:
        return "the work goes on by what this step finds out"
    gates = sorted(cited(facts.documentation) & HARD_GATES)
    return f"it belongs to a hard gate of the manual ({', '.join(gates)})" if gates else None
