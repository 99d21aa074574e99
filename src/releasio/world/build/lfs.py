"""Git LFS pointers: the few lines that stand for a large file where LFS did not fetch it."""

from __future__ import annotations

import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.world.archives.flaws import BROKEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.world.git.git import Git

_BEGIN = b"version https://git-lfs.github.com/spec/"
_LONGEST = 1024  # bytes; no pointer is as long


def packaged_pointers(git: Git, commit: str, files: Sequence[Path]) -> dict[str, list[str]]:
    """
    Return which members of *files* are pointers of files that *commit* keeps in LFS, by file name.

    A text that only looks like one, as tests have it, is none: its bytes must be those of a
    file with `filter=lfs`.
    """
    pointers_by_file = {path.name: _pointers_in(path) for path in files}
    if not any(pointers_by_file.values()):
        return {}
    tracked_pointers = _lfs_pointers(git, commit)
    members_by_file = {
        name: [member for member, content in members.items() if content.strip() in tracked_pointers]
        for name, members in pointers_by_file.items()
    }
    return {name: members for name, members in members_by_file.items() if members}


def _pointers_in(path: Path) -> dict[str, bytes]:
    try:
        members = _wheel_members(path) if path.name.endswith(".whl") else _sdist_members(path)
    except (*BROKEN, OSError):  # said by the checks of archives
        return {}
    return {name: content for name, content in members.items() if content.startswith(_BEGIN)}


def _wheel_members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        small = [member for member in archive.infolist() if 0 < member.file_size < _LONGEST]
        return {member.filename: archive.read(member) for member in small}


def _sdist_members(path: Path) -> dict[str, bytes]:
    with tarfile.open(path, "r:gz") as archive:
        small = [member for member in archive if member.isfile() and 0 < member.size < _LONGEST]
        opened = {member.name: archive.extractfile(member) for member in small}
        return {name: file.read() for name, file in opened.items() if file}


def _lfs_pointers(git: Git, commit: str) -> frozenset[bytes]:
    """Return the pointers that *commit* has instead of files."""
    with tempfile.TemporaryDirectory(prefix="releasio-index-") as folder:
        index_setting = {"GIT_INDEX_FILE": str(Path(folder, "index"))}  # the user's stays as it is
        git.process.run("read-tree", commit, extra=index_setting)
        paths = git.process.run("ls-files", "-z", extra=index_setting).out
        args = ("check-attr", "--cached", "--stdin", "-z", "filter")
        fields = git.process.run(*args, feed=paths, extra=index_setting).text.split("\0")
    lfs = [path for path, value in zip(fields[0::3], fields[2::3], strict=False) if value == "lfs"]
    blobs = (git.process.ask("cat-file", "blob", f"{commit}:{path}").out for path in lfs)
    return frozenset(blob.strip() for blob in blobs if blob.startswith(_BEGIN))
