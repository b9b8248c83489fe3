"""Service operations of a safeguarding concern: never waiting for somebody absent (manual section 10, M9)."""

from engine.errors import StepFailed
from engine.service import notices
from engine.service.posts import people_at, place
from engine.service.registry import Operating, operation, repeatable, skippable
from engine.store import concerns


@operation
def record_concern(work: Operating, state: str) -> None:
    """Record where the concern stands, with the moment and the person, for the safeguarding log (R-80 to R-85)."""
    command = work.command
    line = {"state": state, "at": command.now.isoformat(), "by": command.actor}
    known = concerns.find(command.connection, work.instance)
    if known is not None:
        concerns.change(command.connection, work.instance, {"state": state, "history": [*known.history, line]})
        return
    concerns.add(
        command.connection,
        {
            "instance": work.instance,
            "case_ref": work.text("case"),
            "audit": work.data.get("audit"),
            "state": state,
            "raised_by": command.actor,
            "raised_at": command.now,
            "history": [line],
        },
    )


@repeatable
@skippable
@operation
def notify_next(work: Operating, post: str, notice: str) -> None:
    """Write the notice to whoever stands next in the chain of stand-ins after those who answer for the post now."""
    command = work.command
    told = set(people_at(command, post, work.data))
    _, team, _ = place(command, post, work.data)
    for stand_in in command.posts.chain(post):
        further = [name for name in command.holders(stand_in, team) if name not in told]
        if further:
            for name in further:
                notices.write(command, name, notice, work.data, f"{work.instance}:next")
            return


@repeatable
@skippable
@operation
def notify_person(work: Operating, person: str, notice: str) -> None:
    """Write the notice to one person by username."""
    notices.write(work.command, person, notice, work.data, f"{work.instance}:{work.command.now.isoformat()}")


@operation
def name_person_to_tell(work: Operating, post: str) -> str:
    """Name who is to be told for the case: who holds the post, or the first present stand-in (R-84, R-85)."""
    names = people_at(work.command, post, work.data)
    if not names:
        raise StepFailed(process="The concern", element="its manager", reason="nobody answers for the case's team")
    concerns.change(work.command.connection, work.instance, {"told": names[0]})
    return names[0]
