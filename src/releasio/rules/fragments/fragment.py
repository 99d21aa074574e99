"""A news fragment, and how much it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from releasio.rules.versions.version import Level

if TYPE_CHECKING:
    from collections.abc import Collection

SETTING = "changelog.fragments"

# what types mean by custom; any other fragment is told to users, and so asks for a patch
_MAJOR = frozenset(("breaking", "breaking change", "breaking_change", "incompatible", "removed"))
_MINOR = frozenset(
    (
        *("feature", "features", "feat", "added", "enhancement", "improvement", "new"),
        *("deprecated", "deprecation", "removal"),
    )
)


class Fragment(NamedTuple):
    """What one fragment tells of."""

    path: str  # in the repository
    type: str  # in lower case


def writes_changelog(tool: str | None, fragments: Collection[Fragment] | None) -> bool:
    """Whether *tool* has something to write: towncrier also says that nothing changed."""
    return tool == "towncrier" or (tool is not None and bool(fragments))


def usual_level(type_: str) -> Level:
    """Return what fragments of a type raise where no setting says it."""
    if type_ in _MAJOR:
        return Level.MAJOR
    return Level.MINOR if type_ in _MINOR else Level.PATCH
