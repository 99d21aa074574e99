"""What must be inside the files of a release."""

from __future__ import annotations

import configparser
import re
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING

from releasio.rehearsal.answers import HELP, Refused
from releasio.rehearsal.filenames import dist_info
from releasio.rehearsal.zips import BrokenZip, refuse_broken

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_PREFIX = "Invalid distribution file. "
_COMPARED_FROM = 64 * 1024 * 1024  # bytes; smaller archives may be as dense as they like
_MOST_DENSE = 50
_ENTRY_POINT = re.compile(r"[\w.-]+", re.ASCII)


def refuse_sdist(path: Path, filename: str) -> str:
    """
    Refuse the bytes at *path* if they are no source distribution; return its top directory.

    Raises:
        Refused: With the index's words.
    """
    if filename.endswith(".zip"):
        return _zip_sdist(path)
    if not tarfile.is_tarfile(path):
        raise Refused(400, f"{_PREFIX}File is not a tarfile")
    try:
        names = _tar_names(path)
    except (EOFError, OSError, zlib.error, tarfile.TarError) as error:
        raise Refused(400, f"{_PREFIX}None") from error
    return _top(names)


def refuse_wheel(path: Path, filename: str) -> None:
    """
    Refuse the bytes at *path* if they are no wheel.

    Raises:
        Refused: With the index's words.
    """
    _refuse_zip(path)
    where = dist_info(filename)
    with zipfile.ZipFile(path) as wheel:
        if f"{where}/WHEEL" not in wheel.namelist():
            raise Refused(400, f"{_PREFIX}WHEEL not found at {where}/WHEEL")


def refuse_licences(path: Path, filename: str, top: str | None, licences: Sequence[str]) -> None:
    """
    Refuse an archive that lacks a licence file the form names; *top* is an sdist's directory.

    Raises:
        Refused: With the index's words.
    """
    names = set(_names(path, filename)) if licences else set()
    for licence in licences:
        where = f"{top}/{licence}" if top else f"{dist_info(filename)}/licenses/{licence}"
        if where not in names:
            raise Refused(
                400,
                f"License-File {licence} does not exist in distribution file {filename} at {where}",
            )


def wheel_metadata(path: Path, filename: str) -> bytes:
    """
    Return a wheel's METADATA, after a look at the other files beside it.

    Raises:
        Refused: With the index's words.
    """
    where = dist_info(filename)
    with zipfile.ZipFile(path) as wheel:
        names = wheel.namelist()
        _require(names, filename, f"{where}/RECORD", "RECORD")
        if f"{where}/entry_points.txt" in names:
            _refuse_entry_points(wheel.read(f"{where}/entry_points.txt"), filename)
        _require(names, filename, f"{where}/METADATA", "METADATA")
        return wheel.read(f"{where}/METADATA")


def _require(names: Sequence[str], filename: str, where: str, what: str) -> None:
    if where not in names:
        raise Refused(400, f"Wheel '{filename}' does not contain the required {what} file: {where}")


def _refuse_entry_points(data: bytes, filename: str) -> None:
    parser = configparser.ConfigParser(delimiters=("=",), strict=True, interpolation=None)
    try:
        parser.read_string(data.decode())
        names = [name for section in parser.sections() for name in parser[section]]
        fine = all(_ENTRY_POINT.fullmatch(name) for name in names)
    except (UnicodeDecodeError, configparser.Error):
        fine = False
    if not fine:
        raise Refused(
            400,
            f"Wheel '{filename}' has invalid entry points defined in the entry_points.txt file",
        )


def _names(path: Path, filename: str) -> list[str]:
    if filename.endswith(".tar.gz"):
        with tarfile.open(path) as archive:
            return archive.getnames()
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def _tar_names(path: Path) -> list[str]:
    with tarfile.open(path, "r:gz") as archive:
        members = archive.getmembers()
    if any(member.issparse() for member in members):
        words = "Sparse members are not allowed."
        see = f"See {HELP}#archives for more information"
        raise Refused(400, f"{_PREFIX}tar archive not accepted: {words} {see}")
    _refuse_dense(path, sum(member.size for member in members))
    return [member.name for member in members]


def _zip_sdist(path: Path) -> str:
    _refuse_zip(path)
    with zipfile.ZipFile(path) as archive:
        return _top(archive.namelist())


def _top(names: Sequence[str]) -> str:
    """Return the one directory everything lies in."""
    tops = {name.removeprefix("./").partition("/")[0] for name in names}
    if len(tops) != 1:
        raise Refused(400, f"{_PREFIX}Incorrect number of top-level directories in sdist")
    top = tops.pop()
    if f"{top}/PKG-INFO" not in names:
        raise Refused(400, f"{_PREFIX}PKG-INFO not found at {top}/PKG-INFO")
    return top


def _refuse_zip(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        raise Refused(400, f"{_PREFIX}File is not a zipfile")
    if tarfile.is_tarfile(path):
        raise Refused(400, f"{_PREFIX}File is both a zip and a tar file")
    try:
        members = refuse_broken(path)
    except BrokenZip as broken:
        see = f"See {HELP}#archives for more information"
        raise Refused(400, f"{_PREFIX}ZIP archive not accepted: {broken}. {see}") from broken
    if any(one.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for one in members):
        raise Refused(400, f"{_PREFIX}File does not use a supported compression type")
    _refuse_dense(path, sum(one.file_size for one in members))


def _refuse_dense(path: Path, unpacked: int) -> None:
    packed = path.stat().st_size
    if packed > _COMPARED_FROM and unpacked > packed * _MOST_DENSE:
        raise Refused(400, f"{_PREFIX}File exceeds compression ratio of {_MOST_DENSE}")
