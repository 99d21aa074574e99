"""What a commit changes in a file: the lines that come and go, wherever they stand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packaging.version import Version

_VERSION = "{version}"


@frozen
class LineChanges:
    """
    The lines that a commit brings to a file, and those that it takes away, with their number.

    Two that are equal do the same to files that may differ elsewhere, and for other versions.
    """

    came: Counter[str]
    went: Counter[str]


def line_changes(before: str, after: str, versions: Iterable[Version]) -> LineChanges:
    """
    Return what makes *after* of *before*.

    Args:
        before: The file in the parent; empty: it is not there.
        after: The file in the commit; empty likewise.
        versions: What the commit raises the version to: it counts as any other one.
    """
    names = [str(version) for version in versions]
    old, new = _lines(before, names), _lines(after, names)
    return LineChanges(new - old, old - new)


def _lines(text: str, versions: Iterable[str]) -> Counter[str]:
    for version in versions:
        text = text.replace(version, _VERSION)
    return Counter(text.splitlines())
