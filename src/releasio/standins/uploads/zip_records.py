"""
A ZIP file read record by record, from its first byte to its last.

Readers differ over archives whose records contradict each other, so the index
takes none of them.

Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from typing import BinaryIO

_END = struct.Struct("<4s4H2LH")
_END_64_PLACE = struct.Struct("<4sLQL")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_EXTRA = struct.Struct("<2H")
_NUMBER = struct.Struct("<Q")
_LONGEST_COMMENT = 0xFFFF
_ELSEWHERE, _MANY = 0xFFFFFFFF, 0xFFFF  # the number stands in a longer field
_ZIP64 = 1  # the extra field for numbers of 8 bytes
_UTF_8 = 1 << 11
_SIZES_LATER = 1 << 3


class ZipFlaw(Exception):
    """The file says different things to different readers; the text has the index's words."""


@dataclass(frozen=True)
class Member:
    """One entry of the central directory; sizes and offset in bytes."""

    name: str
    method: int
    packed: int
    size: int
    offset: int


def read_records(file: BinaryIO) -> list[Member]:
    """
    Return what the central directory of *file* lists, once every record agrees with it.

    Raises:
        ZipFlaw: One does not, or something lies between the records or after them.
    """
    try:
        begin, end, count, comment = _directory(file)
        members = _central(file, begin, end, count)
        _walk(file, members, begin)
    except (struct.error, UnicodeDecodeError, OSError, OverflowError):
        _flawed("Malformed zip file")
    if comment:
        _flawed("Comment in central directory")
    return members


def _directory(file: BinaryIO) -> tuple[int, int, int, bytes]:
    """Return where the central directory begins and ends, its entries' number, and the comment."""
    total = file.seek(0, 2)
    start = file.seek(max(0, total - _END.size - _LONGEST_COMMENT))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0:
        _flawed("Malformed zip file")
    *_, count, size, begin, length = _END.unpack_from(tail, at)
    comment, end = tail[at + _END.size :], start + at
    if length != len(comment):
        _flawed("Trailing data")
    if count == _MANY or _ELSEWHERE in {size, begin}:
        end, count, size, begin = _directory_64(file, end)
    if begin + size != end:
        _flawed("Unknown record signature")
    return begin, end, count, comment


def _directory_64(file: BinaryIO, end: int) -> tuple[int, int, int, int]:
    file.seek(end - _END_64_PLACE.size)
    signature, _, offset, _ = _END_64_PLACE.unpack(file.read(_END_64_PLACE.size))
    file.seek(offset)
    record, *_, count, size, begin = _END_64.unpack(file.read(_END_64.size))
    if (signature, record) != (b"PK\6\7", b"PK\6\6"):
        _flawed("Unknown record signature")
    return offset, count, size, begin


def _central(file: BinaryIO, begin: int, end: int, count: int) -> list[Member]:
    """Read the central directory, which lies between *begin* and *end*."""
    file.seek(begin)
    members = []
    while file.tell() < end:
        signature, *fields = _CENTRAL.unpack(file.read(_CENTRAL.size))
        flags, method, packed, size = fields[2], fields[3], fields[7], fields[8]
        lengths, offset = fields[9:12], fields[15]
        name, extra, comment = (file.read(length) for length in lengths)
        if signature != b"PK\1\2":
            _flawed("Unknown record signature")
        if file.tell() > end:
            _flawed("Malformed zip file")
        if comment:
            _flawed("Comment in central directory")
        size, packed, offset = _numbers(extra, size, packed, offset)
        members.append(Member(_decoded(name, flags), method, packed, size, offset))
    if len(members) != count:
        _flawed("Malformed zip file")
    return members


def _walk(file: BinaryIO, members: list[Member], end: int) -> None:
    """Go from one local header to the next, up to the central directory at *end*."""
    members_by_offset = {member.offset: member for member in members}
    names: set[str] = set()
    offset = file.seek(0)
    while offset < end:
        signature, *fields = _LOCAL.unpack(file.read(_LOCAL.size))
        flags, packed, size = fields[1], fields[6], fields[7]
        encoded, extra = file.read(fields[8]), file.read(fields[9])
        if signature != b"PK\3\4":
            _flawed("Unknown record signature")
        if flags & _SIZES_LATER:
            _flawed("ZIP contains a data descriptor")
        name = _decoded(encoded, flags)
        if name in names:
            _flawed("Duplicate filename in local headers")
        names.add(name)
        member = members_by_offset.get(offset)
        if member is None or member.name != name:
            _flawed("Filename not in central directory")
        _, packed = _numbers(extra, size, packed)
        if packed != member.packed:
            _flawed("Mis-matched data size")
        offset = file.seek(packed, 1)
    if offset != end:
        _flawed("Unknown record signature")
    if len(names) != len(members):
        _flawed("Filename not in local headers")


def _numbers(extra: bytes, *numbers: int) -> list[int]:
    """Return *numbers*, those that stand elsewhere from the ZIP64 field in *extra*."""
    longer = iter(_zip64(extra))
    return [next(longer, -1) if number == _ELSEWHERE else number for number in numbers]


def _zip64(extra: bytes) -> list[int]:
    while extra:
        kind, length = _EXTRA.unpack_from(extra)
        content, extra = extra[_EXTRA.size :][:length], extra[_EXTRA.size + length :]
        if kind == _ZIP64:
            return [number for (number,) in _NUMBER.iter_unpack(content[: length // 8 * 8])]
    return []


def _decoded(name: bytes, flags: int) -> str:
    text = name.decode("utf-8" if flags & _UTF_8 else "cp437")
    if re.search(r"[\x00-\x1f\x7f]", text):
        _flawed("Invalid character in filename")
    return text


def _flawed(words: str) -> NoReturn:
    raise ZipFlaw(words)
