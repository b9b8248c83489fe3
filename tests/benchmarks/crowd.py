"""Fifty people at once, each with a browser of their own: they open My tasks, a task, a section and the case, keep
the section, complete the task, and wait a while between. Times are taken by the browsers, queues included.
"""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

from engine.service.record_system import extracts
from engine.service.tasks import answering, work
from tests.benchmarks import town
from tests.benchmarks.measuring import Figure
from tests.benchmarks.over_http import SECTION, bare_database, by_hand, clicks_on, let_in
from tests.benchmarks.served import Browser, Sent, serve_bare, serve_casefile, served
from tests.factories.council import AUDIT, SET_UP, Council, at
from tests.factories.share import share

PEOPLE, EACH = 50, 2
# How long people are watched, and the shortest and longest that they wait before the next click: 14 clicks a second.
SECONDS, PAUSES = share(150) / 10, (1.0, 6.0)
FIRST_CASE = 520_000
BEGIN = at(2026, 11, 2)
ANSWER = 150
Day = Callable[[Browser, int], Iterator[Sent]]


@dataclass(frozen=True)
class Answered:
    """One click: how long its answer took in seconds, and its status."""

    seconds: float
    status: int


def crowd(folder: Path) -> list[Figure]:
    """Let fifty people work with Casefile, and then as many send the POST of the yardstick as often."""
    found = town.council(folder / "crowd.db", BEGIN, auditors=PEOPLE)
    tasks, raw = _work(found)
    let_in(found)
    with served(serve_casefile, str(found.database.url), BEGIN) as port:
        ours = _watched(port, lambda browser, number: _casework(browser, number, tasks[number], raw))
    url = bare_database(folder / "crowd_bare.db", [f"auditor{number}" for number in range(PEOPLE)], 100 * PEOPLE)
    with served(serve_bare, url, BEGIN) as port:
        bare = _watched(port, lambda browser, number: by_hand(browser, f"auditor{number}", 100 * number + 1))
    (typical, late, last), (_, late_by_hand, _) = _percentiles(ours), _percentiles(bare)
    return [
        Figure(f"{PEOPLE} people at once: 95 of 100 clicks answered within", late, "ms", ANSWER),
        Figure("… half of them within", typical, "ms"),
        Figure("… 99 of 100 within", last, "ms"),
        Figure("… clicks a second", len(ours) / SECONDS, "clicks"),
        Figure("… clicks that failed", sum(one.status >= 400 for one in ours), "clicks", 0),
        Figure("… 95 of 100: Casefile / Flask and ORM by hand", late / late_by_hand, "times"),
    ]


def _work(found: Council) -> tuple[list[list[Any]], dict[str, Any]]:
    """EACH audits for each auditor, with a draft that says all; and what it says."""
    extracts.add_cases(found.engine, SET_UP, list(town.cases(FIRST_CASE, PEOPLE * EACH, homes=1)))
    tasks: list[list[Any]] = [[] for _ in range(PEOPLE)]
    raw: dict[str, Any] = {}
    for number in range(PEOPLE * EACH):
        auditor = f"auditor{number % PEOPLE}"
        found.assign(f"CF-{FIRST_CASE + number}", auditor)
        task = found.task(AUDIT, f"CF-{FIRST_CASE + number}")
        raw = raw or answering.for_task(found.engine, task.id, {"remedial_action_required": "no"})
        work.save_draft(found.engine, auditor, task.id, raw)
        tasks[number % PEOPLE].append(task)
    return tasks, raw


def _casework(browser: Browser, number: int, tasks: list[Any], raw: dict[str, Any]) -> Iterator[Sent]:
    browser.sign_in(f"auditor{number}")
    place = f"/sections/{SECTION}"
    kept, completed = clicks_on(browser, tasks, raw, place, "Save and continue"), clicks_on(browser, tasks, raw)
    for task, keep, complete in zip(tasks, list(kept), list(completed), strict=True):
        yield from (Sent("/"), Sent(f"/tasks/{task.id}"), Sent(f"/tasks/{task.id}{place}"), keep)
        yield from (Sent(f"/cases/{task.case_ref}"), complete)


def _watched(port: int, day: Day) -> list[Answered]:
    """Let everybody sign in, then all begin at once; return what they saw in SECONDS."""
    browsers = [Browser(port) for _ in range(PEOPLE)]
    with ThreadPoolExecutor(PEOPLE) as pool:
        first = list(pool.map(_begun, (day(browser, number) for number, browser in enumerate(browsers))))
        end = time.monotonic() + SECONDS
        working = [
            pool.submit(_clicking, number, browser, clicks, end)
            for number, (browser, clicks) in enumerate(zip(browsers, first, strict=True))
        ]
        answers = [one for people in working for one in people.result()]
    for browser in browsers:
        browser.close()
    return answers


def _begun(clicks: Iterator[Sent]) -> list[Sent]:
    """What somebody is going to click on, once they are signed in and know their pages."""
    return [sent for _, sent in zip(range(6 * EACH), clicks, strict=False)]


def _clicking(number: int, browser: Browser, clicks: list[Sent], end: float) -> list[Answered]:
    chance, answers = random.Random(number), []
    for sent in clicks:
        pause = chance.uniform(*PAUSES) if answers else chance.uniform(0, PAUSES[1])
        if time.monotonic() + pause >= end:
            break
        time.sleep(pause)
        began = time.perf_counter()
        status, _, _ = browser.send(sent)
        answers.append(Answered(time.perf_counter() - began, status))
    return answers


def _percentiles(answers: list[Answered]) -> tuple[float, float, float]:
    """The 50th, 95th and 99th percentile in milliseconds."""
    hundredths = quantiles([one.seconds * 1_000 for one in answers], n=100)
    return hundredths[49], hundredths[94], hundredths[98]
