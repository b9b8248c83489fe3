"""Which subjects a report may be made of, and every figure, table and word that owners give words to."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from engine.service.reports import (
    actions,
    agreement,
    answers,
    compliance,
    concerns,
    deferments,
    drawing,
    estimates,
    exercises,
    lasting,
    lists,
    policy,
    population,
    profile,
    recommendations,
    timeliness,
    workload,
)
from engine.service.reports.found import Found
from engine.service.reports.scope import Scope

SUBJECTS: Final[Mapping[str, Callable[[Scope], Iterator[Found]]]] = {
    "actions": actions.found,
    "agreement": agreement.found,
    "compliance": compliance.found,
    "concerns": concerns.found,
    "deferments": deferments.found,
    "draw": drawing.found,
    "estimates": estimates.found,
    "exercises": exercises.found,
    "items": answers.found,
    "lasting": lasting.found,
    "lists": lists.found,
    "policy": policy.found,
    "population": population.found,
    "profile": profile.found,
    "recommendations": recommendations.found,
    "timeliness": timeliness.found,
    "workload": workload.found,
    "sharing": answers.shared,
}
REMARKS: Final = "remarks"
ROWS: Final = "rows"
_REMARKS: Final = (
    "audits_missing",
    "census",
    "census_incomplete",
    "domain",
    "empty_stratum",
    "lonely_stratum_adjusted",
    "lonely_stratum_collapsed",
    "no_variation",
    "nobody_answered",
    "stratum_not_audited",
    "stratum_without_variation",
    "suppressed",
    "variance_not_estimable",
    "adjusted_for_generosity",
    "change_shown",
    "cut_to_possible",
    "no_pairs",
    "not_comparable",
    "too_few_pairs",
    "within_noise",
    "incomplete_left_out",
    "one_case",
    "resamples_left_out",
    "too_few_cases",
    "cannot_tell",
    "no_comparison",
    "nothing_counted",
    "too_few_audits",
    "nothing_to_say",
    "drift_generous",
    "drift_strict",
    "drift_within",
)
_METHODS: Final = (
    "bootstrap",
    "clopper_pearson",
    "korn_graubard",
    "logit_t",
    "normal",
    "square_and_add",
    "student",
    "wilson",
)
_COLUMNS: Final = (
    "action",
    "actions",
    "answer",
    "area",
    "asked_on",
    "audited",
    "auditor_grade",
    "authorised",
    "begun_on",
    "case",
    "category",
    "completed",
    "decided",
    "deferments",
    "due_on",
    "fulfilled",
    "grade",
    "holder",
    "item",
    "kind",
    "made_on",
    "opened_on",
    "outcome",
    "part",
    "period",
    "post",
    "process",
    "raised",
    "reason",
    "reference",
    "revealed_on",
    "reviewed_on",
    "reviewer_grade",
    "standing",
    "state",
    "status",
    "task",
    "team",
)


def names() -> Mapping[str, frozenset[str]]:
    """Return the names of all figures, tables, columns and words, by subject, for the check of policy files."""
    own = {
        "actions": actions.NAMES,
        "agreement": agreement.NAMES,
        "compliance": compliance.NAMES,
        "concerns": concerns.NAMES,
        "deferments": deferments.NAMES,
        "draw": drawing.NAMES,
        "estimates": estimates.NAMES,
        "exercises": exercises.NAMES,
        "items": answers.NAMES,
        "lasting": lasting.NAMES,
        "lists": lists.NAMES,
        "policy": policy.NAMES,
        "population": population.NAMES,
        "profile": profile.NAMES,
        "recommendations": recommendations.NAMES,
        "timeliness": timeliness.NAMES,
        "workload": workload.NAMES,
        "sharing": answers.SHARED_NAMES,
    }
    fixed = {REMARKS: (*_words(_REMARKS), *(f"words.method_{one}" for one in _METHODS)), ROWS: _words(_COLUMNS)}
    return {subject: frozenset(found) for subject, found in {**own, **fixed}.items()}


def _words(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"words.{name}" for name in names)
