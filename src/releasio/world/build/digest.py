"""The hash by which indexes, records and tags know a file."""

from __future__ import annotations

import hashlib
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK = 1 << 19


def sha256_of(path: Path) -> str:
    """Return the sha256 of the file at *path*, hexadecimal."""
    with path.open("rb") as content:
        return sha256_in(content).hex()


def sha256_in(content: IO[bytes]) -> bytes:
    """Return the sha256 of what is left to read in *content*, in constant memory."""
    digest = hashlib.sha256()
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
    return digest.digest()
