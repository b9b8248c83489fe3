"""The words that policy may use, gathered from the functions and from the operations that are registered so far."""

from engine.bpmn.vocabulary import OperationSignature, Vocabulary
from engine.service.cases.closure_request import WITHDRAWN
from engine.service.functions import NAMES
from engine.service.population.columns import FILE, read_columns
from engine.service.record_system.extract_columns import FILE as EXTRACT
from engine.service.record_system.extract_columns import read_own
from engine.service.registry import all_operations, skippable_operations
from engine.service.reports import catalogue

TABLES = frozenset(
    (
        "action_states",
        "capacity",
        "closure",
        "compliance_standing",
        "conflicts",
        "deadlines",
        "extract_events",
        "extract_notices",
        "grades",
        "policy_reviews",
        "posts",
        "quality_selection",
        "reminders",
        "report_rules",
        "retention",
        "rights",
        "sampling_guide",
        "schedules",
        "stand_ins",
        "standings",
        "strata",
        "work_share",
    )
)


def current() -> Vocabulary:
    """Return every function and registered service operation that diagrams, tables and forms may use, and the tables
    and files without which the service cannot work.
    """
    signatures = {name: OperationSignature.of(function) for name, function in all_operations().items()}
    return Vocabulary(
        functions=frozenset(NAMES),
        operations=signatures,
        messages=frozenset((WITHDRAWN,)),
        decisions=TABLES,
        subjects=catalogue.names(),
        files={FILE: read_columns, EXTRACT: read_own},
        skippable=skippable_operations(),
    )
