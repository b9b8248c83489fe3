"""A small complete policy: what a diagram under test may refer to, with good files beside it."""

from collections.abc import Mapping

from engine.bpmn.language.expressions import Language
from engine.bpmn.lint.diagram import problems_of_diagram
from engine.bpmn.model import Model, read_model
from engine.bpmn.policy import Policy
from engine.bpmn.vocabulary import OperationSignature, Vocabulary
from engine.domain.problems import Problem
from tests.factories import diagrams as draw

FUNCTIONS = frozenset(("today", "now", "working_days", "months", "deadline"))
OPERATIONS = {
    "notify": OperationSignature(required=frozenset(("to", "notice"))),
    "start_process": OperationSignature(required=frozenset(("process",)), takes_facts=True),
    "send_message": OperationSignature(
        required=frozenset(("message",)), optional=frozenset(("to", "process")), takes_facts=True
    ),
    "allocate": OperationSignature(required=frozenset(("post",)), optional=frozenset(("exclude",))),
    "record_audit": OperationSignature(),
}
VOCABULARY = Vocabulary(FUNCTIONS, OPERATIONS)

VISIT = draw.diagram(
    "visit",
    draw.start("asked"),
    draw.user("see_the_child", due='deadline("audit", today())'),
    draw.boundary("called_back", "see_the_child", draw.message()),
    draw.service("recall_the_errand", "send_message", message='"recall"', process='"errand"'),
    draw.end("seen"),
    draw.end("returned"),
    draw.chain("asked", "see_the_child", "recall_the_errand", "seen"),
    draw.chain("called_back", "returned"),
    top=draw.MESSAGE,
)
"""A good diagram that has nothing to do with the one under test, except that it sends and awaits “recall”."""


def model(content: bytes, file: str = "processes/errand.bpmn") -> Model:
    return read_model(file, content)


def policy_around(*models: Model) -> Policy:
    known = {one.process_id: one for one in (*models, model(VISIT, "processes/visit.bpmn"))}
    return Policy(
        language=Language(dict.fromkeys(FUNCTIONS, _nothing)),
        vocabulary=VOCABULARY,
        models=known,
        processes=frozenset(known),
        decisions=frozenset(("weather",)),
        forms=frozenset(("answer.json", "grading.json")),
        notices=frozenset(("assigned",)),
        posts=frozenset(("Practice Manager", "Auditor")),
        deadlines=frozenset(("audit", "remediation")),
        answers={"weather": frozenset(("umbrella",))},
        said={"grading.json": frozenset(("grade",))},
        leavers={"Guest": "guest left", "Lodger": ""},
    )


def problems(content: bytes, *others: Model, file: str = "processes/errand.bpmn") -> list[Problem]:
    """What the linter finds in a diagram among good neighbours."""
    checked = model(content, file)
    return problems_of_diagram(checked, policy_around(checked, *others))


def codes(content: bytes, *others: Model) -> Mapping[str, set[str]]:
    """The codes of the problems found, by element id."""
    found: dict[str, set[str]] = {}
    for problem in problems(content, *others):
        found.setdefault(problem.element, set()).add(problem.code)
    return found


def _nothing(*_arguments: object) -> object:
    return None
