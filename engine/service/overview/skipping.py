"""Skipping the step at which work failed: one person asks, with a reason, and a second one agrees or does not.

By whom, rights.dmn says; which steps, skipping.dmn; and no table lets a hard gate be skipped (`engine.bpmn.skipping`).
"""

from collections.abc import Mapping
from typing import Any, Final

from engine.bpmn import skipping as gates
from engine.bpmn.facts import ElementFacts
from engine.errors import Invalid, NotAllowed, NotNow
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.overview import incidents, second_people
from engine.service.overview.incidents import AGREED, ASKED, DECLINED, SKIPPING
from engine.service.registry import skippable_operations
from engine.service.tasks import work
from engine.store import incidents as rows
from engine.store import instances

LONGEST_REASON: Final = 2_000
_DOING: Final = "Skipping this step"
_REPEATED: Final = (incidents.DUE, work.COMPLETE)


def ask(engine: Engine, person: str, number: int, reason: str) -> None:
    """Ask that the step at which the work of an incident failed be skipped, and write to those who may be the second
    person; nothing is skipped yet.

    NotFound, NotAllowed by rights.dmn, NotNow when it may not be skipped or that is asked already, Invalid without a
    reason.
    """

    def asking(command: Command) -> None:
        row = incidents.claim(command, person, number, SKIPPING)
        against = reason_against(command, row)
        if against is None and asked(row) is not None:
            against = "somebody has asked for it already, and a second person decides"
        if against is not None:
            raise NotNow(doing=_DOING, reason=against)
        _check(reason, "why this step is to be skipped")
        request = {"element": row.element, "state": ASKED, "asked_by": person, "asked_at": command.now.isoformat()}
        _write(command, row, [*(row.skips or ()), {**request, "reason": reason.strip()}])
        _note(command, row, "skip asked for", {"reason": reason.strip()})
        facts = step_of(command, row)
        second_people.tell(command, row, row.element if facts is None else facts.name)

    engine.run(person, asking)


def agree(engine: Engine, person: str, number: int) -> None:
    """Agree, as a second person, that the step be skipped, and do the work of the incident again without it.

    That somebody agreed stands even when the work then fails at another step (StepFailed). NotFound, NotAllowed by
    rights.dmn or for who asked, NotNow when nobody asked or it may not be skipped, and whatever the work refuses.
    """

    def agreeing(command: Command) -> None:
        row = incidents.claim(command, person, number, SKIPPING)
        request = _still_asked(row)
        if request["asked_by"] == person:
            raise NotAllowed(doing="agree to what you asked for yourself", reason="a second person decides")
        against = reason_against(command, row)
        if against is not None:
            raise NotNow(doing=_DOING, reason=against)
        _answer(command, row, {"state": AGREED})
        _note(command, row, "skip agreed to", {"asked_by": request["asked_by"], "reason": request["reason"]})

    engine.run(person, agreeing)
    incidents.do_again(engine, person, number, SKIPPING, {})


def decline(engine: Engine, person: str, number: int, reason: str) -> None:
    """Decline that the step be skipped, or take back what one asked for; the incident stays as it is.

    NotFound, NotAllowed by rights.dmn, NotNow when nobody asked, Invalid without a reason.
    """

    def declining(command: Command) -> None:
        row = incidents.claim(command, person, number, SKIPPING)
        _still_asked(row)
        _check(reason, "why the step is not skipped")
        _answer(command, row, {"state": DECLINED, "against": reason.strip()})
        _note(command, row, "skip declined", {"reason": reason.strip()})

    engine.run(person, declining)


def reason_against(question: Question, row: Any) -> str | None:
    """Return why the step at which the work of an incident (its row) failed may not be skipped, None when it may."""
    kind = row.command["request"]["do"] if row.command["request"] else row.command["kind"]
    if kind not in _REPEATED:
        return "only work that is under way has steps to skip; this has not begun"
    facts = step_of(question, row)
    if facts is None or facts.operation is None:
        return "it did not fail at a step that the system takes by itself"
    never = gates.reason_against(facts, skippable_operations())
    if never is not None:
        return never
    asking = {gates.PROCESS: facts.process, gates.OPERATION: facts.operation, gates.ELEMENT: facts.id}
    verdict = question.decide(gates.TABLE, **asking) if gates.TABLE in question.policy.decisions else {}
    if verdict.get("allowed") is True:
        return None
    return str(verdict.get("reason", "the policy in force does not speak of it"))


def step_of(question: Question, row: Any) -> ElementFacts | None:
    """Return the element at which the work of an instance failed, None when it is none of its diagram."""
    found = question.once(instances.get, row.instance)
    return question.deployment(found.deployment).definition(found.process).elements.get(row.element)


def asked(row: Any) -> Mapping[str, Any] | None:
    """Return what was asked about the step at which the work of an incident fails now, None when that is answered."""
    last = row.skips[-1] if row.skips else None
    return last if last is not None and last["state"] == ASKED and last["element"] == row.element else None


def _still_asked(row: Any) -> Mapping[str, Any]:
    request = asked(row)
    if request is None:
        raise NotNow(doing="Deciding on this", reason="nobody asks any more that the step be skipped")
    return request


def _answer(command: Command, row: Any, answer: Mapping[str, Any]) -> None:
    decided = {"decided_by": command.actor, "decided_at": command.now.isoformat(), **answer}
    _write(command, row, [*row.skips[:-1], {**row.skips[-1], **decided}])


def _write(command: Command, row: Any, skips: list[Mapping[str, Any]]) -> None:
    rows.change(command.connection, row.id, {"skips": skips})


def _note(command: Command, row: Any, kind: str, details: Mapping[str, Any]) -> None:
    command.note(f"incident {row.id}", kind, {"instance": row.instance, "element": row.element, **details})


def _check(reason: str, what: str) -> None:
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise Invalid({"reason": [f"Say {what}, in at most {LONGEST_REASON:,} characters."]})
