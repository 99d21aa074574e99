from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from releasio.world.plain_file import private_folder, remove, write_whole

if TYPE_CHECKING:
    from pathlib import Path


class TestWriteWhole:
    def test_makes_the_directories_it_needs(self, tmp_path: Path) -> None:
        write_whole(tmp_path / "a" / "b" / "file", b"text")

        assert b"text" == (tmp_path / "a" / "b" / "file").read_bytes()

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
    def test_keeps_the_permissions_of_what_was_there(self, tmp_path: Path) -> None:
        path = tmp_path / "file"
        path.write_bytes(b"before")
        path.chmod(0o640)
        write_whole(path, b"after")

        assert (b"after", 0o640) == (path.read_bytes(), path.stat().st_mode & 0o777)

    def test_leaves_nothing_where_it_fails(self, tmp_path: Path) -> None:
        (tmp_path / "file").mkdir()

        with pytest.raises(OSError, match="file"):
            write_whole(tmp_path / "file", b"text")

        assert ["file"] == [each.name for each in tmp_path.iterdir()]


class TestRemove:
    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
    def test_also_takes_folders_that_nobody_may_write_to(self, tmp_path: Path) -> None:
        """
        Some tools make their caches so; as root they would go anyway.
        """
        (tmp_path / "a/b").mkdir(parents=True)
        (tmp_path / "a/b/file").touch()
        (tmp_path / "a/b").chmod(0o500)
        remove(tmp_path / "a")

        assert [] == list(tmp_path.iterdir())

    def test_follows_no_link(self, tmp_path: Path) -> None:
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine/file").touch()
        (tmp_path / "a").mkdir()
        (tmp_path / "a/link").symlink_to(tmp_path / "mine")
        (tmp_path / "b").symlink_to(tmp_path / "mine")
        remove(tmp_path / "a")
        remove(tmp_path / "b")

        assert ["mine"] == [each.name for each in tmp_path.iterdir()]
        assert (tmp_path / "mine/file").exists()


class TestPrivateFolder:
    def test_takes_the_place_of_what_killed_runs_left(self, tmp_path: Path) -> None:
        left = private_folder(tmp_path, "landing")
        made = private_folder(tmp_path, "landing")

        assert (False, True) == (left.exists(), made.is_dir())

    def test_is_never_a_folder_that_a_tag_is_named_like(self, tmp_path: Path) -> None:
        """The built files of a release lie beside it, in a folder of the tag's name."""
        kept = tmp_path / "landing-1.2.0" / "dist"
        kept.mkdir(parents=True)
        made = private_folder(tmp_path, "landing")

        assert kept.is_dir()
        assert made.name.startswith(".")
