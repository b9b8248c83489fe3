"""What a check of policy files finds."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that must be mended before policy files can be deployed.

    `file` is the path inside the snapshot ("processes/case_audit.bpmn"), `element` the id of the diagram
    element, table rule, question or line concerned (empty for the file as a whole), `code` a short stable
    name for the kind of problem, and `message` a sentence with its remedy.
    """

    file: str
    element: str
    code: str
    message: str
