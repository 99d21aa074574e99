"""The commits that change neither version nor changelog, in a few words."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from releasio.rules.changes.outside import ONLY_OUTSIDE
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.rules.commits.commit import Commit

A_RELEASE = "the commit of a release itself"
A_MERGE = "a merge; the commits it brings in are listed themselves"
SPOKEN_FOR = "the title of its merge speaks for it"

_RELEASES = "chore(release): "
_RELEASE = pattern(rf"{re.escape(_RELEASES)}(?:prepare )?(?:\S+ )?v?\d")
_SHOWN = 3
_USUAL = frozenset({A_MERGE, A_RELEASE, SPOKEN_FOR})  # nobody expects these in a changelog
_KINDS = {
    "not a conventional commit": "not conventional",
    "undo": "reverted before a release",  # the one undone, and the one that undoes it
    ONLY_OUTSIDE: "outside the package",
}


class Skipping:
    """
    Knows which messages nobody is to read: those of releases, and of who asks for that.

    Args:
        texts: Those that ask for it: `commits.skip_release_patterns`.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        marks = {mark for mark in "".join(texts) if not (mark.isalnum() or mark.isspace())}
        # it stands in each of them, and in few messages: a bracket mostly
        self._mark = max(
            (mark for mark in marks if all(mark in text for text in texts)), default=""
        )

    def reason(self, message: str, subject: str) -> str:
        """Return why it is left out; empty: it is read."""
        if subject.startswith(_RELEASES) and _RELEASE.match(subject):
            return A_RELEASE
        if self._mark in message:
            for text in self._texts:
                if text in message:
                    return f"its message contains {text}"
        return ""


class LeftOut(NamedTuple):
    """A commit that changes neither version nor changelog, and why."""

    commit: Commit
    reason: str


def summary(left_out: Sequence[LeftOut]) -> str:
    """Say how many of them somebody may miss, and why; empty when nobody will."""
    kinds = Counter(_kind(entry.reason) for entry in left_out if entry.reason not in _USUAL)
    if not kinds:
        return ""
    number = kinds.total()
    reasons = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    return f"{number} commit{'s' if number > 1 else ''}: {reasons}"


def surprising(left_out: Sequence[LeftOut]) -> Sequence[LeftOut]:
    """Return the first ones whose words ask for a release, and whose files do not."""
    return [entry for entry in left_out if entry.reason.startswith(ONLY_OUTSIDE)][:_SHOWN]


def _kind(reason: str) -> str:
    return next((kind for start, kind in _KINDS.items() if reason.startswith(start)), "skipped")
