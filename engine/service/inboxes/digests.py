"""The daily digest: how much is overdue, due today and due within a working week, to everybody who wants to know.

Each person's letter is a transaction of its own, and its key in the outbox says the day and the person: whoever writes
it second, in another process or after a crash, writes nothing.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

from engine.domain.calendar import LONDON, end_of_day
from engine.service import notices
from engine.service.command import CLOCK, Command, Question
from engine.service.engine import Engine
from engine.service.inboxes.inbox import MOST, OVERDUE, TODAY, WEEK, Wanted, narrowed
from engine.service.inboxes.preferences import digest_rule
from engine.service.inboxes.views import ALL, Reach
from engine.service.mail.mailroom import usable
from engine.store import personal

NOTICE: Final = "daily_digest"
STREAM: Final = "digests"
_SECOND: Final = timedelta(seconds=1)


def write_due(engine: Engine) -> int:
    """Write every digest of today whose hour has come; return how many letters were written.

    Nobody gets one on a day that is no working day, without an address, or with nothing to tell. One that fails is
    told of when the others are written, and tried again with the next call.
    """
    written = 0
    for hour, names in engine.ask(_due).items():
        failures: list[Exception] = []
        letters = 0
        for name in names:
            try:
                letters += engine.run(CLOCK, partial(_write, name))
            except Exception as failure:
                failures.append(failure)
        if failures:
            raise failures[0]
        engine.run(CLOCK, partial(_finish, hour, letters))
        written += letters
    return written


def _due(question: Question) -> dict[int, list[str]]:
    """Return by hour who wants a digest that is due and not written yet; an hour at which nobody does is left out."""
    if not question.calendar.is_working_day(question.today):
        return {}
    finished = personal.rounds_of(question.connection, question.today)
    choices = personal.digest_choices(question.connection)
    rules = {post: digest_rule(question, post) for post in {one.post for one in question.directory.people.values()}}
    found: defaultdict[int, list[str]] = defaultdict(list)
    for person in question.directory.people.values():
        rule = rules[person.post]
        is_wanted = person.active and usable(person.email) and choices.get(person.username, rule.wanted)
        if is_wanted and rule.hour is not None and rule.hour not in finished and _has_come(question, rule.hour):
            found[rule.hour].append(person.username)
    return dict(found)


def _has_come(question: Question, hour: int) -> bool:
    return question.now.astimezone(LONDON).hour >= hour


def _write(username: str, command: Command) -> int:
    """Write somebody's digest; return 1, or 0 when there is nothing to tell."""
    reach = Reach(command, username)
    week = replace(narrowed(command, Wanted(due=WEEK)), due_from=end_of_day(command.today) + _SECOND)
    counts = {
        "overdue": reach.count(ALL, narrowed(command, Wanted(due=OVERDUE))),
        "today": reach.count(ALL, narrowed(command, Wanted(due=TODAY))),
        "week": reach.count(ALL, week),
    }
    if not any(counts.values()):
        return 0
    told = {name: _words(number) for name, number in counts.items()}
    notices.write(command, username, NOTICE, {}, f"digest:{command.today.isoformat()}", **told)
    return 1


def _words(number: int) -> str:
    """Return a count in words; nothing is told of what there is none of."""
    return "" if number == 0 else f"more than {MOST:,}" if number > MOST else f"{number:,}"


def _finish(hour: int, letters: int, command: Command) -> None:
    if personal.finish_round(command.connection, command.today, hour, command.now):
        details = {"day": command.today.isoformat(), "hour": hour, "letters": letters}
        command.note(STREAM, "written", details)
