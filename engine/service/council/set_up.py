"""The first set-up of a council whose database is empty, and the checklist of what is still missing.

The first administrator is made with a code that the command line shows, while nobody is in the directory; the first
policy is put into force by that administrator, while they are the only one. Everything after that is the directory's
own pages, by rights.dmn. So nothing is open that was not opened from the machine itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.bpmn.definitions import deployment_of
from engine.errors import Invalid, NotAllowed, NotFound
from engine.service import rights
from engine.service.command import Command, Question
from engine.service.council import changes, cover, keeping, one_time
from engine.service.engine import Engine
from engine.service.policy import deployments
from engine.service.posts import PolicyPosts
from engine.service.vocabulary import vocabulary
from engine.store import cycles, people

DOING = "set up the council"
NOTE = "the first policy, put into force by the set-up"


@dataclass(frozen=True)
class Step:
    """A step of the set-up: what it is called, why it matters, what is missing ("" for nothing), and where to do it."""

    key: str
    name: str
    why: str
    missing: str


def is_open(engine: Engine) -> bool:
    """Whether nobody is in the directory yet."""
    return engine.ask(lambda question: not question.directory.people)


def make_code(engine: Engine, actor: str) -> str | None:
    """Make the code of the set-up, good for 24 hours, and return it; None when somebody is in the directory.

    A code made earlier opens nothing any more.
    """

    def work(command: Command) -> str | None:
        if command.directory.people:
            return None
        code, until = one_time.make(command, one_time.SET_UP, None)
        command.note("directory", "set-up code made", {"until": until.isoformat()})
        return code

    return engine.run(actor, work)


def posts_of(snapshot: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the posts that a policy lets change the directory: the first administrator has one; NotDeployable."""
    deployment = deployment_of(snapshot, vocabulary())
    known = PolicyPosts(deployment).known
    return tuple(one for one in known if rights.is_of_post(deployment, one, keeping.CHANGE, keeping.SET_UP))


def begin(engine: Engine, code: str, username: str, values: Mapping[str, Any], snapshot: Mapping[str, bytes]) -> None:
    """Add the first administrator with name, post, email and the hash of a password, and use the code up.

    NotFound when somebody is in the directory already, NotAllowed for a code that is wrong, used or too old, Invalid.
    """
    posts = posts_of(snapshot)
    usual = {"team": None, "line_manager": None, "in_audit_pool": False, "cleared": False}

    def work(command: Command) -> None:
        if command.directory.people:
            raise NotFound(what="page with this address")
        if not one_time.use(command, one_time.SET_UP, code):
            raise NotAllowed(doing=DOING, reason="the code is wrong, was used, or is too old")
        row = {**usual, **values}
        wrong = changes.wrong_values(command.directory, posts, username, row)
        wrong |= changes.wrong_username(command, username)
        if wrong:
            raise Invalid(wrong)
        people.add_people(command.connection, [{"username": username, "active": True, **row}])
        command.note("directory", "first administrator", {"people": [username], "post": row["post"]})

    engine.run(one_time.SET_UP, work)


def deploy_first(engine: Engine, actor: str, snapshot: Mapping[str, bytes]) -> int:
    """Put the first policy into force and return its number.

    NotFound when there was one already; NotAllowed unless the actor is the only one in the directory; NotDeployable.
    """
    if deployments.has_any(engine):
        raise NotFound(what="page with this address")
    if engine.ask(lambda question: set(question.directory.people)) != {actor}:
        raise NotAllowed(doing=DOING, reason="only the first administrator puts the first policy into force")
    return deployments.deploy(engine, actor, snapshot, NOTE)


def checklist(engine: Engine, reader: str) -> tuple[Step, ...]:
    """Return every step with what is missing. NotAllowed by rights.dmn, or before there is a policy for all but the
    first administrator.
    """

    def work(question: Question) -> tuple[Step, ...]:
        if question.has_policy:
            keeping.require(question, reader, keeping.CHANGE, keeping.SET_UP)
        elif set(question.directory.people) != {reader}:
            raise NotAllowed(doing=DOING, reason="only the first administrator puts the first policy into force")
        return tuple(_steps(question))

    return engine.ask(work)


def _steps(question: Question) -> Iterator[Step]:
    yield Step("administrator", "First administrator", "Somebody must be able to let the others in.", "")
    policy = "" if question.has_policy else "No policy is in force yet."
    yield Step("policy", "Policy", "It says who does what and by when. Without it nothing begins.", policy)
    yield Step(
        "teams", "Teams", "Cases belong to teams, and the work about a case goes where its team is.", _teams(question)
    )
    yield Step("people", "People", "Work goes to whoever holds a post. A vacant post stops it.", _vacancies(question))
    yield Step("leads", "Who answers for each team", "Remedial work goes to the team’s own managers.", _gaps(question))
    yield Step("passwords", "Invitations", "Nobody signs in without a password of their own.", _uninvited(question))
    yield Step("closure", "Closure days", "Without them, due dates fall on days when nobody works.", _closure(question))
    yield Step("population", "Population list", "Audits are drawn from it, month by month.", _population(question))


def _teams(question: Question) -> str:
    return "" if any(one.service_area for one in question.directory.teams.values()) else "There is no team with cases."


def _vacancies(question: Question) -> str:
    if not question.has_policy:
        return "Put a policy into force first."
    found = [f"{one.name}: {', '.join(one.problems)}" for one in cover.all_posts(question) if one.problems]
    return "; ".join(found)


def _gaps(question: Question) -> str:
    if not question.has_policy or not question.directory.teams:
        return "Add teams first."
    found = list(cover.teams_with_gaps(question, question.today))
    return f"Somebody is missing for {', '.join(found[:5])}{' and others' if len(found) > 5 else ''}." if found else ""


def _uninvited(question: Question) -> str:
    count = len(people.without_password(question.connection))
    return f"{count} of {len(question.directory.people)} have no password yet." if count else ""


def _closure(question: Question) -> str:
    is_ahead = any(day >= question.today for day in question.directory.closure_days)
    return "" if is_ahead else "No closure day is recorded from today on. Leave it so if there is none."


def _population(question: Question) -> str:
    if any(row.report is not None for row in cycles.every(question.connection)):
        return ""
    return "Nothing to do yet: a task asks for the list when the first audit period begins."
