"""Files are there whole, or as they were."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from motifgen.files.whole import write_all, write_whole


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert [found.name for found in tmp_path.iterdir()] == ["a.mid"]


def test_a_full_disk_leaves_every_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / name for name in ("a", "b", "c")]
    for path in paths:
        path.write_bytes(b"before")
    synced: list[int] = []

    def full(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_all(dict.fromkeys(paths, b"after"))
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"before"}
    assert len(list(tmp_path.iterdir())) == 3


def test_a_folder_in_the_way_leaves_every_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"before")
    (tmp_path / "b").mkdir()
    with pytest.raises(IsADirectoryError, match="b is a folder"):
        write_all({tmp_path / "a": b"after", tmp_path / "b": b"after"})
    assert (tmp_path / "a").read_bytes() == b"before"
    assert sorted(found.name for found in tmp_path.iterdir()) == ["a", "b"]


def test_a_missing_folder_is_an_error_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"before")
    with pytest.raises(FileNotFoundError):
        write_all({tmp_path / "a": b"after", tmp_path / "no" / "b": b"after"})
    assert (tmp_path / "a").read_bytes() == b"before"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_file_gets_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    write_whole(tmp_path / "whole", b"")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert len(modes) == 1


def test_a_missing_folder_is_named_and_not_a_file_of_our_own(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"there is no such folder to write a\.mid to") as caught:
        write_whole(tmp_path / "none" / "a.mid", b"one")
    assert caught.value.filename == str(tmp_path / "none")
