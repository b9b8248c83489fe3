"""DMN files for tests."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"

Row = tuple[Sequence[str], Sequence[str]]


def table(
    inputs: Sequence[str], outputs: Sequence[str], rows: Sequence[Row], policy: str = "FIRST", inside: str = ""
) -> bytes:
    """Return a DMN file. Inputs are written "expression" or "expression: type"; rules are called r1, r2, ..."""
    columns = "".join(_input(place, *one.partition(": ")[::2]) for place, one in enumerate(inputs))
    columns += "".join(f'<output id="o{place}" name={quoteattr(name)}/>' for place, name in enumerate(outputs))
    rules = "".join(rule(f"r{number}", *row) for number, row in enumerate(rows, 1))
    return document(f'<decisionTable id="dt" hitPolicy="{policy}">{columns}{inside}{rules}</decisionTable>')


def document(body: str) -> bytes:
    """Return a DMN file with one decision, which holds `body`."""
    return (
        f'<definitions xmlns="{NAMESPACE}" id="d" name="d" namespace="urn:t">'
        f'<decision id="routing" name="Who is asked next">{body}</decision></definitions>'
    ).encode()


def rule(name: str, asking: Sequence[str], answering: Sequence[str]) -> str:
    """Return a row."""
    cells = "".join(_cell(f"{name}i{place}", "inputEntry", cell) for place, cell in enumerate(asking))
    cells += "".join(_cell(f"{name}o{place}", "outputEntry", cell) for place, cell in enumerate(answering))
    return f'<rule id="{name}"><description>why {name}</description>{cells}</rule>'


def _input(place: int, expression: str, kind: str) -> str:
    return (
        f'<input id="i{place}" label={quoteattr(expression)}><inputExpression id="e{place}" typeRef="{kind}">'
        f"<text>{escape(expression)}</text></inputExpression></input>"
    )


def _cell(name: str, tag: str, text: str) -> str:
    return f'<{tag} id="{name}"><text>{escape(text)}</text></{tag}>'
