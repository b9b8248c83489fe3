"""A changed policy as a ZIP archive: what is taken from it, and what is refused (I-03)."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from engine.errors import Refusal, TooLarge, Unreadable
from engine.service.policy import archives
from engine.service.policy.archives import files_in

TABLE = "processes/deadlines.dmn"


def archive(files: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as written:
        for path, content in files.items():
            written.writestr(path, content)
    return packed.getvalue()


def test_the_files_of_both_folders_are_taken_and_nothing_else():
    sent = {TABLE: b"a", "forms/notices/audit.txt": b"b", "README.md": b"c", "engine/processes.py": b"d"}
    assert files_in("policy.zip", archive(sent)) == {TABLE: b"a", "forms/notices/audit.txt": b"b"}


def test_the_folders_may_lie_in_one_folder_more():
    assert files_in("policy.zip", archive({f"council/{TABLE}": b"a"})) == {TABLE: b"a"}


@pytest.mark.parametrize("path", ["processes/.DS_Store", "__MACOSX/processes/deadlines.dmn", ".git/processes/x.dmn"])
def test_what_a_computer_adds_is_left_out(path):
    assert files_in("policy.zip", archive({TABLE: b"a", path: b"?"})) == {TABLE: b"a"}


@pytest.mark.parametrize("path", ["../processes/deadlines.dmn", "/processes/deadlines.dmn", "a/../forms/audit.json"])
def test_no_path_leads_out_of_the_folders(path):
    found = {}
    try:
        found = files_in("policy.zip", archive({path: b"a", TABLE: b"b"}))
    except Refusal:
        return
    assert all(".." not in one and one.startswith(("processes/", "forms/")) for one in found)


@pytest.mark.parametrize("content", [b"", b"no archive", archive({TABLE: b"a" * 100})[:60]])
def test_what_is_no_archive_is_refused(content):
    with pytest.raises(Unreadable, match="it is no ZIP archive, or a damaged one"):
        files_in("policy.zip", content)


def test_an_archive_without_a_policy_is_refused():
    with pytest.raises(Unreadable, match="it holds no file in a folder called processes or forms"):
        files_in("policy.zip", archive({"deadlines.dmn": b"a"}))


def test_an_archive_with_a_password_is_refused():
    content = bytearray(archive({TABLE: b"a"}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        content[content.index(mark) + (6 if mark[2] == 3 else 8)] |= 1
    with pytest.raises(Unreadable, match="it has a password"):
        files_in("policy.zip", bytes(content))


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked():
    with pytest.raises(TooLarge, match=r"21\.0 MB unpacked, and the most is 20 MB"):
        files_in("policy.zip", archive({TABLE: b"0" * (21 * 1024 * 1024)}))


def test_too_many_files_are_refused(monkeypatch):
    monkeypatch.setattr(archives, "MOST_FILES", 2)
    with pytest.raises(TooLarge, match="3 files, and the most is 2"):
        files_in("policy.zip", archive({f"processes/{n}.dmn": b"" for n in range(3)}))
