"""The bytes of an upload, as they arrive."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from releasio.standins.responses import HELP, Refused

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

_CHUNK = 1024 * 1024
_MIB = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How large things may be, in bytes."""

    file: int = 100 * _MIB
    project: int = 10 * 1024 * _MIB

    def refuse(self, project: str, size: int, used_size: int) -> None:
        """
        Refuse a file of *size* in a project whose other files take *used_size*.

        Raises:
            Refused: It is too large, or makes the project too large.
        """
        see = f"See {HELP}#storage-limits"
        if size > self.file:
            limit = f"Limit for project '{project}' is {self.file // _MIB} MB."
            raise Refused(400, f"File too large. {limit} {see} for more information.")
        if size + used_size > self.project:
            gib = self.project // (1024 * _MIB)
            limit = f"Limit for project '{project}' total size is {gib} GB."
            raise Refused(400, f"Project size too large. {limit} {see}")


@dataclass(frozen=True, kw_only=True)
class Received:
    """The bytes of an upload, on disk, and what they are called by."""

    path: Path
    size: int
    md5: str
    sha256: str
    blake2: str

    def refuse_other(self, digests: dict[str, str]) -> None:
        """
        Refuse bytes that *digests* (lower-case, by form field) do not all belong to.

        Raises:
            Refused: One of them is of something else.
        """
        if not digests.items() <= self._digests().items():
            raise Refused(
                400,
                "The digest supplied does not match a digest calculated from the uploaded file.",
            )

    def _digests(self) -> dict[str, str]:
        return {
            "md5_digest": self.md5,
            "sha256_digest": self.sha256,
            "blake2_256_digest": self.blake2,
        }


def receive(
    stream: IO[bytes], path: Path, limits: Limits, project: str, used_size: int
) -> Received:
    """
    Write *stream* to *path*, counting and digesting on the way.

    Raises:
        Refused: A limit of *project*, whose files take *used_size* bytes, is passed.
    """
    md5, sha256 = hashlib.md5(usedforsecurity=False), hashlib.sha256()
    blake2 = hashlib.blake2b(digest_size=32)
    size = 0
    with path.open("wb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            limits.refuse(project, size, used_size)
            for digest in (md5, sha256, blake2):
                digest.update(chunk)
            file.write(chunk)
    return Received(
        path=path,
        size=size,
        md5=md5.hexdigest(),
        sha256=sha256.hexdigest(),
        blake2=blake2.hexdigest(),
    )
