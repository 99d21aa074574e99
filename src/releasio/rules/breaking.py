"""Where the body of a commit says that something breaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from releasio.config.model import CommitsConfig

_USUAL = "BREAKING[ -]CHANGE:"


def breaking_marks(settings: CommitsConfig) -> Marks:
    """
    Compile the patterns for breaking changes into one search of a body.

    The usual one counts at the beginning of a line only, so that prose may speak
    of "no breaking change: ..."; others are searched as they are written.
    """
    patterns = dict.fromkeys((settings.breaking_pattern, *settings.breaking_patterns))
    parts = [rf"^[ \t>*+-]*(?:{one})" if one == _USUAL else f"(?:{one})" for one in patterns if one]
    return Marks("|".join(parts), "breaking" if set(patterns) <= {_USUAL, ""} else "")


class Marks:
    """Where a body says that something breaks; never without the word *needed*."""

    def __init__(self, pattern: str, needed: str) -> None:
        self._find = re.compile(pattern, re.MULTILINE | re.IGNORECASE).finditer if pattern else None
        self._needed = needed

    def __call__(self, body: str) -> list[tuple[int, int]]:
        """Return where each mark in *body* begins and ends, in their order."""
        if self._find is None or self._needed not in body.lower():
            return []
        return [match.span() for match in self._find(body)]
