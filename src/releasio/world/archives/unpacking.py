"""A `.tar.gz` that is unpacked no further than anybody needs to look at it."""

from __future__ import annotations

import gzip
import stat
import tarfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from releasio.rules.distribution.members import Entry

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator
    from typing import BinaryIO

MOST = 4 << 30  # bytes, unpacked; ten times what the largest sdists have
_AT_ONCE = 64 << 20  # bytes; a header that claims to be longer is no header
_LONGEST_PATH = 4096  # bytes, as systems have it
MEMBERS = 250_000  # each takes a kilobyte of memory
_KINDS = {
    tarfile.CHRTYPE: stat.S_IFCHR,
    tarfile.BLKTYPE: stat.S_IFBLK,
    tarfile.FIFOTYPE: stat.S_IFIFO,
    tarfile.DIRTYPE: stat.S_IFDIR,
    tarfile.SYMTYPE: stat.S_IFLNK,
}


class TooMuch(Exception):
    """An archive that would take more time and memory than it is worth; the text says of what."""


class GzipInPieces(gzip.GzipFile):
    """A stream that is read up to `MOST`, and in pieces."""

    def read(self, size: int | None = -1) -> bytes:
        """Return the next *size* bytes, which must be a number that somebody may want."""
        if size is None or not 0 <= size <= _AT_ONCE:
            msg = f"a header of {size:,} bytes" if size and size > 0 else "no end"
            raise TooMuch(msg)
        self._keep(self.tell() + size)
        return super().read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to *offset* from the begin, unpacking what is before it."""
        self._keep(offset)
        return super().seek(offset, whence)

    def _keep(self, offset: int) -> None:
        if offset > MOST + _AT_ONCE:
            msg = f"more than {MOST >> 30} GiB"
            raise TooMuch(msg)


@contextmanager
def open_tar(file: BinaryIO) -> Iterator[tuple[tarfile.TarFile, list[tarfile.TarInfo]]]:
    """
    Open the `.tar.gz` in *file*, and give the archive and its members.

    Raises:
        TooMuch: It has more in it than is looked at.
        tarfile.TarError: It is none; and whatever `BROKEN` names.
    """
    with GzipInPieces(fileobj=file) as stream, tarfile.open(fileobj=stream, mode="r:") as archive:
        members = []
        for member in archive:
            members.append(member)
            if len(members) > MEMBERS:
                msg = f"more than {MEMBERS:,} members"
                raise TooMuch(msg)
        yield archive, members


def entry_of_tar(member: tarfile.TarInfo) -> Entry:
    """Return *member* as rules look at it."""
    kind = _KINDS.get(member.type, stat.S_IFREG)
    target = member.linkname
    if member.issym():  # from where it lies; a hard link's is from the folder that is unpacked into
        target = (
            f"{member.name.rpartition('/')[0] or '.'}/{target}" if target[:1] != "/" else target
        )
    is_link = member.issym() or member.islnk()
    return Entry(member.name, kind | stat.S_IMODE(member.mode), target if is_link else "")


def entry_of_zip(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Entry:
    """Return the member *entry* of *archive* as rules look at it."""
    mode = entry.external_attr >> 16
    if not stat.S_ISLNK(mode) or entry.file_size > _LONGEST_PATH:
        return Entry(entry.orig_filename, mode)
    target = archive.read(entry).decode("utf-8", "replace")
    relative_target = f"{entry.filename.rpartition('/')[0] or '.'}/{target}"
    return Entry(entry.orig_filename, mode, target if target[:1] == "/" else relative_target)
