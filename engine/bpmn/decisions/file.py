"""Reading decision tables from DMN 1.3 files."""

from collections.abc import Sequence
from typing import Final

from engine.bpmn.decisions.table import HIT_POLICIES, Decision, Input, Output, Rule
from engine.bpmn.documents import Element, parse_xml
from engine.errors import Unreadable

MOST_BYTES: Final = 1_000_000
MOST_RULES: Final = 1_000
MOST_COLUMNS: Final = 50

_NAMESPACE: Final = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"


def read_decision(file: str, xml: bytes) -> Decision:
    """Return the one decision table of a DMN 1.3 file; `file` is its path, for the refusal.

    At most 1 MB, 1,000 rules and 50 columns, without DOCTYPE or entities. Comments, drawings and columns of
    annotations are left out; a cell `-` is read as empty. Raises Unreadable for anything else than one table with
    hit policy FIRST, UNIQUE (the default) or COLLECT without aggregation, whose rows all have a cell a column.
    """
    if len(xml) > MOST_BYTES:
        raise _unreadable(file, f"it has {len(xml):,} bytes, and the most is {MOST_BYTES:,}.")
    root = parse_xml(file, xml)
    if root.tag != f"{_NAMESPACE}definitions":
        raise _unreadable(file, "it is not DMN 1.3. Save it as DMN 1.3.")
    decision = _only(file, root, "decision")
    table = _only(file, decision, "decisionTable")
    identity = decision.get("id", "")
    if not identity:
        raise _unreadable(file, "the decision has no id. Give it one.")
    inputs = tuple(_input(file, element) for element in table.findall(f"{_NAMESPACE}input"))
    outputs = tuple(_output(file, element) for element in table.findall(f"{_NAMESPACE}output"))
    rows = table.findall(f"{_NAMESPACE}rule")
    _refuse_size(file, len(inputs), len(outputs), len(rows))
    return Decision(
        id=identity,
        title=decision.get("name") or identity,
        inputs=inputs,
        outputs=outputs,
        hit_policy=_hit_policy(file, table),
        rules=tuple(_rule(file, number, row, len(inputs), len(outputs)) for number, row in enumerate(rows, 1)),
    )


def _only(file: str, parent: Element, name: str) -> Element:
    found = parent.findall(f"{_NAMESPACE}{name}")
    if len(found) != 1:
        raise _unreadable(file, f"it has {len(found)} elements “{name}”. Keep one decision with one table in a file.")
    return found[0]


def _hit_policy(file: str, table: Element) -> str:
    policy = str(table.get("hitPolicy", "UNIQUE"))
    if policy not in HIT_POLICIES:
        raise _unreadable(file, f"the hit policy is {policy}. Use FIRST, UNIQUE or COLLECT.")
    if table.get("aggregation"):
        raise _unreadable(file, "COLLECT is asked to aggregate. Collect the values, and use sum(...) or len(...).")
    return policy


def _input(file: str, element: Element) -> Input:
    label = element.get("label", "")
    asked = element.find(f"{_NAMESPACE}inputExpression")
    expression = "" if asked is None else _text(asked)
    if not expression:
        raise _unreadable(file, f"the input column “{label}” asks nothing. Write an expression, such as grade.")
    return Input(expression, label or expression, asked.get("typeRef", ""))


def _output(file: str, element: Element) -> Output:
    if element.find(f"{_NAMESPACE}defaultOutputEntry") is not None:
        raise _unreadable(file, "an output has a default. Add a last row with empty cells instead.")
    name = element.get("name", "")
    return Output(name, element.get("label", "") or name, element.get("typeRef", ""))


def _rule(file: str, number: int, element: Element, inputs: int, outputs: int) -> Rule:
    asking = _texts(element, "inputEntry")
    answering = _texts(element, "outputEntry")
    if (len(asking), len(answering)) != (inputs, outputs):
        raise _unreadable(
            file,
            f"rule {number} has {len(asking)} input and {len(answering)} output cells, and the table has {inputs} "
            f"and {outputs} columns. Give each row a cell in each column.",
        )
    return Rule(
        id=element.get("id", ""),
        inputs=tuple("" if cell == "-" else cell for cell in asking),
        outputs=tuple(answering),
        description=(element.findtext(f"{_NAMESPACE}description") or "").strip(),
    )


def _texts(element: Element, name: str) -> Sequence[str]:
    return [_text(cell) for cell in element.findall(f"{_NAMESPACE}{name}")]


def _text(element: Element) -> str:
    return (element.findtext(f"{_NAMESPACE}text") or "").strip()


def _refuse_size(file: str, inputs: int, outputs: int, rules: int) -> None:
    if not outputs:
        raise _unreadable(file, "the table has no output column. Add one.")
    if not rules:
        raise _unreadable(file, "the table has no rule. Add one.")
    if inputs + outputs > MOST_COLUMNS or rules > MOST_RULES:
        raise _unreadable(
            file, f"the table is too large; the most is {MOST_RULES:,} rules and {MOST_COLUMNS} columns. Split it."
        )


def _unreadable(file: str, reason: str) -> Unreadable:
    return Unreadable(file=file, reason=reason)
