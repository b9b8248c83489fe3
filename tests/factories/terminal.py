"""Somebody at a terminal: commands in, what is printed and the exit code out."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from webapp.cli import main

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Answer:
    """What a command printed, what it told beside that, and its exit code."""

    text: str
    beside: str
    code: int

    @property
    def json(self) -> Any:
        """The one JSON value that was printed."""
        return json.loads(self.text)

    @property
    def lines(self) -> list[Any]:
        """The JSON values that were printed, one a line."""
        return [json.loads(line) for line in self.text.splitlines()]


class Terminal:
    """Runs commands in a folder, with settings of its own and none of the machine's."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.settings = {name: value for name, value in os.environ.items() if not name.startswith("CASEFILE_")}
        self.settings.update(settings)

    def __call__(self, *words: str | Path) -> Answer:
        """Run a command in this process."""
        environment: dict[str, str | None] = {name: None for name in os.environ if name.startswith("CASEFILE_")}
        result = CliRunner().invoke(main, [str(word) for word in words], env={**environment, **self.settings})
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Answer(result.stdout, result.stderr, result.exit_code)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command in a process of its own, which the caller ends."""
        program = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from webapp.cli import main; main()"
        return subprocess.Popen(
            [sys.executable, "-c", program, *words],
            cwd=self.folder,
            env=self.settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
