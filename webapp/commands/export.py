"""casefile export."""

from pathlib import Path

import click

from engine.errors import NotNow
from engine.service.policy import deployments
from webapp.commands.output import as_json, print_json, say
from webapp.commands.settings import council


@click.command("export", short_help="Write the policy in force into a folder.")
@click.argument("folder", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path), default="policy-in-force")
@click.option("--number", type=click.IntRange(min=1), help="Another deployment than the one in force.")
@click.option("--overwrite", is_flag=True, help="Write over a policy that stands in DIR already.")
@as_json
def command(folder: Path, number: int | None, overwrite: bool, json_wanted: bool) -> None:
    """Write the policy in force into DIR (policy-in-force unless given), to be changed there and deployed again.

    With --json: {"folder": DIR, "files": [paths]}.
    """
    if not overwrite and any((folder / name).exists() for name in ("processes", "forms")):
        raise NotNow(doing="This export", reason=f"{folder} holds a policy already; use another folder or --overwrite")
    with council() as engine:
        written = deployments.export(engine, folder, number)
    if json_wanted:
        print_json({"folder": str(folder), "files": [str(path.relative_to(folder)) for path in written]})
    else:
        say(f"{len(written)} files are written into {folder}.")
