"""An upload form that is made while it is sent, so that memory does not grow with the file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from secrets import token_hex
from typing import TYPE_CHECKING

from releasio.errors.index.answers import DistributionChanged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_CHUNK = 192 * 1024  # each is handed from thread to thread, and there are two for each upload
_END = b"\r\n"


@dataclass(frozen=True)
class Form:
    """
    A `multipart/form-data` body with one file, the last part.

    Attributes:
        fields: Name and value of each metadata field, repeated names in order.
        path: The distribution.
        sha256: What its bytes must be, hexadecimal.
        progress: Hears of bytes sent and bytes in all.
    """

    fields: Sequence[tuple[str, str]]
    path: Path
    sha256: str
    progress: Callable[[int, int], None]
    boundary: str = field(default_factory=lambda: token_hex(16))

    @property
    def headers(self) -> dict[str, str]:
        """Type and exact length; servers and proxies refuse chunked uploads."""
        size = self.path.stat().st_size
        return {
            "Content-Type": f"multipart/form-data; boundary={self.boundary}",
            "Content-Length": str(len(self._head()) + size + len(self._tail())),
        }

    def __iter__(self) -> Iterator[bytes]:
        """
        Yield the body, anew for each try; the file is read once.

        Raises:
            DistributionChanged: The bytes are not those that were checked. The body then
                lacks its end, so the index cannot store the file.
        """
        yield self._head()
        size, sent_bytes, digest = self.path.stat().st_size, 0, hashlib.sha256()
        with self.path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                sent_bytes += len(chunk)
                if sent_bytes >= size:
                    self._compare(digest.hexdigest())
                yield chunk
                self.progress(sent_bytes, size)
        if sent_bytes < size or not size:
            self._compare(digest.hexdigest())
        yield self._tail()

    def _compare(self, digest: str) -> None:
        if digest != self.sha256:
            raise DistributionChanged(self.path.name, checked=self.sha256, found=digest)

    def _head(self) -> bytes:
        parts = [self._part(_quoted(name), value) for name, value in self.fields]
        opening = (
            f"--{self.boundary}\r\nContent-Disposition: form-data; "
            f'name="content"; filename="{_quoted(self.path.name)}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        return b"".join(parts) + opening.encode()

    def _part(self, name: str, value: str) -> bytes:
        head = f'--{self.boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        return head.encode() + value.encode() + _END

    def _tail(self) -> bytes:
        return f"\r\n--{self.boundary}--\r\n".encode()


def _quoted(name: str) -> str:
    """Escape as browsers do, so that no name ends the header it stands in."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
