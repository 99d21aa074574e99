"""The folder in which the attestations that were signed in this clone are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.identity.attested import folder_of, kept_name
from releasio.world.build.dist_folder import dist_folder_of
from releasio.world.plain_file import read_plain, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.rules.index.registry import Registry


@frozen
class AttestationFolder:
    """What was signed of one release for one index, by the name of the file it vouches for."""

    folder: Path

    @classmethod
    def of(cls, state: Path, tag: str, registry: Registry) -> AttestationFolder:
        """Return those of *tag* for *registry*, which lie beside the release's built files."""
        return cls(dist_folder_of(state, tag).parent / "attestations" / folder_of(registry))

    def __contains__(self, name: str) -> bool:
        return self._path(name).is_file()

    def read(self, name: str) -> str | None:
        """Return the attestation of the file *name*; `None`: there is none, or it is damaged."""
        try:
            return read_plain(self._path(name)).decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None  # it is made again

    def write(self, name: str, text: str) -> None:
        """Keep the attestation of the file *name*."""
        write_whole(self._path(name), text.encode())

    def _path(self, name: str) -> Path:
        return self.folder / kept_name(name)
