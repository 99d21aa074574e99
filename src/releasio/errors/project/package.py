"""Projects that are no packages, and packages that are not for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, ReleasioError
from releasio.errors.project.manifest import ManifestError

if TYPE_CHECKING:
    from collections.abc import Sequence

_MEMBERS = 10  # that are named


class NotAPackage(ManifestError):
    """
    The project says that it is no package, or it only holds the members of a workspace.

    Nothing can be built of it that users could install. Each member of a workspace is
    released from its own folder.
    """

    message = "{path} is of no package: {why}"
    hint = "{remedy}"
    path: str
    why: str
    patterns: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    members: Sequence[str] = ()

    @property
    def remedy(self) -> str:
        """How to release what there is."""
        if self.members:
            named, others = self.members[:_MEMBERS], len(self.members[_MEMBERS:])
            rest = f" and {others} others" if others else ""
            return f"Members of the workspace: {', '.join(named)}{rest}. Name one as PATH."
        if self.patterns[0]:
            return "Name a member of the workspace as PATH."
        return "If it is to be released, take that setting out."


class PrivatePackage(ReleasioError):
    """
    The package has a classifier that says that it is not for a public index.

    PyPI and TestPyPI refuse every classifier that begins with `Private ::`, and projects have
    it for that very reason. Private indexes take it.
    """

    exit_code = DISAGREES
    message = "{path} says {classifier!r}, and {registry} is a public index"
    hint = """
        Release it to an index of your own with publish.registry, or take the classifier out if the
        world may have it."""
    path: str
    classifier: str
    registry: str
