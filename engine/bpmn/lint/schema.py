"""A diagram follows the BPMN 2.0 schema."""

import re
import threading
from collections.abc import Iterator
from typing import Any

from lxml import etree
from SpiffWorkflow.spiff.parser.process import VALIDATOR

from engine.bpmn.documents import Element
from engine.bpmn.model import Model
from engine.domain.problems import Problem

_ONE_AT_A_TIME = threading.Lock()
_NAMESPACE = re.compile(r"\{[^}]*\}")
_MOST_WORDS = 300


def schema(model: Model) -> Iterator[Problem]:
    """Report what the schema refuses: misspelt elements and attributes, and elements out of place."""
    with _ONE_AT_A_TIME:
        valid = VALIDATOR.validator.validate(model.root)
        errors = [] if valid else list(VALIDATOR.validator.error_log)
    for error in errors:
        message = _NAMESPACE.sub("", str(error.message))
        shown = message if len(message) <= _MOST_WORDS else f"{message[:_MOST_WORDS]} …"
        yield model.problem(
            _element(model.root, error), "schema", f"Line {error.line} does not follow the BPMN schema: {shown}"
        )


def _element(root: Element, error: Any) -> Element | None:
    """The element an error is about: its path uses the prefixes of the document, a default namespace shows as *."""
    try:
        found = root.getroottree().xpath(error.path, namespaces={key: uri for key, uri in root.nsmap.items() if key})
    except (etree.XPathError, TypeError):
        return None
    return found[0] if found else None
