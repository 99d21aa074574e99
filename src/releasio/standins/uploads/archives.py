"""What must be inside the files of a release."""

from __future__ import annotations

import tarfile
import zipfile
from typing import TYPE_CHECKING

from releasio.archives.flaws import BROKEN, tar_flaw, zip_flaw
from releasio.archives.unpacking import TooMuch
from releasio.rules.distribution.archive_format import (
    PREFIX,
    entry_points_parse,
    layout_flaw,
    top_folder,
)
from releasio.standins.responses import HELP, Refused
from releasio.standins.uploads.filenames import dist_info

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_SEE = f" See {HELP}#archives for more information"


def refuse_sdist(path: Path, filename: str) -> str:
    """
    Refuse the bytes at *path* if they are no source distribution; return its top directory.

    Raises:
        Refused: With the index's words.
    """
    try:
        with path.open("rb") as file:
            _refuse(zip_flaw(file) if filename.endswith(".zip") else tar_flaw(file))
    except TooMuch as much:
        raise Refused(400, f"{PREFIX}{much}") from None
    names = _names(path, filename)
    _refuse(layout_flaw(names))
    return top_folder(names) or ""


def refuse_wheel(path: Path, filename: str) -> None:
    """
    Refuse the bytes at *path* if they are no wheel.

    Raises:
        Refused: With the index's words.
    """
    with path.open("rb") as file:
        _refuse(zip_flaw(file))
    where = dist_info(filename)
    if f"{where}/WHEEL" not in _names(path, filename):
        raise Refused(400, f"{PREFIX}WHEEL not found at {where}/WHEEL")


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
            _refuse_entry_points(_read(wheel, f"{where}/entry_points.txt"), filename)
        _require(names, filename, f"{where}/METADATA", "METADATA")
        return _read(wheel, f"{where}/METADATA")


def _read(wheel: zipfile.ZipFile, name: str) -> bytes:
    try:
        return wheel.read(name)
    except BROKEN as error:
        words = f"{PREFIX}ZIP archive not accepted: Malformed zip file.{_SEE}"
        raise Refused(400, words) from error


def _require(names: Sequence[str], filename: str, where: str, what: str) -> None:
    if where not in names:
        raise Refused(400, f"Wheel '{filename}' does not contain the required {what} file: {where}")


def _refuse_entry_points(data: bytes, filename: str) -> None:
    if not entry_points_parse(data):
        words = "has invalid entry points defined in the entry_points.txt file"
        raise Refused(400, f"Wheel '{filename}' {words}")


def _names(path: Path, filename: str) -> list[str]:
    if filename.endswith(".tar.gz"):
        with tarfile.open(path) as archive:
            return archive.getnames()
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def _refuse(words: str | None) -> None:
    if words:
        raise Refused(400, f"{words}{_SEE}" if " not accepted: " in words else words)
