"""One click over HTTP: completing a task and saving a section of an audit, and the same by a bare application."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from engine.service.people import accounts
from engine.service.record_system import extracts
from engine.service.tasks import answering
from engine.store.database import Database
from tests.benchmarks import bare, town
from tests.benchmarks.measuring import Figure, Work, in_turn, milliseconds, ratio
from tests.benchmarks.served import PASSWORD, Browser, Sent, serve_bare, serve_casefile, served
from tests.factories.council import AUDIT, SET_UP, Council, at
from webapp.passwords import HASHER

ROUNDS, FIRST = 61, 5
FIRST_CASE = 510_000
BEGIN = at(2026, 11, 2)
AUDITOR, MANAGER, SECTION = "kim", "mo", "safety"
COMMENT = "The record is up to date and says what was done and why. "


def over_http(folder: Path) -> list[Figure]:
    """Compare clicks on pages of Casefile with the POST of the yardstick, one after the other, on loopback."""
    found = town.council(folder / "http.db", BEGIN)
    audits, acknowledgements = _work(found)
    answers = answering.for_task(found.engine, audits[0].id, {"remedial_action_required": "no"})
    read = answering.for_task(found.engine, acknowledgements[0].id, {})
    let_in(found)
    url = bare_database(folder / "bare.db", [AUDITOR], 2 * ROUNDS)
    with (
        served(serve_casefile, str(found.database.url), BEGIN) as ours,
        served(serve_bare, url, BEGIN) as theirs,
        closing(Browser(ours).sign_in(MANAGER)) as manager,
        closing(Browser(ours).sign_in(AUDITOR)) as auditor,
        closing(Browser(theirs)) as other,
    ):
        posts = by_hand(other, AUDITOR)
        sections = clicks_on(auditor, audits, answers, f"/sections/{SECTION}", "Save and continue")
        return [
            *_compared("acknowledging an audit", manager, clicks_on(manager, acknowledgements, read), other, posts),
            *_compared("saving a section of an audit", auditor, sections, other, posts),
        ]


def let_in(found: Council) -> None:
    """Let everybody of the directory sign in, all by one password, and close the database: others serve it now."""
    hashed = HASHER.hash(PASSWORD)
    for person in accounts.everybody(found.engine):
        accounts.set_password(found.engine, SET_UP, person.username, hashed)
    found.database.close()


def bare_database(path: Path, people: list[str], tasks: int) -> str:
    """Make the database of the yardstick; return its URL."""
    database = Database(f"sqlite:///{path}")
    bare.fill(database, people, tasks)
    database.close()
    return str(database.url)


def by_hand(other: Browser, person: str, first: int = 1) -> Iterator[Sent]:
    """What clicks on one task of the yardstick after another send."""
    fields = {"csrf_token": other.sign_in_bare(person), "comment": COMMENT}
    while True:
        yield Sent(f"/tasks/{first}", urlencode(fields).encode())
        first += 1


def clicks_on(
    reader: Browser, tasks: list[Any], raw: Mapping[str, Any], place: str = "", button: str = "Complete"
) -> Iterator[Sent]:
    """What the clicks on the pages of like tasks send, after typing `raw`: the page of the first is opened for all."""
    page = reader.open(f"/tasks/{tasks[0].id}{place}")
    names = {one.get("name") for one in page.tree.cssselect("main [name]")}
    _, fields = page.sent_by(button, {name: value for name, value in raw.items() if name in names})
    for one in tasks:
        fields["key"] = secrets.token_hex(16)
        yield Sent(f"/tasks/{one.id}{place}", urlencode(list(fields.items(multi=True))).encode())


def _work(found: Council) -> tuple[list[Any], list[Any]]:
    """As many audits to write as there are to acknowledge."""
    extracts.add_cases(found.engine, SET_UP, list(town.cases(FIRST_CASE, 2 * ROUNDS, homes=1)))
    cases = [f"CF-{number}" for number in range(FIRST_CASE, FIRST_CASE + 2 * ROUNDS)]
    typist = town.Typist(found)
    for case in cases:
        found.assign(case, AUDITOR)
    for case in cases[ROUNDS:]:
        typist.complete(found.task(AUDIT, case), remedial_action_required="no")
    (acknowledge,) = found.titles(cases[-1])
    written = [found.task(AUDIT, case) for case in cases[:ROUNDS]]
    return written, [found.task(acknowledge, case) for case in cases[ROUNDS:]]


def _compared(
    name: str, reader: Browser, clicks: Iterator[Sent], other: Browser, posts: Iterator[Sent]
) -> Iterator[Figure]:
    times = in_turn(_pair(reader, click, other, next(posts)) for click in clicks)[FIRST:]
    yield Figure(f"{name} over HTTP: Casefile / Flask and ORM by hand", ratio(times), "times", 2.0)
    yield Figure("… Casefile", milliseconds([one for one, _ in times]), "ms")
    yield Figure("… Flask and ORM by hand", milliseconds([by_hand for _, by_hand in times]), "ms")


def _pair(reader: Browser, click: Sent, other: Browser, post: Sent) -> tuple[Work, Work]:
    return lambda: redirected(reader, click), lambda: redirected(other, post)


def redirected(browser: Browser, sent: Sent) -> None:
    """Send a click that leads to another page when all goes well."""
    status, body, response = browser.send(sent)
    assert status == 302 and "/sign-in" not in response.headers["Location"], body.decode()
