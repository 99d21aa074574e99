"""What an index says of the project: plain values, read by `reading/indexes.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from releasio.frozen import frozen
from releasio.rules.index.simple import ACTIVE, IndexFile, Standing, belongs_to

if TYPE_CHECKING:
    from packaging.version import Version

    from releasio.rules.identity.attestation import Signatory
    from releasio.rules.index.registry import Registry


@frozen
class LastPublisher:
    """
    Who published a release, as its provenance says (PEP 740); nothing of it was verified.

    Attributes:
        version: The release.
        file: One of its files.
        signatory: The provider, the repository and the workflow.
        environment: Empty: in none, or it is not told.
    """

    version: Version
    file: str
    signatory: Signatory
    environment: str = ""


@frozen
class IndexState:
    """
    What an index says of the project.

    Attributes:
        registry: The index.
        project: What it was asked for.
        exists: Whether it has the project; None: not known.
        files: All its files of the project.
        standing: How the project stands with it.
        similar: Another project there, whose name is the same without `-`; empty: none is known.
        publisher: Who published the newest release; None: its files have no provenance.
        clock_ahead: Seconds that this machine's clock is ahead of the index's; negative: behind.
            None: not known.
        trouble: Why it could not be asked; empty: it answered.
    """

    registry: Registry
    project: str
    exists: bool | None = None
    files: tuple[IndexFile, ...] = ()
    standing: Standing = ACTIVE
    similar: str = ""
    publisher: LastPublisher | None = None
    clock_ahead: float | None = None
    trouble: str = ""

    @property
    def files_by_version(self) -> dict[Version, tuple[IndexFile, ...]]:
        """The distributions of each version, the newest version first."""
        own_name = canonicalize_name(self.project)
        by_version: dict[Version, list[IndexFile]] = {}
        for file in self.files:
            name, version = belongs_to(file.name) or ("", None)
            if name == own_name and version is not None:
                by_version.setdefault(version, []).append(file)
        return {version: tuple(by_version[version]) for version in sorted(by_version, reverse=True)}
