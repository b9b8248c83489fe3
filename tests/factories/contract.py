"""Asks the interface whatever its OpenAPI document allows, and what it does not, and checks every answer against it."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS

DOCUMENT = "/api/v1/openapi.json"
schemathesis.checks.load_all_checks()
ALWAYS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
# What a request made up by hypothesis alone can be judged by: it knows whether the document allows it.
MADE_UP = ("negative_data_rejection", "positive_data_acceptance", "unsupported_method", "missing_required_header")


def explore(
    app: Flask, tokens: Mapping[str, str], known: Mapping[str, Any], examples: int, number: int = 0
) -> Counter[int]:
    """Ask each operation so many times and return how many answers had which status.

    `tokens` are by the noun of a path, "" for all others. `known` are parts of paths that stand for something: half of
    the requests are about them, the others about what hypothesis makes up. Raises the failures of schemathesis for an
    answer that is a failure of the server, or whose status, content type, headers or body the document does not tell,
    and where what the document allows is refused, or what it forbids is done.
    """
    found: Counter[int] = Counter()
    for result in schemathesis.openapi.from_wsgi(DOCUMENT, app).get_all_operations():
        operation = result.ok()
        token = tokens.get(operation.path.split("/")[3], tokens[""])
        _explore(operation, token, known, examples, number, found)
    return found


def _explore(
    operation: Any, token: str, known: Mapping[str, Any], examples: int, number: int, found: Counter[int]
) -> None:
    modes = schemathesis.GenerationMode
    cases = st.one_of([operation.as_strategy(generation_mode=mode) for mode in (modes.POSITIVE, modes.NEGATIVE)])

    @seed(number)
    @settings(
        max_examples=examples, database=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )  # fmt: skip
    @given(case=cases, real=st.booleans(), starred=st.booleans())
    def ask(case: Any, real: bool, starred: bool) -> None:
        if real:
            case.path_parameters = {name: known.get(name, value) for name, value in case.path_parameters.items()}
        case.headers.update({"Authorization": f"Bearer {token}", **({"If-Match": "*"} if starred else {})})
        response = case.call()
        names = ALWAYS if real else ALWAYS + MADE_UP
        case.validate_response(response, checks=[CHECKS.get_one(name) for name in names])
        found[response.status_code] += 1

    ask()
