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

    code = "not-a-package"

    def __init__(
        self,
        path: str,
        why: str,
        patterns: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
        members: Sequence[str] = (),
    ) -> None:
        hint = "Name a member of the workspace as PATH."
        if members:
            rest = f" and {len(members) - _MEMBERS} others" if len(members) > _MEMBERS else ""
            hint = f"Members of the workspace: {', '.join(members[:_MEMBERS])}{rest}. Name one as "
            hint += "PATH."
        elif not patterns[0]:
            hint = "If it is to be released, take that setting out."
        super().__init__(f"{path} is of no package: {why}", hint=hint, path=path)
        self.why = why
        self.patterns = patterns

    def with_members(self, members: Sequence[str]) -> NotAPackage:
        """Return the same error with the folders of the *members* of the workspace."""
        return NotAPackage(str(self.path), self.why, self.patterns, members)


class PrivatePackage(ReleasioError):
    """
    The package has a classifier that says that it is not for a public index.

    PyPI and TestPyPI refuse every classifier that begins with `Private ::`, and projects have
    it for that very reason. Private indexes take it.
    """

    code = "private-package"
    exit_code = DISAGREES

    def __init__(self, path: str, classifier: str, registry: str) -> None:
        super().__init__(
            f"{path} says {classifier!r}, and {registry} is a public index",
            hint="Release it to an index of your own with publish.registry, or take the classifier "
            "out if the world may have it.",
            path=path,
        )
