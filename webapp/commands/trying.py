"""casefile try."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from engine.domain.calendar import WorkingCalendar
from engine.errors import DatabaseNotReady, DatabaseUnusable, Refusal
from engine.service.clock import SystemClock
from engine.service.policy import trial
from webapp.commands import policy, settings
from webapp.commands.output import failed, print_json
from webapp.commands.parameters import FILE, MOMENT

_ESCAPED: Final = re.compile(r"\\[\\n]")
_MEANT: Final = {r"\n": "\n", r"\\": "\\"}


# An expression may begin with a minus.
@click.command("try", short_help="Try an expression or a script.", context_settings={"ignore_unknown_options": True})
@click.argument("expression", required=False)
@click.option("--file", "file", type=FILE, help=r"Try every line of a file; \n stands for a line break, \\ for a \.")
@click.option("--script", is_flag=True, help="Try statements such as a = score + 1, and see what they set.")
@click.option("--data", default="{}", metavar="JSON", help='The values it may use, such as {"score": 3}.')
@click.option("--at", "moment", type=MOMENT, help="The moment at which today() and the like answer. Now unless given.")
@policy.option
def command(
    expression: str | None, file: Path | None, script: bool, data: str, moment: datetime | None, folder: Path | None
) -> None:
    """Try an EXPRESSION before you write it into a diagram, table or form.

    Prints {"value": …} or {"refused": a sentence that says what to write instead}, one JSON object for each expression
    on a line of its own. It may use the functions of diagrams (casefile describe functions). The exit code is 1 when
    anything was refused.

    \b
    casefile try 'working_days(20)'
    casefile try 'score > 2 and grade == "Good"' --data '{"score": 3, "grade": "Good"}'
    """
    if (expression is None) == (file is None):
        raise click.UsageError("Give either an EXPRESSION or --file.")
    sources = list(_lines(file)) if file is not None else [expression]
    refused = False
    for answer in _answers(sources, data, script, _functions(moment, folder, sources)):
        print_json(answer)
        refused = refused or "refused" in answer
    if refused:
        failed()


def _answers(
    sources: list[str | None], data: str, script: bool, functions: trial.Functions
) -> Iterator[Mapping[str, object]]:
    try:
        names = trial.read_data(data)
    except Refusal as refusal:
        yield from ({"refused": refusal.sentence} for _ in sources)
        return
    for source in sources:
        if source is None:
            yield {"refused": "This line is no text in UTF-8."}
        else:
            yield trial.try_expression(source, names, functions, script)


def _lines(file: Path) -> Iterator[str | None]:
    """Yield the expressions of a file, one a line, None for a line that is no text."""
    lines = file.read_bytes().split(b"\n")
    for raw in lines if lines[-1] else lines[:-1]:
        try:
            yield _ESCAPED.sub(lambda found: _MEANT[found[0]], raw.removesuffix(b"\r").decode())
        except UnicodeDecodeError:
            yield None


def _functions(moment: datetime | None, folder: Path | None, sources: list[str | None]) -> trial.Functions:
    """Return the functions at that moment, by the calendar of the council where there is one.

    The policy is read in only for those who ask for its deadlines.
    """
    asked = folder is not None or any("deadline" in source for source in sources if source is not None)
    snapshot = policy.found_or_none(folder) if asked else None
    return trial.functions_at(moment or SystemClock().now(), snapshot, _calendar())


def _calendar() -> WorkingCalendar | None:
    try:
        with settings.council() as engine:
            return engine.ask(lambda question: question.calendar)
    except (DatabaseNotReady, DatabaseUnusable):
        return None
