"""What a story plays on: a council in memory, a clock moved by hand, and short names for what phrases need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from engine.domain.calendar import LONDON, local_day, start_of_day
from engine.errors import Refusal
from engine.service import clockwork
from engine.service.clock import VirtualClock
from engine.service.composition import open_private_council
from engine.service.engine import Engine
from engine.service.people import directory
from engine.service.policy import deployments
from engine.service.posts import task_holders
from engine.service.record_system import extracts
from engine.service.rehearsal.phrases import Moment, StoryError, UnmetError
from engine.store import audits, cases, outbox, tasks

MORNING = time(9)
STORY = "the story"


@dataclass(frozen=True)
class Council:
    """A council to play on: rows of people, teams and cases by column name, as the directory takes them."""

    people: Sequence[Mapping[str, Any]]
    teams: Sequence[Mapping[str, Any]]
    cases: Sequence[Mapping[str, Any]]


@dataclass
class Stage:
    """One scenario on its way. `last_letter` is the last one before the present block of events, so that a notice
    is looked for among those that the block caused. `kept` holds what one phrase leaves for another.
    """

    council: Council
    snapshot: Mapping[str, bytes]
    first_day: date
    engine: Engine = field(init=False)
    clock: VirtualClock = field(init=False)
    last_letter: int = 0
    kept: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Set up an empty council with the policy deployed; the people come by the story's own word."""
        self.clock = VirtualClock(start_of_day(self.first_day.replace(day=1)))
        self.engine = open_private_council(self.clock)
        deployments.deploy(self.engine, STORY, self.snapshot, "the policy under rehearsal")

    def close(self) -> None:
        """Let the council go."""
        self.engine.database.close()

    # Time

    def move_to(self, when: Moment | None) -> None:
        """Let time pass until `when`, doing what falls due at its moment; StoryError when it lies in the past."""
        if when is None:
            return
        moment = when.moment(MORNING)
        if moment < self.clock.now():
            if when.at is None and when.day == local_day(self.clock.now()):
                return
            raise StoryError(
                f"The story is already at {shown(self.clock.now())} and cannot go back to {when.day:%-d %b %Y}."
            )
        clockwork.tick_until(self.engine, self.clock, moment)

    def begin_block(self) -> None:
        """Let notices count from now: a new block of events begins."""
        self.last_letter = self.ask(lambda question: outbox.last_id(question.connection))

    # People and cases

    def person(self, name: str) -> str:
        """Return the username of the person with this first name; StoryError for nobody."""
        people = self.ask(lambda question: question.directory.people)
        found = [one.username for one in people.values() if one.name == name]
        if len(found) != 1:
            raise StoryError(f"Nobody in the council is called {name}.")
        return str(found[0])

    def name(self, username: str | None) -> str:
        """Return a person's name as the story says it."""
        if username is None:
            return "nobody"
        people = self.ask(lambda question: question.directory.people)
        return str(people[username].name) if username in people else username

    def set_up_council(self) -> None:
        """Bring in the demonstration council."""
        directory.add_council(self.engine, STORY, self.council.people, self.council.teams)
        extracts.add_cases(self.engine, STORY, self.council.cases)

    # Asking and doing

    def ask(self, work: Any) -> Any:
        """Ask a question of the council."""
        return self.engine.ask(work)

    def run(self, actor: str, work: Any) -> Any:
        """Run a command of `actor`."""
        return self.engine.run(actor, work)

    def tasks(self, title: str, case: str | None = None) -> list[Any]:
        """Return the open tasks with a title, about a case where given."""
        return list(self.ask(lambda question: tasks.open_titled(question.connection, title, case)))

    def tasks_about(self, case: str) -> list[Any]:
        """Return the open tasks about a case."""
        return list(self.ask(lambda question: tasks.open_for_case(question.connection, case)))

    def holders(self, task: Any) -> tuple[str, ...]:
        """Return the usernames that have a task today."""
        return tuple(self.ask(lambda question: task_holders(question, task)))

    def task(self, title: str, case: str | None = None, person: str | None = None) -> Any:
        """Return the open task with a title, about a case and on somebody's list where given; UnmetError for none."""
        found = [task for task in self.tasks(title, case) if person is None or person in self.holders(task)]
        if not found:
            about = f" for {case}" if case is not None else ""
            who = "nobody" if person is None else self.name(person)
            who = f"{who} has no task" if person is not None else "there is no open task"
            raise UnmetError(f"{who} “{title}”{about}. {self.open_work(case)}")
        return found[0]

    def open_work(self, case: str | None) -> str:
        """Say which tasks are open about a case, and who has them."""
        if case is None:
            return ""
        rows = [f"“{task.title}” with {self.names(task)}" for task in self.tasks_about(case)]
        return "Open are: " + "; ".join(rows) + "." if rows else f"Nothing is open for {case}."

    def names(self, task: Any) -> str:
        """Return the names of those who have a task."""
        return ", ".join(self.name(one) for one in self.holders(task)) or "nobody"

    def audit(self, case: str) -> Any:
        """Return the newest audit of a case; UnmetError when there is none."""
        rows = self.ask(lambda question: audits.of_case(question.connection, case))
        if not rows:
            raise UnmetError(f"{case} has no audit.")
        return rows[0]

    def case(self, case: str) -> Any:
        """Return a case; StoryError when the council does not know it."""
        row = self.ask(lambda question: cases.find(question.connection, case))
        if row is None:
            raise StoryError(f"The council has no case {case}.")
        return row

    def refused(self, work: Any, because: str | None) -> None:
        """Expect `work` to be refused, with `because` in the sentence where given; UnmetError otherwise."""
        try:
            work()
        except Refusal as refusal:
            if because is not None and because.lower() not in refusal.sentence.lower():
                raise UnmetError(f"It is refused, but because: {refusal.sentence}") from refusal
            return
        except UnmetError:
            if because is not None:
                raise
            return
        raise UnmetError("It is allowed.")


def shown(moment: datetime) -> str:
    """Return a moment as stories write it."""
    return f"{moment.astimezone(LONDON):%a %-d %b %Y %H:%M}"
