"""Every refusal in one small tree. The docstring of each class is the sentence the user reads."""

from collections.abc import Mapping
from inspect import cleandoc
from typing import Any, ClassVar

LONGEST_DETAIL = 2_000


class Refusal(Exception):  # noqa: N818 - being refused is no error of the program
    """This was refused and nothing was changed."""

    status: ClassVar[int] = 400

    def __init__(self, **details: Any) -> None:
        self.details: Mapping[str, Any] = details
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The class docstring with its blanks filled from the details, and one full stop at its end."""
        details = {name: _shortened(value) for name, value in self.details.items()}
        told = cleandoc(type(self).__doc__ or "").replace("\n", " ").format_map(details)
        return f"{told.rstrip('. ')}." if told.endswith("..") else told


class NotFound(Refusal):
    """There is no {what}. Check the reference and try again."""

    status = 404


class NotAllowed(Refusal):
    """You may not {doing}: {reason}."""

    status = 403


class Restricted(Refusal):
    """{what} is a restricted record: {reason}."""

    status = 403


class NotNow(Refusal):
    """{doing} is not possible now: {reason}."""

    status = 409


class Stale(Refusal):
    """{what} was changed by somebody else while you had it open: {change}. What you typed is kept;
    look at the change, then send it again."""

    status = 409


class DraftChanged(Refusal):
    """Other answers to “{task}” were saved by you in another window since you opened this page. Nothing is lost:
    press “Save draft” to see both and to choose."""

    status = 409


class ChangedSince(Refusal):
    """{what} was changed since you read it. Read it again, then repeat what you meant to do."""

    status = 412


class AlreadyAnswered(Refusal):
    """This request was sent before with other contents. Open the page again and repeat what you meant to do."""

    status = 409


class Invalid(Refusal):
    """There is a problem with what was entered: {summary}."""

    status = 422

    def __init__(self, errors: Mapping[str, Any], summary: str = "") -> None:
        self.errors = errors
        super().__init__(summary=summary or "; ".join(_messages(errors)))


class Unreadable(Refusal):
    """{file} cannot be read: {reason}."""

    status = 422


class TooLarge(Refusal):
    """{what} is too large: {size}, and the most is {limit}."""

    status = 413


class ExpressionRefused(Refusal):
    """{source} is refused: {reason}. {remedy}"""

    status = 422


class NotDeployable(Refusal):
    """{count} must be mended before this can be deployed: {first}."""

    status = 422

    def __init__(self, problems: tuple[Any, ...]) -> None:
        self.problems = problems
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__(count=count, first=_placed(problems[0]) if problems else "")

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is wrong, each problem with its place."""
        return tuple(map(_placed, self.problems))


class ClockLeapt(Refusal):
    """The clock of this machine moved {direction} by {amount} while the work went on. Nothing was done since. Set the
    clock right, then start the work again.
    """


class StepFailed(Refusal):
    """{process} stopped at {element}: {reason}. Nothing was changed; this is kept as an incident, to be mended and
    tried again."""

    status = 500

    def __init__(self, **details: Any) -> None:
        super().__init__(**{**details, "reason": str(details["reason"]).rstrip(".")})


class NotReproduced(Refusal):
    """The draw cannot be repeated from its certificate: {part} does not follow from the population list and the
    rule of the draw."""

    status = 409


class DatabaseNotReady(Refusal):
    """The database {database} {fault}. Run casefile db upgrade first."""

    status = 503


class DatabaseUnusable(Refusal):
    """The database {database} cannot be used: {reason}."""

    status = 503


class Busy(Refusal):
    """The database is busy with other work and nothing was changed. Try again in a moment."""

    status = 503


class Unstorable(Refusal):
    """This cannot be kept: {reason}. Shorten it, or take out unusual characters, and try again."""

    status = 422


class NoPolicy(Refusal):
    """There is no policy here: the current folder has no processes/ and forms/, and none is in force in the database.
    Name a folder with --policy."""

    status = 404


class NotSent(Refusal):
    """The letter was not sent: {reason}."""

    status = 502


class NeverSent(NotSent):
    """The letter was not sent and never will be as it is: {reason}."""


class UnsuitableSetting(Refusal):
    """The setting {setting} cannot be used: {reason}."""

    status = 500


def _shortened(value: Any) -> Any:
    """Return what is given, a text cut where it would drown its sentence."""
    return f"{value[:LONGEST_DETAIL]}…" if isinstance(value, str) and len(value) > LONGEST_DETAIL else value


def _placed(problem: Any) -> str:
    """Return the message of a problem with its file and element before it, unless it begins with the file."""
    if problem.message.startswith(problem.file):
        return str(problem.message)
    where = f"{problem.file}, {problem.element}" if problem.element else problem.file
    return f"{where}: {problem.message}"


def _messages(errors: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for value in errors.values():
        if isinstance(value, Mapping):
            found.extend(_messages({str(key): item for key, item in value.items()}))
        else:
            found.extend(str(item) for item in value)
    return found
