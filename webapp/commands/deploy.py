"""casefile deploy."""

from datetime import datetime
from pathlib import Path

import click

from engine.errors import NotDeployable
from engine.service.policy import deployments
from webapp.commands.output import as_json, counted, print_json, refuse, say
from webapp.commands.parameters import FOLDER, MOMENT, shown
from webapp.commands.settings import council

BY_COMMAND = "the command line"
MOST_TOLD = 20


@click.command("deploy", short_help="Put a policy into force for new work.")
@click.argument("folder", metavar="[DIR]", type=FOLDER, default=".")
@click.option("--note", default="", help="Why, and who agreed: it is kept with the deployment.")
@click.option("--from", "start", type=MOMENT, help="When it comes into force, such as 2027-01-04. Now unless given.")
@click.option("--by", "actor", default=BY_COMMAND, show_default=True, help="Who deploys it, for the event log.")
@as_json
def command(folder: Path, note: str, start: datetime | None, actor: str, json_wanted: bool) -> None:
    """Put the policy in DIR (the current folder unless given) into force for new work.

    Work already begun keeps the policy it began with. A policy with problems is refused; casefile check lists them,
    and casefile rehearse plays its stories. One that is in force already is not deployed twice; an earlier one may
    come back.

    With --json: {"deployment": number, "already_in_force": true or false}.
    """
    snapshot = deployments.read_snapshot(folder)
    with council() as engine:
        before = deployments.number_in_force(engine)
        try:
            number = deployments.deploy(engine, actor, snapshot, note, start)
        except NotDeployable as refusal:
            lines = [f"  {one.file}: {one.message}" for one in refusal.problems[:MOST_TOLD]]
            count = counted(len(refusal.problems), "problem")
            refuse("\n".join([f"{count} must be mended before this can be deployed:", *lines]))
        now = engine.clock.now()
    if json_wanted:
        print_json({"deployment": number, "already_in_force": number == before})
    elif number == before:
        say(f"This policy is in force already, as deployment {number}.")
    else:
        say(f"Deployment {number} is in force from {shown(start or now)}.")
