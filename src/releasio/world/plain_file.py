"""Single files on the disk: what stands at a path, and writing it whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.rules.running.plain_file import FILE, FOLDER, link_to

if TYPE_CHECKING:
    from typing import BinaryIO

# Windows has the one and not the others: text would be changed there
_PLAIN = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PLAIN
_APPENDED = os.O_RDWR | os.O_CREAT | os.O_APPEND | _PLAIN
_LONGEST = 64 << 20  # bytes of a file that is read as a whole
_ALL = 0o666  # less what the user's mask takes away
_JUNCTION = 0xA0000003  # what Windows calls a directory that stands for another one


def what_is(path: Path) -> str | None:
    """Say what stands at *path*, without following a link; `None`: nothing."""
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION:
        return link_to(str(path.readlink()))
    if stat.S_ISDIR(status.st_mode):
        return FOLDER
    return FILE if stat.S_ISREG(status.st_mode) else "no file of its own"


def read_if_there(path: Path) -> bytes | None:
    """Return the bytes of the file at *path*; `None` if there is none."""
    return path.read_bytes() if path.exists() else None


def read_plain(path: Path, limit: int = _LONGEST) -> bytes:
    """
    Return the bytes of the file at *path*, of which there are no more than *limit*.

    Raises:
        OSError: It cannot be read, is a device or a pipe, or longer.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is no file", str(path))
    if status.st_size > limit:
        raise OSError(errno.EFBIG, f"it has {status.st_size:,} bytes", str(path))
    return path.read_bytes()


def write_whole(path: Path, content: bytes) -> None:
    """
    Write *content* to *path*, whole or not at all, whenever the process ends.

    Directories are made as needed; a file that is there keeps its permissions. A
    link is replaced, not followed.

    Raises:
        OSError: It cannot be written; nothing of it stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new_path, file = new_file(path.parent)
    try:
        with file:
            file.write(content)
        if what_is(path) == FILE:
            new_path.chmod(path.stat().st_mode)
        new_path.replace(path)
    except BaseException:  # a full disk, or somebody who had enough of waiting for it
        with suppress(OSError):
            new_path.unlink()
        raise


def new_file(folder: Path) -> tuple[Path, BinaryIO]:
    """
    Make a file in *folder* whose name nobody can foresee; return its path, and it, to write to.

    Raises:
        OSError: It cannot be made.
    """
    path = folder / f".releasio-{os.urandom(8).hex()}"
    return path, os.fdopen(os.open(path, _NEW, _ALL), "wb")


def open_log(path: Path) -> BinaryIO:
    """
    Open the file at *path*, which is made if need be, to read it and to write at its end.

    Raises:
        LinkInTheWay: Something else than a file is there.
        OSError: It cannot be opened.
    """
    _require(path, FILE)
    return os.fdopen(os.open(path, _APPENDED, _ALL), "ab+")


def own_folder(path: Path) -> Path:
    """
    Return the directory at *path*, which is made if need be.

    Raises:
        LinkInTheWay: Something else is there.
    """
    _require(path, FOLDER)
    path.mkdir(parents=True, exist_ok=True)
    return path


def private_folder(parent: Path, name: str) -> Path:
    """
    Make a folder in *parent*, a folder of ours, that no other user can read or foresee.

    Its name begins with a dot, as no part of a tag's name does, for what is kept of a release
    lies beside it, in a folder of its tag's name. What killed runs left by such names is removed.
    """
    import tempfile  # 3 ms, and `check` makes none

    for leftover in own_folder(parent).glob(f".{name}-*"):
        remove(leftover)
    return Path(tempfile.mkdtemp(prefix=f".{name}-", dir=parent))


def remove(path: Path) -> None:
    """
    Remove what is at *path*: a directory with all that is in it, of a link only the link.

    Of a directory that somebody keeps open, as on Windows, something may stay.
    """
    import shutil  # 5 ms, and `check` removes nothing

    if what_is(path) != FOLDER:
        path.unlink(missing_ok=True)
        return
    shutil.rmtree(path, ignore_errors=True)
    if path.exists():
        _make_writable(path)
        shutil.rmtree(path, ignore_errors=True)


def _make_writable(path: Path) -> None:
    """Let what is in the directory *path* be removed; Windows keeps git's objects, for one."""
    for folder, _, names in os.walk(path):  # which follows no link
        with suppress(OSError):
            Path(folder).chmod(stat.S_IRWXU)
        for file in (Path(folder, name) for name in names if sys.platform == "win32"):
            with suppress(OSError):
                if what_is(file) == FILE:
                    file.chmod(stat.S_IWRITE)


def _require(path: Path, kind: str) -> None:
    """Refuse what is at *path*, unless it is of that *kind*, or nothing."""
    actual_kind = what_is(path)
    if actual_kind not in {kind, None}:
        from releasio.errors.git.surroundings import LinkInTheWay

        raise LinkInTheWay(str(path), actual_kind or "")


def move(path: Path, target: Path) -> None:
    """Move the file at *path* to *target*, also to another disk, and replace what is there."""
    try:
        path.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_whole(target, path.read_bytes())
        path.unlink()
