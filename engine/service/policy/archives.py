"""A changed policy as its owners send it: a ZIP archive of files in processes/ and forms/ (manual section 4, I-03)."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final
from zipfile import ZipFile, ZipInfo

from engine.bpmn.snapshots import FOLDERS
from engine.errors import Refusal, TooLarge, Unreadable

MOST_FILES: Final = 2_000
MOST_MEGABYTES: Final = 20
_PASSWORD: Final = 0x1


def files_in(name: str, content: bytes) -> dict[str, bytes]:
    """Return the policy files of the archive called `name` by path ("processes/deadlines.dmn").

    Both folders may lie in one folder more. What lies elsewhere, and what is hidden, is left out. Raises Unreadable
    when it is no archive, is damaged, has a password or no policy file, TooLarge above 2,000 files or 20 MB unpacked.
    """
    try:
        with ZipFile(BytesIO(content)) as packed:
            members = dict(_policy_files(packed))
            _check(name, members)
            return {path: packed.read(member) for path, member in members.items()}
    except Refusal:
        raise
    # Damaged archives make zipfile raise almost anything.
    except Exception as error:
        raise Unreadable(file=name, reason="it is no ZIP archive, or a damaged one") from error


def _policy_files(packed: ZipFile) -> Iterator[tuple[str, ZipInfo]]:
    for member in packed.infolist():
        path = _path(member.filename)
        if path is not None and not member.is_dir():
            yield path, member


def _path(name: str) -> str | None:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    start = next((place for place in (0, 1) if len(parts) > place + 1 and parts[place] in FOLDERS), None)
    if start is None or any(part.startswith((".", "__MACOSX")) for part in parts):
        return None
    return "/".join(parts[start:])


def _check(name: str, members: dict[str, ZipInfo]) -> None:
    if not members:
        reason = f"it holds no file in a folder called {' or '.join(FOLDERS)}"
        raise Unreadable(file=name, reason=reason)
    if any(member.flag_bits & _PASSWORD for member in members.values()):
        raise Unreadable(file=name, reason="it has a password. Send it without one")
    size = sum(member.file_size for member in members.values()) / 1024 / 1024
    if len(members) > MOST_FILES:
        raise TooLarge(what=name, size=f"{len(members):,} files", limit=f"{MOST_FILES:,}")
    if size > MOST_MEGABYTES:
        raise TooLarge(what=name, size=f"{size:,.1f} MB unpacked", limit=f"{MOST_MEGABYTES} MB")
