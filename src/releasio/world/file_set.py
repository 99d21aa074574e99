"""Several files that are written together: all of them, or none."""

from __future__ import annotations

import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from releasio.errors.git.surroundings import LinkInTheWay
from releasio.errors.setup import FileChangedMeanwhile, FileReadOnly
from releasio.rules.running.plain_file import FILE, FOLDER, folders_of
from releasio.world.plain_file import new_file, read_if_there, what_is, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def require_plain(root: Path, name: str) -> None:
    """
    Refuse the file *name* in *root*, with `/`, if more than a file and its folders is in its place.

    Raises:
        LinkInTheWay: A link, a directory or something else is there.
    """
    for part in (*folders_of(name), name):
        kind, expected = what_is(root / part), FILE if part == name else FOLDER
        if kind not in {None, expected}:
            raise LinkInTheWay(part, kind or "")


def require_writable(path: Path, name: str) -> None:
    """
    Refuse the file at *path* if nobody may write it: a rename would, whatever its mode says.

    Raises:
        FileReadOnly: So it is; the error calls it *name*.
    """
    if not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise FileReadOnly(name)


def write_together(contents: Mapping[Path, bytes], before: Mapping[Path, bytes | None]) -> None:
    """
    Write *contents*, with the folders they need; whatever goes wrong, all is as it was.

    First each is written beside its place, where a full disk or a missing right shows; then all
    are put there, which takes a moment.

    Args:
        contents: What to write.
        before: What somebody saw in each place; `None`: nothing.

    Raises:
        FileChangedMeanwhile: Something else is there now.
        OSError: One cannot be written.
    """
    for path in contents:
        if read_if_there(path) != before[path]:
            raise FileChangedMeanwhile(str(path))
    new_folders = [folder for path in contents for folder in _missing_folders(path)]
    staged: dict[Path, Path] = {}
    replaced: list[Path] = []
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            staged[path], file = new_file(path.parent)
            with file:
                file.write(content)
            if before[path] is not None:
                staged[path].chmod(path.stat().st_mode)
        for path, new_path in staged.items():
            replaced.append(path)
            new_path.replace(path)
    except BaseException:  # a full disk, or somebody who had enough of waiting for it
        for path in replaced:
            _put_back(path, before[path])
        for new_path in staged.values():
            with suppress(OSError):
                new_path.unlink(missing_ok=True)
        for folder in reversed(new_folders):
            with suppress(OSError):
                folder.rmdir()
        raise


def _missing_folders(path: Path) -> Iterator[Path]:
    """Yield the folders that *path* lacks, the outermost first."""
    missing = [folder for folder in path.parents if not folder.exists()]
    yield from reversed(missing)


def _put_back(path: Path, content: bytes | None) -> None:
    with suppress(OSError):
        if content is None:
            path.unlink(missing_ok=True)
        else:
            write_whole(path, content)
