"""Phrases about tasks and notices in general."""

from datetime import date

from engine.domain.calendar import local_day
from engine.service.rehearsal.acting import answers, complete_titled, try_to_complete
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, Table, UnmetError
from engine.service.rehearsal.stage import Stage, shown
from engine.service.reminders import reminder_notices
from engine.service.tasks import work
from engine.store import outbox


@say("{person} completes {quoted}[ for {case}][ on {when}][ with]")
def completes(stage: Stage, table: Table | None, name: str, title: str, case: str | None, when: Moment | None) -> None:
    """Complete a task; a table gives answers by question."""
    complete_titled(stage, name, title, case, when, answers(table))


@say("{person} may not complete {quoted}[ for {case}][ because {quoted}][ with]")
def may_not_complete(
    stage: Stage, table: Table | None, name: str, title: str, case: str | None, because: str | None
) -> None:
    """Expect the completion to be refused, or that there is no such task."""
    stage.refused(lambda: try_to_complete(stage, name, title, case, answers(table)), because)


@say("{person} has the task {quoted}[ for {case}][ due {day}]")
def has_the_task(stage: Stage, _table: Table | None, name: str, title: str, case: str | None, due: date | None) -> None:
    """Expect an open task on somebody's list, with its due day where given."""
    task = stage.task(title, case, stage.person(name))
    if due is not None:
        found = None if task.due is None else local_day(task.due)
        if found != due:
            raise UnmetError(f"“{title}” is due {_day(found)}, and the story says {_day(due)}.")


@say("{people} each have the task {quoted}[ for {case}]")
def each_have(stage: Stage, _table: Table | None, names: tuple[str, ...], title: str, case: str | None) -> None:
    """Expect everybody named to have the task."""
    for name in names:
        stage.task(title, case, stage.person(name))


@say("one of {people} has the task {quoted}[ for {case}]")
def one_has(stage: Stage, _table: Table | None, names: tuple[str, ...], title: str, case: str | None) -> None:
    """Expect exactly one of those named to have the task."""
    usernames = {stage.person(name) for name in names}
    holders = {one for task in stage.tasks(title, case) for one in stage.holders(task)}
    if len(holders) != 1 or not holders <= usernames:
        who = ", ".join(sorted(stage.name(one) for one in holders)) or "nobody"
        raise UnmetError(f"“{title}” is with {who}. {stage.open_work(case)}")


@say("{person} has no task for {case}")
def has_no_task(stage: Stage, _table: Table | None, name: str, case: str) -> None:
    """Expect no open task about the case on somebody's list."""
    person = stage.person(name)
    found = [task.title for task in stage.tasks_about(case) if person in stage.holders(task)]
    if found:
        raise UnmetError(f"{name} has “{found[0]}” for {case}.")


@say("nobody has the task {quoted}[ for {case}]")
def nobody_has(stage: Stage, _table: Table | None, title: str, case: str | None) -> None:
    """Expect no such open task at all."""
    for task in stage.tasks(title, case):
        raise UnmetError(f"“{title}” is with {stage.names(task)}.")


@say("the task {quoted}[ for {case}] is overdue")
def is_overdue(stage: Stage, _table: Table | None, title: str, case: str | None) -> None:
    """Expect the due moment of an open task to be past."""
    task = stage.task(title, case)
    if task.due is None or task.due >= stage.clock.now():
        raise UnmetError(f"“{title}” is due {_day(None if task.due is None else local_day(task.due))}.")


@say("the task {quoted}[ for {case}] is not overdue")
def is_not_overdue(stage: Stage, _table: Table | None, title: str, case: str | None) -> None:
    """Expect the due moment of an open task to lie ahead."""
    task = stage.task(title, case)
    if task.due is not None and task.due < stage.clock.now():
        raise UnmetError(f"“{title}” was due {_day(local_day(task.due))}.")


@say("{person} takes the task {quoted}[ for {case}][ on {when}]")
def takes(stage: Stage, _table: Table | None, name: str, title: str, case: str | None, when: Moment | None) -> None:
    """Take a task of one's post."""
    stage.move_to(when)
    work.take(stage.engine, stage.person(name), stage.task(title, case).id)


@say("{person} may not take the task {quoted}[ for {case}][ because {quoted}]")
def may_not_take(
    stage: Stage, _table: Table | None, name: str, title: str, case: str | None, because: str | None
) -> None:
    """Expect taking the task to be refused, or that there is no such task."""
    person = stage.person(name)
    stage.refused(lambda: work.take(stage.engine, person, stage.task(title, case).id), because)


@say("{person} is reminded about {case}")
def is_reminded(stage: Stage, _table: Table | None, name: str, case: str) -> None:
    """Expect a reminder, as the table reminders words it, among the notices that the events before caused."""
    notices = stage.ask(lambda question: reminder_notices(question))
    person = stage.person(name)
    letters = stage.ask(lambda question: outbox.to_person(question.connection, person, case))
    if not any(letter.id > stage.last_letter and letter.notice in notices for letter in letters):
        raise UnmetError(f"{name} had no reminder about {case}.")


@say("{person} is notified about {case}[ at {when}]")
def is_notified(stage: Stage, _table: Table | None, name: str, case: str, when: Moment | None) -> None:
    """Expect a notice to somebody among those that the events before this phrase caused."""
    person = stage.person(name)
    letters = stage.ask(lambda question: outbox.to_person(question.connection, person, case))
    new = [letter for letter in letters if letter.id > stage.last_letter]
    if when is not None:
        new = [letter for letter in new if shown(letter.created_at) == shown(when.moment(letter.created_at.time()))]
    if not new:
        earlier = f" The last was sent {shown(letters[-1].created_at)}." if letters else ""
        raise UnmetError(f"{name} had no notice about {case}.{earlier}")


@say("{person} is not notified about {case}")
def is_not_notified(stage: Stage, _table: Table | None, name: str, case: str) -> None:
    """Expect no notice to somebody among those that the events before this phrase caused."""
    person = stage.person(name)
    letters = stage.ask(lambda question: outbox.to_person(question.connection, person, case))
    for letter in letters:
        if letter.id > stage.last_letter:
            raise UnmetError(f"{name} had the notice “{letter.subject}”.")


def _day(day: date | None) -> str:
    return "without a due day" if day is None else f"{day:%a %-d %b %Y}"
