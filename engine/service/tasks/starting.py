"""Pages on which somebody begins a process by hand: which they may begin about a case, and its form."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.bpmn.definitions import Definition
from engine.bpmn.forms.parse import Posted
from engine.bpmn.forms.view import FormView
from engine.errors import NotAllowed, NotFound
from engine.service.cases import closure
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.rights import About
from engine.service.tasks import beginning
from engine.service.tasks.facts import facts_for
from engine.store import audits


@dataclass(frozen=True)
class Start:
    """A process that somebody may begin, by its id; `title` is what its start form is called."""

    process: str
    title: str
    urgent: bool = False


@dataclass(frozen=True)
class StartPage:
    """What a start page shows: the process, its form as typed so far, and the facts it begins with."""

    start: Start
    view: FormView
    facts: Mapping[str, Any]


def facts_about(question: Question, case: str | None, audit: str | None = None) -> dict[str, Any]:
    """Return the facts with which a process about a case begins, those of its audit among them; none without a case.

    The audit is the one named, else the newest that is not settled. NotFound for an unknown case, or for an audit
    of another case.
    """
    if case is None:
        return {}
    if question.case(case) is None:
        raise NotFound(what=f"case {case}")
    rows = question.once(audits.of_case, case)
    found = [row for row in rows if row.id == audit] if audit else closure.unsettled(question, "audit", rows)
    if audit and not found:
        raise NotFound(what=f"audit {audit} of {case}")
    if not found:
        return {"case": case}
    row = found[0]
    return {"case": case, "audit": row.id, "auditor": row.auditor, "audit_instance": row.instance}


def startable(question: Question, person: str, case: str | None) -> tuple[Start, ...]:
    """Return the processes with a start form that `person` may begin now, about a case or about none, by title."""
    return _startable(question, facts_about(question, case), person, question.policy.processes.values())


def urgent_starts(engine: Engine, person: str, case: str, audit: str | None = None) -> tuple[Start, ...]:
    """Return what every page of a case, or of one of its audits, offers `person` to begin about it (R-80).

    None about a case that is unknown.
    """

    def work(question: Question) -> tuple[Start, ...]:
        urgent = [one for one in question.policy.processes.values() if one.start.urgent]
        return (
            _startable(question, facts_about(question, case, audit), person, urgent)
            if question.case(case) is not None
            else ()
        )

    return engine.ask(work)


def _startable(
    question: Question, facts: Mapping[str, Any], person: str, processes: Iterable[Definition]
) -> tuple[Start, ...]:
    found = [
        Start(one.id, question.policy.form(one.start.form).title, one.start.urgent)
        for one in processes
        if one.start.form is not None
        and beginning.is_about(one.start, facts.get("case"))
        and beginning.reason_against(question, person, one.id, facts) is None
    ]
    return tuple(sorted(found, key=lambda start: start.title))


def starts_of(engine: Engine, person: str, case: str | None) -> tuple[Start, ...]:
    """Return what `person` may begin about a case, or about none."""
    return engine.ask(lambda question: startable(question, person, case))


def typed(engine: Engine, process: str, posted: Posted, asked: Collection[str]) -> dict[str, Any]:
    """Return the raw answers of a posted start page on which the questions `asked` stood.

    NotFound for a process that is not begun by hand.
    """
    answers = engine.ask(lambda question: _form(question, process).parse(posted))
    return {name: value for name, value in answers.items() if name in asked}


def prefilled(engine: Engine, process: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the `given` answers that the start form asks for."""
    return engine.ask(
        lambda question: {name: given[name] for name in _form(question, process).questions if name in given}
    )


def open_start(
    engine: Engine,
    person: str,
    process: str,
    case: str | None,
    audit: str | None = None,
    raw: Mapping[str, Any] | None = None,
    errors: Mapping[str, Any] | None = None,
) -> StartPage:
    """Return the page on which `person` begins `process` about a case or about none.

    NotFound, also when the process is not begun about that; NotAllowed by rights.dmn.
    """

    def work(question: Question) -> StartPage:
        form = _form(question, process)
        definition = question.policy.definition(process)
        beginning.refuse_about(definition.start, case)
        facts = facts_about(question, case, audit)
        reason = beginning.reason_against(question, person, process, facts)
        if reason is not None:
            raise NotAllowed(doing=f"begin “{definition.name}”", reason=reason)
        about = About(case_ref=case, audit=facts.get("audit"), facts=facts)
        view = form.view(raw or {}, errors or {}, facts_for(question, about, form), question.language)
        return StartPage(Start(process, form.title, definition.start.urgent), view, facts)

    return engine.ask(work)


def _form(question: Question, process: str) -> Any:
    definition = question.policy.processes.get(process)
    if definition is None or definition.start.form is None:
        raise NotFound(what=f"process {process} that is begun by hand")
    return question.policy.form(definition.start.form)
