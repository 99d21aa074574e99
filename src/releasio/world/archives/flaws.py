"""What the index refuses in an archive as such, in its own words."""

from __future__ import annotations

import struct
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING

from releasio.rules.distribution.archive_format import PREFIX
from releasio.world.archives.unpacking import GzipInPieces, open_tar
from releasio.world.archives.zip_framing import BrokenZip, refuse_broken

if TYPE_CHECKING:
    from typing import BinaryIO

# what zipfile and tarfile raise for a file that is damaged, or packed in a way they do not know
BROKEN = (
    EOFError,
    LookupError,  # a link inside that leads nowhere
    MemoryError,  # a size that nothing has
    OSError,
    OverflowError,
    RuntimeError,  # encrypted, or (NotImplementedError) of a version nobody has written
    ValueError,  # also undecodable text
    struct.error,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)
DAMAGED = f"{PREFIX}None"  # all it says of a gzip stream that breaks off
_COMPARED_FROM = 64 << 20  # bytes, unpacked; smaller archives may be as dense as they like
_MOST_DENSE = 50
_GZIP = b"\x1f\x8b"
_ZIP = b"PK"
_USUAL = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def zip_flaw(file: BinaryIO) -> str | None:
    """
    Return why the index refuses the ZIP archive in *file*, as a wheel or as an sdist.

    None: for nothing that lies in its framing.
    """
    if not zipfile.is_zipfile(file):
        return f"{PREFIX}File is not a zipfile"
    file.seek(0)
    if _is_tar(file):
        return f"{PREFIX}File is both a zip and a tar file"
    try:
        members = refuse_broken(file)
    except BrokenZip as error:
        return f"{PREFIX}ZIP archive not accepted: {error}."
    if not all(map(is_usual, members)):
        return f"{PREFIX}File does not use a supported compression type"
    return _density(file, sum(member.file_size for member in members))


def tar_flaw(file: BinaryIO) -> str | None:
    """
    Return why the index refuses the `.tar.gz` in *file* as such; None: for nothing.

    Raises:
        TooMuch: It would take too long to tell.
    """
    if not _is_tar(file):
        return f"{PREFIX}File is not a tarfile"
    file.seek(0)
    try:
        with open_tar(file) as (_, members):
            pass
    except BROKEN:
        return DAMAGED
    if any(member.issparse() for member in members):
        return f"{PREFIX}tar archive not accepted: Sparse members are not allowed."
    return None


def is_usual(entry: zipfile.ZipInfo) -> bool:
    """Whether *entry* is packed as indexes take it; other ways fail in ways of their own."""
    return entry.compress_type in _USUAL


def _is_tar(file: BinaryIO) -> bool:
    """Do what `tarfile.is_tarfile` does, without breaking down over damage or long headers."""
    begin = file.read(len(_GZIP))
    file.seek(0)
    try:
        if begin == _GZIP:
            with GzipInPieces(fileobj=file) as stream, tarfile.open(fileobj=stream, mode="r:"):
                return True
        if begin == _ZIP:  # no compressed stream begins so
            with tarfile.open(fileobj=file, mode="r:"):
                return True
        return tarfile.is_tarfile(file)
    except BROKEN:
        return False


def _density(file: BinaryIO, unpacked: int) -> str | None:
    packed = file.seek(0, 2)
    if unpacked > _COMPARED_FROM and unpacked > packed * _MOST_DENSE:
        return f"{PREFIX}File exceeds compression ratio of {_MOST_DENSE}"
    return None
