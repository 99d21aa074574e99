"""Files that are written together."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from releasio.errors.setup import FileChangedMeanwhile
from releasio.world.file_set import write_together

if TYPE_CHECKING:
    from pathlib import Path


def all_below(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


class Intruder(dict["Path", "bytes | None"]):
    """What was seen in each place; whoever looks at *place* again finds a folder there."""

    def __init__(self, seen: dict[Path, bytes | None], place: Path) -> None:
        super().__init__(seen)
        self.place = place
        self.looks = 0

    def __getitem__(self, path: Path) -> bytes | None:
        if path == self.place:
            self.looks += 1
            if self.looks == 2:
                path.mkdir()
        return super().__getitem__(path)


class TestWriteTogether:
    def test_writes_all_with_the_folders_they_need(self, tmp_path: Path) -> None:
        old, new = tmp_path / "old", tmp_path / "a/b/new"
        old.write_bytes(b"1\r\n")
        old.chmod(0o640)
        write_together({old: b"2\r\n", new: b"n\n"}, {old: b"1\r\n", new: None})

        assert {"old": b"2\r\n", "a": None, "a/b": None, "a/b/new": b"n\n"} == all_below(tmp_path)
        assert 0o640 == stat.S_IMODE(old.stat().st_mode)

    def test_one_that_cannot_be_written_leaves_all_as_it_was(self, tmp_path: Path) -> None:
        old, blocked = tmp_path / "old", tmp_path / "file/inside"
        old.write_bytes(b"1")
        (tmp_path / "file").write_bytes(b"f")
        new = tmp_path / "x/new"
        with pytest.raises(OSError, match="file"):
            write_together(
                {old: b"2", new: b"n", blocked: b"b"}, {old: b"1", new: None, blocked: None}
            )

        assert {"old": b"1", "file": b"f"} == all_below(tmp_path)

    def test_one_that_fails_after_others_were_replaced_brings_them_back(
        self, tmp_path: Path
    ) -> None:
        old, new, taken = tmp_path / "old", tmp_path / "x/new", tmp_path / "taken"
        old.write_bytes(b"1")
        seen = Intruder({old: b"1", new: None, taken: None}, taken)
        with pytest.raises(OSError, match="taken"):
            write_together({old: b"2", new: b"n", taken: b"t"}, seen)

        assert {"old": b"1", "taken": None} == all_below(tmp_path)

    @pytest.mark.parametrize("now", [b"other", None])
    def test_what_changed_since_it_was_shown_is_not_overwritten(
        self, tmp_path: Path, now: bytes | None
    ) -> None:
        path, new = tmp_path / "pyproject.toml", tmp_path / "new"
        if now is not None:
            path.write_bytes(now)
        with pytest.raises(FileChangedMeanwhile) as caught:
            write_together({new: b"n", path: b"2"}, {new: None, path: b"1"})

        assert "pyproject.toml changed while init asked its questions" in str(caught.value)
        assert caught.value.hint.startswith("Run it again: it shows what would become of the file")
        assert not new.exists()
