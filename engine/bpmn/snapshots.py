"""Snapshots: the files of processes/ and forms/ at one moment, identified by their content."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

FOLDERS = ("processes", "forms")


class Snapshot(Mapping[str, bytes]):
    """An unchangeable snapshot: relative path ("processes/case_audit.bpmn") -> content. Knows its digest."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = MappingProxyType(dict(files))

    def __getitem__(self, path: str) -> bytes:
        return self._files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    @cached_property
    def digest(self) -> str:
        """The sha256 (64 hex digits) over the sorted paths and their contents."""
        return _digest(self._files)


def digest(snapshot: Mapping[str, bytes]) -> str:
    """Return the sha256 (64 hex digits) of a snapshot; any change of a path or a byte changes it."""
    return snapshot.digest if isinstance(snapshot, Snapshot) else _digest(snapshot)


def snapshot_of(folder: Path) -> Snapshot:
    """Return the snapshot of the files below `folder`/processes and `folder`/forms, hidden ones left out."""
    found = (path for name in FOLDERS for path in sorted((folder / name).rglob("*")) if path.is_file())
    relative = ((path.relative_to(folder), path) for path in found)
    return Snapshot(
        {
            name.as_posix(): path.read_bytes()
            for name, path in relative
            if not any(part.startswith(".") for part in name.parts)
        }
    )


def _digest(files: Mapping[str, bytes]) -> str:
    total = hashlib.sha256()
    for path in sorted(files):
        name, content = path.encode(), files[path]
        total.update(b"%d %d " % (len(name), len(content)))
        total.update(name)
        total.update(content)
    return total.hexdigest()
