"""
Whether a ZIP file says the same thing to everybody who reads it.

Readers disagree about files whose local headers and central directory differ;
the index takes only those that leave no room for it.
"""

from __future__ import annotations

import re
import struct
import zipfile
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_LOCAL_SIGNATURE = b"PK\x03\x04"
_NEXT_SIGNATURES = frozenset({b"PK\x01\x02", b"PK\x05\x06"})  # central directory, or its end
_END = struct.Struct("<4sHHHHIIH")
_END_SIGNATURE = b"PK\x05\x06"
_DESCRIPTOR = 0x08  # flag: sizes follow the data
_UTF8 = 0x800  # flag: the name is UTF-8
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_IN_EXTRA = 0xFFFFFFFF  # ZIP64: the size stands in the extra field


class Flaw(StrEnum):
    """What is wrong, in the index's words."""

    MALFORMED = "Malformed zip file"
    TRAILING = "Trailing data"
    DUPLICATE = "Duplicate filename in local headers"
    NOT_CENTRAL = "Filename not in central directory"
    SIZE = "Mis-matched data size"
    SIGNATURE = "Unknown record signature"
    NOT_LOCAL = "Filename not in local headers"
    DESCRIPTOR = "ZIP contains a data descriptor"
    COMMENT = "Comment in central directory"
    CHARACTER = "Invalid character in filename"


class BrokenZip(Exception):
    """An archive that different readers would read differently; the text says why."""


def refuse_broken(file: BinaryIO) -> Sequence[zipfile.ZipInfo]:
    """
    Return the members of the archive in *file*, which is left at no certain place.

    Raises:
        BrokenZip: Its records contradict each other, or something lies between or after them.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _refuse_trailing(file, archive)
            _refuse_contradictions(file, {one.header_offset: one for one in members})
    # a size that nothing has, a version nobody has written (NotImplementedError), names in no code
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, RuntimeError) as error:
        raise BrokenZip(Flaw.MALFORMED) from error
    if archive.comment or any(one.comment for one in members):
        raise BrokenZip(Flaw.COMMENT)
    return members


def _refuse_trailing(file: BinaryIO, archive: zipfile.ZipFile) -> None:
    size = file.seek(0, 2)
    file.seek(size - _END.size - len(archive.comment))
    signature, *_, comment_size = _END.unpack(file.read(_END.size))
    if signature != _END_SIGNATURE or comment_size != len(archive.comment):
        raise BrokenZip(Flaw.TRAILING)


def _refuse_contradictions(file: BinaryIO, central: Mapping[int, zipfile.ZipInfo]) -> None:
    """Walk the local headers from the first byte to the *central* directory's, by offset."""
    seen: set[str] = set()
    offset = file.seek(0)
    while (signature := file.read(4)) == _LOCAL_SIGNATURE:
        name, size = _local(file)
        if _CONTROL.search(name):
            raise BrokenZip(Flaw.CHARACTER)
        if name in seen:
            raise BrokenZip(Flaw.DUPLICATE)
        seen.add(name)
        member = central.get(offset)
        if not member or member.orig_filename != name:
            raise BrokenZip(Flaw.NOT_CENTRAL)
        if size not in {member.compress_size, _IN_EXTRA}:
            raise BrokenZip(Flaw.SIZE)
        offset = file.seek(member.compress_size, 1)
    if signature not in _NEXT_SIGNATURES:
        raise BrokenZip(Flaw.SIGNATURE)
    if len(seen) != len(central):
        raise BrokenZip(Flaw.NOT_LOCAL)


def _local(file: BinaryIO) -> tuple[str, int]:
    """Read the rest of a local header; return the member's name and its size in the archive."""
    fields = _LOCAL.unpack(_LOCAL_SIGNATURE + file.read(_LOCAL.size - 4))
    flags, size, name_size, extra_size = fields[2], fields[7], fields[9], fields[10]
    if flags & _DESCRIPTOR:
        raise BrokenZip(Flaw.DESCRIPTOR)
    name = file.read(name_size).decode("utf-8" if flags & _UTF8 else "cp437")
    file.seek(extra_size, 1)
    return name, size
