"""casefile check."""

from dataclasses import asdict
from pathlib import Path

import click

from engine.service.policy import deployments
from webapp.commands.output import as_json, counted, failed, print_json, say
from webapp.commands.parameters import FOLDER


@click.command("check", short_help="Look at a policy and say what to mend.")
@click.argument("folder", metavar="[DIR]", type=FOLDER, default=".")
@as_json
def command(folder: Path, json_wanted: bool) -> None:
    """Look at every diagram, table, form, notice and story of DIR, and say what to mend.

    DIR holds the folders processes/ and forms/; it is the current folder unless it is given. All problems are told at
    once, each with its file, its element and its remedy. A policy without problems can be deployed.

    With --json: {"problems": [{"file", "element", "code", "message"}]}.
    """
    problems = deployments.check(deployments.read_snapshot(folder))
    if json_wanted:
        print_json({"problems": [asdict(problem) for problem in problems]})
    else:
        for problem in problems:
            where = f"{problem.file}, {problem.element}" if problem.element else problem.file
            say(f"{where}: {problem.message} [{problem.code}]")
        say(f"{counted(len(problems), 'problem')}." if problems else "No problems: this policy can be deployed.")
    if problems:
        failed()
