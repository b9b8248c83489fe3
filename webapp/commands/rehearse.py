"""casefile rehearse."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import click

from engine.service.rehearsal import run
from engine.service.rehearsal.run import PASSED, Scenario
from engine.service.rehearsal.stage import Council
from webapp.commands import policy
from webapp.commands.output import as_json, failed, line, print_json, progress, say
from webapp.commands.parameters import FILE
from webapp.demo import council, town


@click.command("rehearse", short_help="Play stories against a policy.")
@click.argument("files", metavar="[FILE...]", type=FILE, nargs=-1)
@policy.option
@as_json
def command(files: tuple[Path, ...], folder: Path | None, json_wanted: bool) -> None:
    """Play stories against the policy, in memory and on a clock of their own, and say where they no longer hold.

    Each FILE is a story (.feature); without one all stories of the policy are played, but for those that its
    not_yet.txt leaves for later. casefile describe steps lists the phrases that stories may use.

    With --json: {"passed": n, "failed": n, "scenarios": [{"feature", "scenario", "status", "step", "message"}],
    "not_yet": [files]}. The exit code is 0 only when all passed.
    """
    snapshot = policy.chosen(folder)
    later = frozenset() if files else run.not_yet(snapshot)
    stories = _given(files) if files else _own(snapshot, later)
    totals = run.totals(_play(snapshot, stories, quietly=json_wanted))
    if json_wanted:
        print_json({**totals, "not_yet": sorted(later)})
    else:
        for name in sorted(later):
            line(("not yet  ", "yellow"), (name, ""))
        say(f"{totals['passed']} passed, {totals['failed']} failed.")
    if totals["failed"]:
        failed()


def _play(snapshot: Mapping[str, bytes], stories: Mapping[str, str], *, quietly: bool) -> list[Scenario]:
    done: list[Scenario] = []

    def told(scenario: Scenario) -> None:
        done.append(scenario)
        tell(len(done))
        if not quietly:
            _show(scenario)

    with progress("Playing stories") as tell:
        run.rehearse(snapshot, stories, demonstration(), told)
    return done


def demonstration() -> Council:
    """Return the council that stories are played with."""
    return Council(list(council.people("people")), list(council.teams()), list(town.of_stories()))


def _given(files: tuple[Path, ...]) -> dict[str, str]:
    return {str(path): path.read_text(encoding="utf-8", errors="replace") for path in files}


def _own(snapshot: Mapping[str, bytes], later: frozenset[str]) -> dict[str, str]:
    return {path: text for path, text in run.stories_of(snapshot).items() if PurePosixPath(path).name not in later}


def _show(scenario: Scenario) -> None:
    style = "green" if scenario.status == PASSED else "bold red"
    line((f"{scenario.status:9}", style), (f"{scenario.feature}: {scenario.scenario}", ""))
    if scenario.status != PASSED:
        if scenario.step:
            line((f"         at: {scenario.step}", ""))
        line((f"         {scenario.message}", "red"))
