"""Open two built files and tell how they differ."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from releasio.rules.contents.differences import Listing, Member, compare_listings
from releasio.world.archives.flaws import BROKEN
from releasio.world.archives.unpacking import MOST, TooMuch, open_tar
from releasio.world.build.digest import sha256_in, sha256_of

if TYPE_CHECKING:
    import tarfile
    from pathlib import Path

    from releasio.rules.contents.differences import Differences

_GZIP_TIME = slice(4, 8)  # of a gzip file's header


def differences(first: Path, second: Path) -> Differences | None:
    """
    Return how the distribution *second* differs from *first*; None: they are the same bytes.

    Both are read, of archives the contents too. What cannot be read as an archive differs
    as a whole.
    """
    if sha256_of(first) == sha256_of(second):
        return None
    return compare_listings(_listing(first), _listing(second))


def _listing(path: Path) -> Listing:
    try:
        return _of_zip(path) if path.name.endswith((".whl", ".zip")) else _of_tar(path)
    except TooMuch:
        return Listing(None)
    except BROKEN as error:
        if isinstance(error, FileNotFoundError):
            raise
        return Listing(None)


def _of_zip(path: Path) -> Listing:
    members = []
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST:
            raise TooMuch
        for entry in archive.infolist():
            kind = "directory" if entry.is_dir() else "file"
            with archive.open(entry) as content:
                digest = sha256_in(content).hex()
            mode = entry.external_attr >> 16
            members.append(Member(entry.filename, digest, mode, entry.date_time, type=kind))
    return Listing(tuple(members))


def _of_tar(path: Path) -> Listing:
    members = []
    with path.open("rb") as file, open_tar(file) as (archive, entries):
        for entry in entries:
            content = archive.extractfile(entry) if entry.isreg() else None
            digest = sha256_in(content).hex() if content else entry.linkname
            owner = f"{entry.uid}:{entry.gid} {entry.uname}:{entry.gname}"
            members.append(Member(entry.name, digest, entry.mode, entry.mtime, owner, _type(entry)))
    with path.open("rb") as file:
        return Listing(tuple(members), file.read(_GZIP_TIME.stop)[_GZIP_TIME])


def _type(entry: tarfile.TarInfo) -> str:
    if entry.isdir():
        return "directory"
    return "link" if entry.issym() or entry.islnk() else "file"
