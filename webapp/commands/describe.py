"""casefile describe."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from engine.service.description import BLANKS, OF_CODE, OF_POLICY, SUBJECTS
from webapp.commands import policy
from webapp.commands.output import as_json, heading, print_json, say, show_table

Records = Sequence[Mapping[str, Any]]


@click.command("describe", short_help="List what you may write, and what stands in a policy.")
@click.argument("subject", type=click.Choice(list(SUBJECTS)), metavar="|".join(SUBJECTS))
@policy.option
@as_json
def command(subject: str, folder: Path | None, json_wanted: bool) -> None:
    """List what you may write, and what stands in the policy.

    \b
    steps       the phrases that stories may use
    functions   the functions that diagrams, tables and forms may call
    operations  the service operations that diagrams may call
    forms       the forms of the policy, with their questions
    processes   the processes of the policy, with their steps
    tables      the decision tables of the policy, with their rows
    manual      each sentence of the manual that asks for something, with what carries it

    The first three come from the program itself, the others from the policy.

    With --json: {subject: [...]}, for the manual {"requirements": [{"id", "sentence", "elements", "tables", "forms",
    "reports", "stories", ...}]}.
    """
    records = OF_CODE[subject]() if subject in OF_CODE else OF_POLICY[subject](policy.chosen(folder))
    if json_wanted:
        print_json({_NAMED.get(subject, subject): records})
    else:
        _SHOWN[subject](records)


def _steps(records: Records) -> None:
    for room in records:
        heading(room["room"])
        for step in room["steps"]:
            say(f"  {step['phrase']}")
            say(f"      {step['meaning']}")
        say()
    heading("What stands in { }")
    for name, example in BLANKS.items():
        say(f"  {{{name}}}  such as {example}")
    say("  [ ]  may be left out")


def _calls(records: Records) -> None:
    for one in records:
        say(one["call"])
        say(f"    {one['meaning']}")


def _forms(records: Records) -> None:
    for form in records:
        rows = [(one["id"], one["question"], one["type"], one["variable"]) for one in form["questions"]]
        show_table(("id", "question", "type", "variable"), rows, f"{form['file']}: {form['title']}")
        say()


def _processes(records: Records) -> None:
    for process in records:
        named = [one for one in process["elements"] if one["name"]]
        rows = [(one["id"], one["kind"], one["name"], one["post"], one["form"]) for one in named]
        show_table(("id", "kind", "name", "post", "form"), rows, f"{process['id']}: {process['name']}")
        say()


def _tables(records: Records) -> None:
    for table in records:
        rows = [(one["id"], *one["asks"], *one["answers"]) for one in table["rows"]]
        columns = ("row", *(f"{one}?" for one in table["asks"]), *table["answers"])
        show_table(columns, rows, f"{table['id']}: {table['title']} ({table['hit_policy']})")
        say()


def _manual(records: Records) -> None:
    for one in records:
        heading(f"{one['id']}  {one['sentence']}")
        say(f"  {one['rule']}")
        for kind in ("elements", "tables", "forms", "reports", "stories", "engine"):
            if one[kind]:
                say(f"    {kind:9} {', '.join(one[kind])}")
        if one["not_yet"]:
            say(f"    not yet   {one['not_yet']}")
        say()


_NAMED: Mapping[str, str] = {"manual": "requirements"}
_SHOWN: Mapping[str, Callable[[Records], None]] = {
    "steps": _steps,
    "functions": _calls,
    "operations": _calls,
    "forms": _forms,
    "processes": _processes,
    "tables": _tables,
    "manual": _manual,
}
