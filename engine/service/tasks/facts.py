"""What a form may ask about the work it belongs to. A form declares its facts by name; each is taken from the
process variables, the records, the directory, or what was answered earlier in the same process instance.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from engine.bpmn.forms.form import Form
from engine.domain.calendar import local_day
from engine.service.audits import sustained_rates, training
from engine.service.cases import closure
from engine.service.command import Question
from engine.store import actions, audits, cycles, events, instances, retention, submissions, sustained

CAPACITY = "capacity"
MOST_LISTED = 100


def facts_for(question: Question, about: Any, form: Form, *, answered: bool = True) -> dict[str, Any]:
    """Return the facts that `form` declares, about `about` (a row with case_ref, audit, instance and facts), as
    plain JSON; None for what nothing tells. Not `answered` says that nothing was answered in its instance before.
    """
    wanted = {fact.name for fact in form.outline.facts}
    facts: dict[str, Any] = {name: about.facts[name] for name in wanted if name in about.facts}
    for names, gather in _GATHERERS:
        if not wanted.isdisjoint(names):
            facts.update(gather(question, about))
    if answered and wanted - facts.keys():
        facts.update(_answered(question, about, wanted - facts.keys()))
    return {"today": question.today.isoformat(), **{name: facts.get(name) for name in wanted}}


def _of_case(question: Question, about: Any) -> Mapping[str, Any]:
    row = question.case(about.case_ref) if about.case_ref is not None else None
    if row is None:
        return {}
    team = question.directory.teams.get(row.team)
    return {
        "case": row.reference,
        "service_area": row.service_area,
        "team": row.team,
        "social_worker": _name(question, row.social_worker),
        "practice_manager": _name(question, team.practice_manager if team is not None else None),
        "restricted": "yes" if row.restricted else "no",
    }


def _name(question: Question, username: str | None) -> str | None:
    person = question.directory.people.get(username) if username is not None else None
    return person.name if person is not None else username


def _of_actions(question: Question, about: Any) -> Mapping[str, Any]:
    if about.audit is None:
        return {}
    rows = actions.of_audit(question.connection, about.audit)
    decisions = actions.decisions_of_audit(question.connection, about.audit)
    undecided = closure.unsettled(question, "management decision", decisions)
    waiting = {one.action for one in undecided}
    authorised = {one.action: one.reference for one in decisions if one.state == "authorised"}
    open_rows = [one for one in closure.unsettled(question, "action", rows) if one.id not in waiting]
    return {
        "actions": [
            {"number": one.number, "what": one.what, "state": one.state, "management_decision": authorised.get(one.id)}
            for one in rows
        ],
        "actions_open": len(open_rows),
        "management_decisions_undecided": len(undecided),
        "management_decision_references": list(authorised.values()),
    }


def _of_earlier_audits(question: Question, about: Any) -> Mapping[str, Any]:
    rows = actions.of_case(question.connection, about.case_ref)
    return {
        "earlier_actions": [
            {"number": number, "what": row.what, "state": row.state} for number, row in enumerate(rows, start=1)
        ]
    }


def _of_directory(question: Question, _about: Any) -> Mapping[str, Any]:
    people = question.directory.people
    return {"people": {name: person.name for name, person in people.items() if person.active}}


def capacity(question: Question) -> Mapping[str, Any]:
    """Return the most audits that an officer does in a period, and how many members the audit pool has."""
    officers = [post for post in question.posts.lanes if question.posts.rule(post).holder == "allocated"]
    maxima = [question.decide(CAPACITY, post=post).get("maximum") for post in officers]
    people = question.directory.people.values()
    return {
        "officer_maximum": maxima[0] if maxima else 0,
        "pool_maximum": sum(person.active and person.in_audit_pool for person in people),
    }


def _of_capacity(question: Question, _about: Any) -> Mapping[str, Any]:
    return capacity(question)


def _of_cycle(question: Question, about: Any) -> Mapping[str, Any]:
    row = question.once(instances.get, about.instance)
    found = cycles.get(question.connection, row.cycle) if row.cycle is not None else None
    if found is None or found.report is None:
        return {}
    return {"rows_accepted": found.report["accepted"], "rows_rejected": len(found.report["refused"])}


def _of_training(question: Question, about: Any) -> Mapping[str, Any]:
    """Who may audit without a record of training, and the names of those proposed in the audit period (R-48)."""
    row = question.once(instances.get, about.instance)
    rows = cycles.assignments(question.connection, row.cycle) if row.cycle is not None else []
    proposed = training.untrained(question, {one.auditor for one in rows})
    return {
        "untrained": [_name(question, username) for username in proposed],
        "untrained_auditors": training.untrained(question, training.auditors(question)),
    }


def _of_review_of_reviews(question: Question, about: Any) -> Mapping[str, Any]:
    drawn = sustained.drawn_actions(question.connection, about.instance)
    return {
        "sampled_actions": [{"number": row.number, "case": row.case_ref, "what": row.what} for row in drawn],
        "lasting": [
            {**vars(one), "category": one.category.replace("_", " ")}
            for one in sustained_rates.by_category(question, about.instance)
        ],
    }


def _of_retention(question: Question, about: Any) -> Mapping[str, Any]:
    items = retention.items_of(question.connection, about.instance)
    classes = Counter((row.number, row.retention_class) for row in items)
    return {
        "due_classes": [
            {"number": number, "retention_class": name, "records": count}
            for (number, name), count in sorted(classes.items())
        ],
        "due_records": [
            {
                "number": row.number,
                "record": row.record.replace("_", " "),
                "about": row.case_ref or row.record_id,
                "ended_on": row.ended_on.isoformat(),
            }
            for row in items[:MOST_LISTED]
        ],
    }


def _answered(question: Question, about: Any, names: set[str]) -> Mapping[str, Any]:
    if not about.instance:
        return {}
    found: dict[str, Any] = {}
    for row in submissions.of_instance(question.connection, about.instance):
        found.update({name: row.answers[name] for name in names if name in row.answers})
    return found


def _of_audit(question: Question, about: Any) -> Mapping[str, Any]:
    """The day from which an audit is reckoned: that of its assignment, or of its last deferment (R-64)."""
    if about.audit is None:
        return {}
    row = question.once(audits.get, about.audit)
    deferred = events.kinds_since(question.connection, f"case {row.case_ref}", "deferred", row.assigned_at)
    starts = [str(one.details["start"]) for one in deferred if one.details["audit"] == row.id]
    return {"audit_start": max([local_day(row.assigned_at).isoformat(), *starts])}


_Gather = Callable[[Question, Any], Mapping[str, Any]]
_CASE = frozenset(("case", "service_area", "team", "social_worker", "practice_manager", "restricted"))
_ACTIONS = frozenset(("actions", "actions_open", "management_decisions_undecided", "management_decision_references"))
_GATHERERS: tuple[tuple[frozenset[str], _Gather], ...] = (
    (_CASE, _of_case),
    (_ACTIONS, _of_actions),
    (frozenset(("audit_start",)), _of_audit),
    (frozenset(("people",)), _of_directory),
    (frozenset(("earlier_actions",)), _of_earlier_audits),
    (frozenset(("officer_maximum", "pool_maximum")), _of_capacity),
    (frozenset(("due_classes", "due_records")), _of_retention),
    (frozenset(("sampled_actions", "lasting")), _of_review_of_reviews),
    (frozenset(("untrained", "untrained_auditors")), _of_training),
    (frozenset(("rows_accepted", "rows_rejected")), _of_cycle),
)
