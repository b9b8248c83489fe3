"""Trying an expression or a script before it is written into a diagram, table or form."""

from collections.abc import Callable, Mapping
from datetime import datetime

import orjson

from engine.bpmn.definitions import Deployment, deployment_of
from engine.bpmn.language.expressions import Language
from engine.bpmn.runtime.moment import Moment
from engine.domain.calendar import WorkingCalendar
from engine.errors import ExpressionRefused, NotDeployable, TooLarge, Unreadable
from engine.service.functions import functions_of
from engine.service.vocabulary import vocabulary

MOST_DATA = 100_000
WHAT_DATA_IS = 'write names and values, such as {"score": 3}'

Functions = Mapping[str, Callable[..., object]]


def try_expression(
    source: str, data: Mapping[str, object], functions: Functions, script: bool = False
) -> dict[str, object]:
    """Return {"value": the expression's value} or {"refused": a sentence that says what to write instead}.

    For a script the value is a record of the names it sets or changes. `data` may be any JSON, however hostile;
    it stays as it is. Nothing is raised and nothing is stored.
    """
    language = Language(functions)
    try:
        return {"value": language.execute(source, data) if script else language.evaluate(source, data)}
    except ExpressionRefused as refusal:
        return {"refused": refusal.sentence}


def read_data(text: str) -> Mapping[str, object]:
    """Read the data to try with from JSON text. Unreadable when it is no record, TooLarge above 100,000 characters."""
    if len(text) > MOST_DATA:
        raise TooLarge(what="The data", size=f"{len(text):,} characters", limit=f"{MOST_DATA:,}")
    try:
        data = orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        raise Unreadable(file="The data", reason=f"it is not JSON; {WHAT_DATA_IS}") from None
    if not isinstance(data, dict):
        raise Unreadable(file="The data", reason=f"it is no record; {WHAT_DATA_IS}")
    return data


def functions_at(
    moment: datetime, snapshot: Mapping[str, bytes] | None, calendar: WorkingCalendar | None = None
) -> Functions:
    """Return the functions of diagrams, tables and forms as they answer at an aware `moment`.

    Deadlines are those of `snapshot`; without one, or when it has problems, deadline(...) refuses.
    """
    functions = functions_of(Moment(moment), calendar or WorkingCalendar(), _deployment(snapshot))
    # The calendar is read in when it is first asked for; an owner's expression should not wait for that.
    functions["working_days"](1)
    return functions


def _deployment(snapshot: Mapping[str, bytes] | None) -> Deployment | None:
    try:
        return None if snapshot is None else deployment_of(snapshot, vocabulary())
    except NotDeployable:
        return None
