"""Patterns of paths, as a `.gitignore` has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

_WILD = {"*": "[^/]*", "?": "[^/]"}


@frozen
class _Pattern:
    """One line: what it matches, and whether that is taken back."""

    text: str
    negated: bool

    def matches(self, path: str) -> bool:
        return re.match(self.text, path) is not None  # re keeps what it compiled


@frozen
class PathPatterns:
    """
    Several patterns, of which the last one that matches decides.

    `*` and `?` stand within one name, `**` for any number of folders. A pattern with a slash at its
    beginning or in its middle is relative to the root, any other one matches at every depth.
    What matches a folder matches all below it; `/` at the end means folders only. `!` takes back.

    Source: https://git-scm.com/docs/gitignore#_pattern_format
    """

    patterns: tuple[_Pattern, ...]

    @classmethod
    def of(cls, lines: Iterable[str]) -> PathPatterns:
        """Return the patterns that *lines* say; empty ones say nothing."""
        return cls(tuple(_pattern(line.strip()) for line in lines if line.strip("/! ")))

    def verdict(self, path: str) -> bool | None:
        """Return whether *path* is matched; False: that was taken back; None: by none."""
        for pattern in reversed(self.patterns):
            if pattern.matches(path):
                return not pattern.negated
        return None


def _pattern(line: str) -> _Pattern:
    negated = line.startswith("!")
    text = line.removeprefix("!")
    names = text.strip("/").split("/")
    is_rooted = "/" in text.rstrip("/")
    begin = "" if is_rooted or names[0] == "**" else "(?:.*/)?"
    end = "/.+" if text.endswith("/") else "(?:/.+)?"
    return _Pattern(f"{begin}{_expression(names)}{end}$", negated)


def _expression(names: list[str]) -> str:
    parts = []
    for place, name in enumerate(names):
        is_last = place == len(names) - 1
        if name == "**":
            parts.append(".+" if is_last else "(?:.*/)?")
        else:
            parts.append("".join(_WILD.get(letter, re.escape(letter)) for letter in name))
            parts.append("" if is_last else "/")
    return "".join(parts)
