"""casefile verify-log."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from engine.errors import Unreadable
from engine.service.record_keeping import verification
from engine.service.record_keeping.verification import Head
from webapp.commands.output import as_json, counted, failed, print_json, progress, say
from webapp.commands.parameters import FILE
from webapp.commands.settings import council


@click.command("verify-log", short_help="Walk the event log and say what is broken.")
@click.option("--heads", "noted", type=FILE, help="Compare with the heads that an earlier run wrote down.")
@click.option(
    "--save-heads", "kept", type=click.Path(dir_okay=False, path_type=Path), help="Write the heads into FILE."
)
@as_json
def command(noted: Path | None, kept: Path | None, json_wanted: bool) -> None:
    """Walk the whole event log and say what is broken.

    Every event carries the hash of the one before it, and every process instance knows the last of its own. So a
    change, removal, insertion or move is found, and a log of an instance that was cut off at its end. Save the heads
    regularly to a place where this program cannot write: compared with them, nothing can be cut off or built anew.

    With --json: {"events": n, "streams": n, "breaks": [sentences]}. The exit code is 1 when anything is broken.
    """
    heads = _read(noted) if noted is not None else {}
    with council() as engine, progress("Walking the log", verification.number_of_events(engine)) as tell:
        found = verification.verify(engine, heads, lambda done: tell(done) if done % 1000 == 0 else None)
    if kept is not None and found.is_sound:
        kept.write_text(json.dumps({stream: asdict(head) for stream, head in found.heads.items()}, indent=0))
    if json_wanted:
        print_json({"events": found.events, "streams": len(found.heads), "breaks": found.breaks})
    else:
        for sentence in found.breaks:
            say(sentence)
        streams = counted(len(found.heads), "stream")
        say(f"{counted(found.events, 'event')} in {streams}: {counted(len(found.breaks), 'broken place')}.")
    if not found.is_sound:
        failed()


def _read(file: Path) -> dict[str, Head]:
    try:
        return {
            str(stream): Head(int(head["n"]), str(head["hash"]))
            for stream, head in json.loads(file.read_bytes()).items()
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Unreadable(file=str(file), reason="it does not hold heads that verify-log wrote") from None
