"""Records for the record system as files: JSON lines with everything, and a CSV file for each kind (I-12)."""

import csv
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from engine.domain.calendar import format_moment
from engine.domain.spreadsheets import guarded
from engine.service.command import Command
from engine.service.engine import Engine
from engine.service.outgoing import message_of
from engine.store import outgoing

LINES: Final = "records.jsonl"
COLUMNS: Final = ("id", "at", "case", "place", "audit", "action", "reference", "event", "state", "marking")


def export(engine: Engine, actor: str, since: datetime, folder: Path) -> dict[str, Any]:
    """Write every record of `since` and later into `folder`; return {"records": n, "files": [names], "until": moment}.

    The export is on record. `until` is the moment it was made: the next export goes on from there, and a record that
    stands in both is known by its id.
    """

    def work(command: Command) -> tuple[list[dict[str, Any]], str]:
        found = [message_of(row) for row in outgoing.since(command.connection, since)]
        command.note("records", "exported", {"since": format_moment(since), "records": len(found)})
        return found, format_moment(command.now)

    messages, until = engine.run(actor, work)
    folder.mkdir(parents=True, exist_ok=True)
    files = [_write_lines(folder, messages), *(_write_table(folder, *part) for part in _by_kind(messages).items())]
    return {"records": len(messages), "files": files, "until": until}


def _by_kind(messages: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for message in messages:
        found.setdefault(str(message["kind"]), []).append(message)
    return found


def _write_lines(folder: Path, messages: Sequence[Mapping[str, Any]]) -> str:
    lines = (json.dumps(message, ensure_ascii=False) for message in messages)
    (folder / LINES).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return LINES


def _write_table(folder: Path, kind: str, messages: Sequence[Mapping[str, Any]]) -> str:
    name = f"{re.sub('[^a-z0-9]+', '_', kind.lower())}.csv"
    with (folder / name).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([guarded(message.get(column)) for column in COLUMNS] for message in messages)
    return name
