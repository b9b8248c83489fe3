"""casefile redraw."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from engine.domain.sampling import Draw, redraw
from engine.errors import NotReproduced, Unreadable
from engine.service.audits import cycles
from webapp.commands.output import as_json, counted, failed, print_json, say
from webapp.commands.parameters import FILE
from webapp.commands.settings import council

CERTIFICATE, FRAME = "certificate.json", "frame.json"


@click.command("redraw", short_help="Draw a sample again from its certificate, and compare.")
@click.argument("cycle", required=False)
@click.option("--certificate", "certified", type=FILE, help="The certificate that --save wrote, instead of a period.")
@click.option("--frame", "framed", type=FILE, help="The frame that --save wrote: the cases on the list, by stratum.")
@click.option(
    "--save", "folder", type=click.Path(file_okay=False, path_type=Path), help="Write certificate and frame into DIR."
)
@as_json
def command(
    cycle: str | None, certified: Path | None, framed: Path | None, folder: Path | None, json_wanted: bool
) -> None:
    """Draw the sample of CYCLE (such as 2026-10) again, and compare it with its certificate case by case.

    The order of the cases follows from the seed, which was made after the list was locked: whoever has the certificate
    and the list of cases can repeat the draw without this council, on any machine: save them with --save, and give
    them as --certificate and --frame.

    With --json: {"reproduced": true or false, "cycle", "seed", "frame_sha256", "sample": {stratum: [cases]},
    "message"}. The exit code is 1 when the draw is not reproduced.
    """
    certificate, frame = _given(cycle, certified, framed)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / CERTIFICATE).write_text(json.dumps(certificate, indent=2, ensure_ascii=False), encoding="utf-8")
        (folder / FRAME).write_text(json.dumps(frame, indent=2, ensure_ascii=False), encoding="utf-8")
    try:
        drawn = redraw(certificate, frame)
    except NotReproduced as refusal:
        if json_wanted:
            print_json({"reproduced": False, "cycle": certificate.get("cycle"), "message": refusal.sentence})
        else:
            say(refusal.sentence)
        failed()
    _tell(drawn, json_wanted)


def _tell(drawn: Draw, json_wanted: bool) -> None:
    cases = sum(map(len, drawn.sample.values()))
    message = f"The draw of {drawn.cycle} is reproduced: {counted(cases, 'case')} of {counted(_all(drawn), 'case')}."
    if json_wanted:
        told = {"reproduced": True, "cycle": drawn.cycle, "seed": drawn.seed, "frame_sha256": drawn.frame_sha256}
        print_json({**told, "sample": {one: list(cases) for one, cases in drawn.sample.items()}, "message": message})
        return
    say(message)
    for stratum, chosen in drawn.sample.items():
        say(f"  {stratum}: {len(chosen)} of {drawn.population[stratum]}, by the seed {drawn.seed}")


def _all(drawn: Draw) -> int:
    return sum(drawn.population.values())


def _given(
    cycle: str | None, certified: Path | None, framed: Path | None
) -> tuple[Mapping[str, Any], Mapping[str, Sequence[str]]]:
    if cycle is not None and certified is None and framed is None:
        with council() as engine:
            return cycles.drawn(engine, cycle)
    if cycle is None and certified is not None and framed is not None:
        return _record(certified), _frame(framed)
    raise click.UsageError("Name a period such as 2026-10, or give both --certificate and --frame.")


def _record(file: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(file.read_bytes())
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Unreadable(file=str(file), reason="it is no JSON record that casefile redraw --save wrote")
    return found


def _frame(file: Path) -> Mapping[str, Sequence[str]]:
    found = _record(file)
    if not all(isinstance(cases, list) and all(isinstance(one, str) for one in cases) for cases in found.values()):
        raise Unreadable(file=str(file), reason="it does not list case references by stratum")
    return found
