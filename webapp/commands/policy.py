"""Which policy a command is about: a folder's, or the one in force."""

from collections.abc import Mapping
from pathlib import Path

import click

from engine.errors import NoPolicy
from engine.service import composition
from engine.service.policy import deployments
from webapp.commands.parameters import FOLDER
from webapp.commands.settings import Settings, council

option = click.option(
    "--policy",
    "folder",
    type=FOLDER,
    help="A folder with processes/ and forms/. Unless it is given: the current folder when it has them, otherwise the"
    " policy in force in the database.",
)


def chosen(folder: Path | None) -> Mapping[str, bytes]:
    """Return the files of the policy meant; NoPolicy when there is none to be had."""
    found = found_or_none(folder)
    if found is None:
        raise NoPolicy
    return found


def found_or_none(folder: Path | None) -> Mapping[str, bytes] | None:
    """Return the files of the policy meant, None when none was named and there is none to be had; NotFound."""
    if folder is not None:
        return deployments.read_snapshot(folder)
    here = Path()
    if (here / "processes").is_dir() and (here / "forms").is_dir():
        return deployments.read_snapshot(here)
    if not composition.is_ready(Settings.read().database):
        return None
    with council() as engine:
        return None if deployments.number_in_force(engine) is None else deployments.files(engine)
