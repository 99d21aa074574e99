"""What must be inside the files of a release."""

from __future__ import annotations

import configparser
import re
import struct
import tarfile
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from releasio.standins.responses import HELP, Refused
from releasio.standins.uploads.filenames import dist_info
from releasio.standins.uploads.zip_records import ZipFlaw, read_records

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_INVALID = "Invalid distribution file. "
_SEE = f"See {HELP}#archives for more information"
_MALFORMED = f"{_INVALID}ZIP archive not accepted: Malformed zip file. {_SEE}"
_DENSE_FROM = 64 * 1024 * 1024  # bytes, unpacked; smaller wheels may be as dense as they like
_DENSEST = 50
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_SCRIPTS = ("console_scripts", "gui_scripts")  # the names in other groups may be any
# what the standard library raises for damage of one kind or another
_DAMAGE = (
    *(EOFError, LookupError, MemoryError, OSError, OverflowError, RuntimeError, ValueError),
    *(struct.error, tarfile.TarError, zipfile.BadZipFile, zlib.error),
)


def refuse_sdist(path: Path, filename: str) -> str:
    """
    Refuse the bytes at *path* if they are no source distribution; return its top directory.

    Raises:
        Refused: With the index's words.
    """
    if filename.endswith(".zip"):
        _refuse_zip(path)
    else:
        _refuse_tar(path)
    names = _names(path)
    # a directory that is called `.`, and a name that is nothing else, do not count
    tops = {next(iter(PurePosixPath(name.lstrip("/")).parts), "") for name in names}
    if len(tops) != 1 or "" in tops:
        words = "Incorrect number of top-level directories in sdist"
        raise Refused(400, f"{_INVALID}{words}")
    top = tops.pop()
    if f"{top}/PKG-INFO" not in names:
        raise Refused(400, f"{_INVALID}PKG-INFO not found at {top}/PKG-INFO")
    return top


def refuse_wheel(path: Path, filename: str) -> None:
    """
    Refuse the bytes at *path* if they are no wheel.

    Raises:
        Refused: With the index's words.
    """
    unpacked = _refuse_zip(path)
    if unpacked > max(_DENSE_FROM, path.stat().st_size * _DENSEST):
        raise Refused(400, f"{_INVALID}File exceeds compression ratio of {_DENSEST}")
    folder = dist_info(filename)
    if f"{folder}/WHEEL" not in _names(path):
        raise Refused(400, f"{_INVALID}WHEEL not found at {folder}/WHEEL")


def refuse_licences(path: Path, filename: str, top: str | None, licences: Sequence[str]) -> None:
    """
    Refuse an archive that lacks a licence file the form names; *top* is an sdist's directory.

    Raises:
        Refused: With the index's words.
    """
    names = set(_names(path)) if licences else set()
    for licence in licences:
        licence_path = f"{top}/{licence}" if top else f"{dist_info(filename)}/licenses/{licence}"
        if licence_path not in names:
            words = f"does not exist in distribution file {filename} at {licence_path}"
            raise Refused(400, f"License-File {licence} {words}")


def wheel_metadata(path: Path, filename: str) -> bytes:
    """
    Return a wheel's METADATA, after a look at the other files beside it.

    Raises:
        Refused: With the index's words.
    """
    folder = dist_info(filename)
    with zipfile.ZipFile(path) as wheel:
        names = wheel.namelist()
        _require(names, filename, f"{folder}/RECORD", "RECORD")
        if f"{folder}/entry_points.txt" in names:
            _refuse_entry_points(_read(wheel, f"{folder}/entry_points.txt"), filename)
        _require(names, filename, f"{folder}/METADATA", "METADATA")
        return _read(wheel, f"{folder}/METADATA")


def _refuse_zip(path: Path) -> int:
    """Refuse what is no ZIP file, or an ambiguous one; return its size in bytes, unpacked."""
    if not zipfile.is_zipfile(path):
        raise Refused(400, f"{_INVALID}File is not a zipfile")
    if _is_tar(path):
        raise Refused(400, f"{_INVALID}File is both a zip and a tar file")
    try:
        with path.open("rb") as file:
            members = read_records(file)
    except ZipFlaw as flaw:
        raise Refused(400, f"{_INVALID}ZIP archive not accepted: {flaw}. {_SEE}") from None
    if any(member.method not in _METHODS for member in members):
        raise Refused(400, f"{_INVALID}File does not use a supported compression type")
    return sum(member.size for member in members)


def _refuse_tar(path: Path) -> None:
    if not _is_tar(path):
        raise Refused(400, f"{_INVALID}File is not a tarfile")
    try:
        with tarfile.open(path, "r:gz") as archive:
            sparse = any(member.issparse() for member in archive)
    except _DAMAGE:
        # all that is said of a stream that breaks off
        raise Refused(400, f"{_INVALID}None") from None
    if sparse:
        words = "tar archive not accepted: Sparse members are not allowed."
        raise Refused(400, f"{_INVALID}{words} {_SEE}")


def _is_tar(path: Path) -> bool:
    try:
        return tarfile.is_tarfile(path)
    except _DAMAGE:
        return False


def _names(path: Path) -> list[str]:
    if zipfile.is_zipfile(path):
        try:
            with zipfile.ZipFile(path) as archive:
                return archive.namelist()
        except _DAMAGE:
            raise Refused(400, _MALFORMED) from None
    with tarfile.open(path) as archive:
        return archive.getnames()


def _read(wheel: zipfile.ZipFile, name: str) -> bytes:
    try:
        return wheel.read(name)
    except _DAMAGE:
        raise Refused(400, _MALFORMED) from None


def _require(names: Sequence[str], filename: str, member: str, label: str) -> None:
    if member not in names:
        words = f"does not contain the required {label} file: {member}"
        raise Refused(400, f"Wheel '{filename}' {words}")


def _refuse_entry_points(content: bytes, filename: str) -> None:
    reader = configparser.RawConfigParser(delimiters="=")
    reader.optionxform = str  # type: ignore[method-assign,assignment]  # `a` and `A` are two names
    try:
        reader.read_string(content.decode())
        names = [name for group in _SCRIPTS if group in reader for name in reader.options(group)]
    except (UnicodeDecodeError, configparser.Error):
        names = [""]
    if not all(re.fullmatch(r"[\w.-]+", name) for name in names):
        words = "has invalid entry points defined in the entry_points.txt file"
        raise Refused(400, f"Wheel '{filename}' {words}")
