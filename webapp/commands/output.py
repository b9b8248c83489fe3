"""How commands speak: sentences and tables for people, JSON for machines, progress beside both."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table
from rich.text import Text

EXIT_CODES: Final = "Exit code: 0 done · 1 refused or failed · 2 used wrongly."
# Wide enough that no cell is cut when the output goes into a file.
WIDTH_OF_A_FILE: Final = 200

_JSON: Final = "casefile.json"


def _remember(context: click.Context, _parameter: click.Parameter, wanted: bool) -> bool:
    context.find_root().meta[_JSON] = wanted
    return wanted


as_json = click.option(
    "--json",
    "json_wanted",
    is_flag=True,
    is_eager=True,
    callback=_remember,
    help='Print JSON, for programs. What is refused is printed as {"refused": sentence}.',
)


def say(text: str = "") -> None:
    """Print a line for people."""
    click.echo(text)


def note(text: str) -> None:
    """Print a line beside the output, which a program does not read."""
    click.echo(text, err=True)


def counted(number: int, thing: str) -> str:
    """Return "1 problem", "2 problems", "no problems"."""
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"


def print_json(value: Any) -> None:
    """Print one JSON value on one line."""
    click.echo(json.dumps(value, ensure_ascii=False, allow_nan=False))


def refuse(sentence: str, code: int = 1) -> NoReturn:
    """Tell why nothing is done and exit; as JSON too when JSON was asked for."""
    context = click.get_current_context(silent=True)
    if context is not None and context.find_root().meta.get(_JSON):
        print_json({"refused": sentence})
    click.echo(f"Error: {sentence}", err=True)
    raise click.exceptions.Exit(code)


def failed() -> NoReturn:
    """Exit as failed: the output says why."""
    raise click.exceptions.Exit(1)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """Print rows under column names. Nothing that stands in a cell is taken for markup."""
    table = Table(*columns, title=title or None, title_justify="left", title_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    _console().print(table)


def heading(text: str) -> None:
    """Print a heading."""
    _console().print(Text(text, style="bold"))


def line(*parts: tuple[str, str]) -> None:
    """Print one line of parts, each a text with its style such as ("passed", "green")."""
    _console().print(Text.assemble(*parts), soft_wrap=True)


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Any]:
    """Show how far long work has come, on a terminal only; yields what is called with the number done."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:
        task = shown.add_task(what, total=total)
        yield lambda done: shown.update(task, completed=done)


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH_OF_A_FILE)
