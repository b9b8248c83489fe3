"""A snapshot is known by its content."""

from pathlib import Path

from engine.bpmn.snapshots import Snapshot, digest, snapshot_of
from tests.factories.snapshots import GOOD, snapshot


def test_a_digest_knows_every_byte_and_path() -> None:
    assert Snapshot({"a": b"1"}).digest != Snapshot({"a": b"2"}).digest
    assert Snapshot({"a": b"1"}).digest != Snapshot({"b": b"1"}).digest
    assert Snapshot({"a": b"1", "b": b""}).digest != Snapshot({"a": b"", "b": b"1"}).digest
    assert Snapshot({"ab": b"1"}).digest != Snapshot({"a": b"b1"}).digest


def test_a_digest_does_not_depend_on_the_order_of_files() -> None:
    assert Snapshot({"a": b"1", "b": b"2"}).digest == Snapshot({"b": b"2", "a": b"1"}).digest


def test_a_plain_mapping_has_the_digest_of_its_snapshot() -> None:
    assert digest(dict(GOOD)) == digest(snapshot()) == snapshot().digest
    assert len(snapshot().digest) == 64


def test_a_snapshot_does_not_change_with_the_mapping_it_came_from() -> None:
    files = {"a": b"1"}
    kept = Snapshot(files)
    files["a"] = b"2"
    assert (kept["a"], len(kept), list(kept)) == (b"1", 1, ["a"])


def test_a_folder_is_read_without_hidden_files(tmp_path: Path) -> None:
    others = {"processes/.errand.bpmn.swp": b"", "forms/.cache/answer.json": b"", "elsewhere/x.bpmn": b""}
    for path, content in {**GOOD, **others}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    assert snapshot_of(tmp_path) == dict(GOOD)
