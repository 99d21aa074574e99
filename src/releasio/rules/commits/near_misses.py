"""What only looks like a breaking change, in sentences: one for each kind, whatever the number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.commits.breaking import (
    EMPTY,
    FILLED_IN,
    IN_A_SENTENCE,
    LOWER_CASE,
    NO_FOOTER,
    OTHER_CASE,
    QUOTED,
)
from releasio.text.listing import listed, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MISPLACED_MARK = "the ! of a breaking change is not where it counts, as in `feat(scope)!: ...`"

_ORDER = (
    MISPLACED_MARK, NO_FOOTER, LOWER_CASE, OTHER_CASE, IN_A_SENTENCE, QUOTED, EMPTY, FILLED_IN,
)  # fmt: skip


def sentences(near_misses: Iterable[tuple[str, str]]) -> Iterator[str]:
    """
    Yield a sentence for each kind of near miss, what matters most first.

    Args:
        near_misses: Kind and commit id of each.
    """
    commits: dict[str, list[str]] = {}
    for kind, commit in near_misses:
        commits.setdefault(kind, []).append(commit[:8])
    for kind in sorted(commits, key=_ORDER.index):
        commit_ids = (shortened if commits[kind][3:] else listed)(commits[kind])
        does = "do" if len(commits[kind]) > 1 else "does"
        yield f"{commit_ids} {does} not count as breaking: {kind}"
