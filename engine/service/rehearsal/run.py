"""Running stories: Gherkin files against a snapshot, each scenario on a stage of its own."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gherkin import Compiler, Parser
from gherkin.errors import CompositeParserException, ParserError

from engine.errors import Refusal, Unreadable
from engine.service.rehearsal import (
    steps_audit,
    steps_closure,
    steps_compliance,
    steps_concern,
    steps_council,
    steps_cycle,
    steps_disagreement,
    steps_figures,
    steps_incidents,
    steps_lists,
    steps_policy,
    steps_record,
    steps_reliability,
    steps_remedial,
    steps_reports,
    steps_retention,
    steps_starting,
    steps_support,
    steps_sustained,
    steps_tasks,
    steps_thematic,
    steps_training,
)
from engine.service.rehearsal.book import BOOK
from engine.service.rehearsal.phrases import StoryError, UnmetError, days_in
from engine.service.rehearsal.stage import Council, Stage

# Importing a room of phrases writes them into the book.
ROOMS = (
    steps_audit,
    steps_closure,
    steps_compliance,
    steps_concern,
    steps_council,
    steps_cycle,
    steps_disagreement,
    steps_figures,
    steps_incidents,
    steps_lists,
    steps_policy,
    steps_record,
    steps_reliability,
    steps_remedial,
    steps_retention,
    steps_reports,
    steps_starting,
    steps_support,
    steps_sustained,
    steps_tasks,
    steps_thematic,
    steps_training,
)

PASSED, FAILED = "passed", "failed"
SOME_DAY = date(2026, 10, 1)
STORIES, NOT_YET = "processes/stories/", "processes/stories/not_yet.txt"


@dataclass(frozen=True)
class Scenario:
    """What became of one scenario: for a failed one the step it stopped at and why."""

    file: str
    feature: str
    scenario: str
    status: str
    step: str
    message: str


def stories_of(snapshot: Mapping[str, bytes]) -> dict[str, str]:
    """Return the story files of a snapshot by path, in order."""
    return {
        path: content.decode()
        for path, content in sorted(snapshot.items())
        if path.startswith(STORIES) and path.endswith(".feature")
    }


def not_yet(snapshot: Mapping[str, bytes]) -> frozenset[str]:
    """Return the names of the story files that not_yet.txt leaves for later."""
    lines = snapshot.get(NOT_YET, b"").decode().splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def rehearse(
    snapshot: Mapping[str, bytes],
    stories: Mapping[str, str],
    council: Council,
    told: Callable[[Scenario], None] = lambda _scenario: None,
) -> list[Scenario]:
    """Run every scenario of `stories` (Gherkin by file name) against `snapshot`; `told` hears of each at once.

    NotDeployable when the snapshot cannot run; a file that is no Gherkin is one failed scenario.
    """
    done = []
    for file, text in stories.items():
        for scenario in _run_file(snapshot, file, text, council):
            told(scenario)
            done.append(scenario)
    return done


def _run_file(snapshot: Mapping[str, bytes], file: str, text: str, council: Council) -> Iterator[Scenario]:
    try:
        feature, pickles = _pickles(file, text)
    except Unreadable as error:
        yield Scenario(file, file, "the whole file", FAILED, "", error.sentence)
        return
    for pickle in pickles:
        step, message = _play(snapshot, pickle, council)
        yield Scenario(file, feature, pickle["name"], FAILED if message else PASSED, step, message)


def _pickles(file: str, text: str) -> tuple[str, list[Any]]:
    try:
        document = Parser().parse(text)
    except (CompositeParserException, ParserError) as error:
        raise Unreadable(file=file, reason=f"it is not Gherkin: {error}") from error
    if document.get("feature") is None:
        raise Unreadable(file=file, reason="it has no Feature")
    return document["feature"]["name"], Compiler().compile({**document, "uri": file})


def _play(snapshot: Mapping[str, bytes], pickle: Mapping[str, Any], council: Council) -> tuple[str, str]:
    """Play one scenario; return the step at which it failed and why, two empty texts when it did not."""
    steps = list(_steps(pickle))
    found = []
    for text, _, table in steps:
        try:
            found.append((text, *BOOK.find(text), table))
        except StoryError as error:
            return text, str(error)
    stage = Stage(council, snapshot, _first_day(steps))
    try:
        return _play_steps(stage, [kind for _, kind, _ in steps], found)
    finally:
        stage.close()


def _play_steps(stage: Stage, kinds: list[str], found: Iterable[Any]) -> tuple[str, str]:
    before = ""
    for kind, (text, phrase, values, table) in zip(kinds, found, strict=True):
        if kind != "Outcome" and before == "Outcome":
            stage.begin_block()
        before = kind
        try:
            phrase.act(stage, table, *values)
        except (UnmetError, StoryError) as error:
            return text, str(error)
        except Refusal as refusal:
            return text, refusal.sentence
    return "", ""


def _steps(pickle: Mapping[str, Any]) -> Iterator[tuple[str, str, list[list[str]] | None]]:
    for step in pickle["steps"]:
        table = (step.get("argument") or {}).get("dataTable")
        rows = [[cell["value"] for cell in row["cells"]] for row in table["rows"]] if table else None
        yield step["text"].rstrip(":").strip(), step.get("type", ""), rows


def _first_day(steps: Iterable[tuple[str, str, Any]]) -> date:
    return min((day for text, _, _ in steps for day in days_in(text)), default=SOME_DAY)


def totals(scenarios: Iterable[Scenario]) -> dict[str, Any]:
    """Return the outcome as `casefile rehearse --json` prints it."""
    listed = list(scenarios)
    return {
        "passed": sum(one.status == PASSED for one in listed),
        "failed": sum(one.status == FAILED for one in listed),
        "scenarios": [{name: value for name, value in vars(one).items() if name != "file"} for one in listed],
    }
