"""Where the body of a commit says that something breaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from releasio.config.model import CommitsConfig

USUAL = "BREAKING[ -]CHANGE:"


def breaking_marks(settings: CommitsConfig) -> Marks:
    """
    Compile the patterns for breaking changes into one search of a body.

    The usual one counts at the beginning of a line only; a pattern of the project's own is
    searched as it is written, anywhere.
    """
    patterns = dict.fromkeys((settings.breaking_pattern, *settings.breaking_patterns))
    return Marks(rf"^[ \t>*+-]*(?:{one})" if one == USUAL else one for one in patterns if one)


class Marks:
    """Where a body says that something breaks."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._finders = [re.compile(one, re.MULTILINE).finditer for one in patterns]

    def __call__(self, body: str) -> list[tuple[int, int]]:
        """Return where each mark in *body* begins and ends, in their order."""
        return sorted({match.span() for find in self._finders for match in find(body)})
