"""What a yank is to an index: where people do it, and what is left for installers (PEP 592)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from packaging.utils import canonicalize_name

from releasio.frozen import frozen
from releasio.rules.index.simple import belongs_to, of_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packaging.version import Version

    from releasio.rules.index.registry import Registry
    from releasio.rules.index.simple import IndexFile

State = Literal["yanked", "partly yanked", "not yanked"]


@frozen
class YankState:
    """
    What an index shows of a release.

    Attributes:
        files: Those of the release.
        instead: The version that installers take where this one is yanked; `None`: there is no
            other final one that is not yanked itself.
    """

    files: tuple[IndexFile, ...]
    instead: Version | None

    @property
    def state(self) -> State:
        """How much of it is yanked."""
        yanked = [file for file in self.files if file.yanked is not None]
        if not yanked:
            return "not yanked"
        return "yanked" if len(yanked) == len(self.files) else "partly yanked"

    @property
    def reason(self) -> str:
        """The first reason that the index gives; empty: none."""
        return next((file.yanked for file in self.files if file.yanked), "")


def yank_state(files: Iterable[IndexFile], project: str, version: Version) -> YankState:
    """Return how *version* stands among all *files* of *project*."""
    all_files = tuple(files)
    return YankState(
        of_version(all_files, project, str(version)), _instead(all_files, project, version)
    )


def _instead(files: Iterable[IndexFile], project: str, version: Version) -> Version | None:
    own_name = canonicalize_name(project)
    owners = (belongs_to(file.name) for file in files if file.yanked is None)
    return max(
        (
            other
            for name, other in filter(None, owners)
            if name == own_name and other != version and not other.is_prerelease
        ),
        default=None,
    )


def yank_page(registry: Registry, project: str, version: Version) -> str | None:
    """
    Return the page on which people yank; `None`: it is no index whose pages we know.

    Source: https://docs.pypi.org/project-management/yanking/
    """
    if registry.site is None:
        return None
    return f"{registry.site}/manage/project/{project}/release/{version}/"
