"""Beginning a process by hand: the form of its start event, filled in by somebody whose post may start it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.bpmn.facts import OF_CASE, OF_NO_CASE, ElementFacts
from engine.errors import NotFound, NotNow
from engine.service import instances, rights
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.posts import place, task_holders
from engine.service.rights import About
from engine.service.tasks.facts import facts_for
from engine.service.tasks.work import keep_submission
from engine.store import audits, tasks

BEGIN = "begin"


@dataclass(frozen=True)
class Begun:
    """An instance that was begun by hand, and the names of those who were written to and of those who have it now."""

    instance: str
    told: Sequence[str]
    holders: Sequence[str]


def begin(
    engine: Engine,
    person: str,
    process: str,
    raw: Mapping[str, Any],
    facts: Mapping[str, Any],
    *,
    key: str | None = None,
) -> str:
    """Begin `process` about the case (and audit) named in `facts`; return the id of the instance.

    Raises NotFound, NotAllowed by rights.dmn, Invalid field by field, and whatever its first steps refuse.
    """
    return begin_and_tell(engine, person, process, raw, facts, key=key).instance


def begin_and_tell(
    engine: Engine,
    person: str,
    process: str,
    raw: Mapping[str, Any],
    facts: Mapping[str, Any],
    *,
    key: str | None = None,
) -> Begun:
    """Begin a process as `begin` does, and return who was written to and who has it now, apart from `person`."""
    request = {"do": BEGIN, "process": process, "raw": raw, "facts": facts}
    return Begun(*engine.run(person, lambda command: _begun(command, process, raw, facts), key, request))


def _begun(command: Command, process: str, raw: Mapping[str, Any], facts: Mapping[str, Any]) -> list[Any]:
    identifier = begin_in(command, process, raw, facts)
    command.settle()
    rows = [one for one in tasks.of_instance(command.connection, identifier) if one.status == tasks.OPEN]
    holders = dict.fromkeys(name for row in rows for name in task_holders(command, row))
    return [identifier, _others(command, command.addressees), _others(command, tuple(holders))]


def _others(command: Command, usernames: tuple[str, ...]) -> list[str]:
    """Return the names of people without whoever acts."""
    people = command.directory.people
    return [people[one].name for one in usernames if one in people and one != command.actor]


def reason_against(question: Question, person: str, process: str, facts: Mapping[str, Any]) -> str | None:
    """Return why `person` may not begin `process` about the case in `facts`, None when they may."""
    start = question.policy.definition(process).start
    return rights.reason_against(question, person, "start", process, _about(question, start.lane, facts))


def is_about(start: ElementFacts, case: object) -> bool:
    """Tell whether the process of a start event is begun about `case`, or about none when it is None."""
    return start.with_case if case is not None else start.without_case


def refuse_about(start: ElementFacts, case: object) -> None:
    """Raise NotFound unless the process of a start event is begun about `case`, or about none when it is None."""
    if not is_about(start, case):
        about = OF_CASE if case is not None else OF_NO_CASE
        raise NotFound(what=f"process {start.process} that is begun about {about}")


def begin_in(command: Command, process: str, raw: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """Begin a process by hand in the open transaction, as `begin` does."""
    facts = _as_recorded(command, facts)
    start = command.policy.definition(process).start
    if start.form is None:
        raise NotNow(doing=f"Beginning “{process}” by hand", reason="its start has no form")
    refuse_about(start, facts.get("case"))
    about = _about(command, start.lane, facts)
    rights.refuse(command, command.actor, "start", process, about)
    form = command.policy.form(start.form)
    answers = form.validate(raw, facts_for(command, about, form), command.language)
    identifier = instances.new_id()
    keep_submission(command, identifier, start.id, form, answers)
    data = {**facts, **form.variables(answers)}
    return instances.begin(command, process, data, identifier=identifier)


def _as_recorded(question: Question, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the facts with what the records say of their case and audit; NotFound when they know none of them."""
    case, audit = facts.get("case"), facts.get("audit")
    if case is not None and question.case(str(case)) is None:
        raise NotFound(what=f"case {case}")
    if audit is None:
        return facts
    row = question.once(audits.get, str(audit))
    if row.case_ref != case:
        raise NotFound(what=f"audit {audit} of {case}")
    return {**facts, "auditor": row.auditor, "audit_instance": row.instance}


def _about(question: Question, lane: str | None, facts: Mapping[str, Any]) -> About:
    post, team, assignee = place(question, lane or "", facts)
    return About(post, team, assignee, facts.get("case"), facts.get("audit"))
