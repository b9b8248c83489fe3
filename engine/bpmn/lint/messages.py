"""Every message sent is caught somewhere, and every message waited for is sent by somebody."""

from collections.abc import Iterator

from engine.bpmn.documents import Element
from engine.bpmn.model import Model, attribute, definitions_of, extension, title
from engine.bpmn.phrases import choices, literal_texts
from engine.bpmn.policy import Policy
from engine.bpmn.ties import caught, parameter, parameters_of
from engine.domain.problems import Problem

NOT_SENT, NOT_CAUGHT = "message-not-sent", "message-not-caught"


def messages(model: Model, policy: Policy) -> Iterator[Problem]:
    """Report messages that this diagram sends and nobody catches, or waits for and nobody sends."""
    for task in model.of_kind("serviceTask"):
        yield from _sent(model, policy, task)
    waiting = list(caught(model))
    sent = _all_sent(policy) if waiting else None
    for event, name in waiting:
        if sent is not None and name not in sent:
            yield model.problem(
                event,
                NOT_SENT,
                f"“{title(event)}” waits for the message “{name}”, which nobody sends. "
                "Send it with send_message, or correct its name.",
            )


def _sent(model: Model, policy: Policy, task: Element) -> Iterator[Problem]:
    sent, named = literal_texts(parameter(task, "message")), literal_texts(parameter(task, "process"))
    if not sent or any(one not in policy.models for one in named):
        return
    waited = {found for one in named or policy.models for _, found in caught(policy.models[one])}
    for name in sent:
        if name not in waited:
            where = " or ".join(named) or "any process"
            yield model.problem(
                task,
                NOT_CAUGHT,
                f"“{title(task)}” sends the message “{name}”, which nothing in {where} waits for. "
                f"Messages waited for there: {', '.join(sorted(waited)) or 'none'}.",
            )


def _payloads(policy: Policy) -> Iterator[tuple[str, set[str], set[str]]]:
    """Yield (message, processes it is sent to, facts sent with it); no processes when the receiver is an instance."""
    for model in policy.models.values():
        for task in model.of_kind("serviceTask"):
            operator = extension(task, "serviceTaskOperator")
            signature = None if operator is None else policy.vocabulary.operations.get(attribute(operator, "id"))
            if operator is not None and signature is not None:
                facts = {attribute(one, "id") for one in parameters_of(operator)}
                facts -= signature.required | signature.optional
                for name in literal_texts(parameter(task, "message")):
                    yield name, set(literal_texts(parameter(task, "process"))), facts


def payloads(model: Model, policy: Policy) -> Iterator[Problem]:
    """Report facts that come with a message and are dropped, because the receiver keeps them in no variable."""
    careless = [(event, heard) for event, heard in caught(model) if not _keeps(event)]
    for name, receivers, facts in _payloads(policy) if careless else ():
        for event, heard in careless:
            if heard == name and facts and model.process_id in (receivers or {model.process_id}):
                yield model.problem(
                    event,
                    "payload-dropped",
                    f"“{title(event)}” hears “{name}” with {', '.join(sorted(facts))}, and keeps nothing of it. "
                    "Name a messageVariable.",
                )


def _keeps(event: Element) -> bool:
    return any(extension(holder, "messageVariable") is not None for holder in (event, *definitions_of(event)))


def _all_sent(policy: Policy) -> frozenset[str] | None:
    """All message names sent in the snapshot, None when one is computed and therefore not known."""
    found = set(policy.vocabulary.messages).union(policy.leavers.values())
    for model in policy.models.values():
        for task in model.of_kind("serviceTask"):
            source = parameter(task, "message")
            if len(literal_texts(source)) < len(choices(source)):
                return None
            found.update(literal_texts(source))
    return frozenset(found)
