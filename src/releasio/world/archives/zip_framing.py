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
    from collections.abc import Sequence

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_LOCAL_SIGNATURE = b"PK\x03\x04"
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END_SIGNATURES = frozenset({b"PK\x05\x06", b"PK\x06\x06"})  # with numbers of 4 bytes, or of 8
_END = struct.Struct("<4sHHHHIIH")
_END_SIGNATURE = b"PK\x05\x06"
_DESCRIPTOR = 0x08  # flag: sizes follow the data
_UTF8 = 0x800  # flag: the name is UTF-8
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_IN_EXTRA = 0xFFFFFFFF  # ZIP64: the size stands in the extra field
_FIELD = struct.Struct("<2H")
_ZIP64 = 1  # the field's number
_LONG = struct.Struct("<Q")


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
            _refuse_contradictions(file, members, archive.start_dir)
            _refuse_overlong(file, archive)
    # a size that nothing has, a version nobody has written (NotImplementedError), names in no code
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, RuntimeError) as error:
        raise BrokenZip(Flaw.MALFORMED) from error
    if archive.comment or any(member.comment for member in members):
        raise BrokenZip(Flaw.COMMENT)
    return members


def _refuse_trailing(file: BinaryIO, archive: zipfile.ZipFile) -> None:
    size = file.seek(0, 2)
    file.seek(size - _END.size - len(archive.comment))
    signature, *_, comment_size = _END.unpack(file.read(_END.size))
    if signature != _END_SIGNATURE or comment_size != len(archive.comment):
        raise BrokenZip(Flaw.TRAILING)


def _refuse_overlong(file: BinaryIO, archive: zipfile.ZipFile) -> None:
    """Refuse a central directory that says it is longer than it is: `zipfile` passes that by."""
    file.seek(archive.start_dir)
    for _ in archive.infolist():
        lengths = _CENTRAL.unpack(file.read(_CENTRAL.size))[10:13]
        file.seek(sum(lengths), 1)
    if file.read(4) not in _END_SIGNATURES:
        raise BrokenZip(Flaw.MALFORMED)


def _refuse_contradictions(file: BinaryIO, members: Sequence[zipfile.ZipInfo], end: int) -> None:
    """Walk the local headers, from the first byte to *end*, where the central directory begins."""
    central = {member.header_offset: member for member in members}
    names: set[str] = set()
    offset = file.seek(0)
    while file.read(4) == _LOCAL_SIGNATURE:
        name, size = _local(file)
        if _CONTROL.search(name):
            raise BrokenZip(Flaw.CHARACTER)
        if name in names:
            raise BrokenZip(Flaw.DUPLICATE)
        names.add(name)
        member = central.get(offset)
        if not member or member.orig_filename != name:
            raise BrokenZip(Flaw.NOT_CENTRAL)
        if size != member.compress_size:
            raise BrokenZip(Flaw.SIZE)
        offset = file.seek(member.compress_size, 1)
    if offset != end:
        raise BrokenZip(Flaw.SIGNATURE)
    if len(names) != len(members):
        raise BrokenZip(Flaw.NOT_LOCAL)


def _local(file: BinaryIO) -> tuple[str, int]:
    """Read the rest of a local header; return the member's name and its size in the archive."""
    fields = _LOCAL.unpack(_LOCAL_SIGNATURE + file.read(_LOCAL.size - 4))
    flags, size, unpacked, name_size, extra_size = fields[2], *fields[7:11]
    if flags & _DESCRIPTOR:
        raise BrokenZip(Flaw.DESCRIPTOR)
    name = file.read(name_size).decode("utf-8" if flags & _UTF8 else "cp437")
    extra = file.read(extra_size)
    if size == _IN_EXTRA:
        # first the unpacked size, where that does not fit either
        offset = _LONG.size if unpacked == _IN_EXTRA else 0
        (size,) = _LONG.unpack_from(_zip64(extra), offset)
    return name, size


def _zip64(extra: bytes) -> bytes:
    """Return the field of long numbers in *extra*; empty: there is none."""
    while extra:
        kind, length = _FIELD.unpack_from(extra)
        if kind == _ZIP64:
            return extra[_FIELD.size :][:length]
        extra = extra[_FIELD.size + length :]
    return b""
