"""Which lines of a squash merge's body are changes of their own beside its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.config.tables.changelog import FOR_USERS
from releasio.rules.versions.version import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.commits.change import Change

# scopes of work on the work itself: nobody who uses the package misses it
_INTERNAL = frozenset(
    (
        "build", "ci", "deps-dev", "dev", "doc", "docs", "format", "lint", "mypy", "pre-commit",
        "review", "ruff", "style", "test", "tests", "types", "typing",
    )
)  # fmt: skip


# words of fix-ups: under a title that releases nothing they make no release either
_FIX_UPS = frozenset(
    (
        "ci", "comment", "comments", "conflict", "conflicts", "coverage", "feedback", "flake8",
        "format", "formatting", "lint", "linter", "linting", "merge", "mypy", "nit", "nits",
        "pre-commit", "pylint", "pyright", "review", "ruff", "spelling", "style", "test", "tests",
        "typo", "typos", "wording",
    )
)  # fmt: skip


def stands_beside(entry: Change, title: Change, levels: Mapping[str, Level]) -> bool:
    """
    Whether users would miss *entry* if only the *title* of its pull request were told.

    A line of another pull request counts, one that breaks something, a new feature under
    another title, a repair under a title that releases nothing, and one about another part
    of the package. What else a pull request says of itself are its fix-ups.

    Args:
        entry: What a line of the body says.
        title: What the title says.
        levels: The number that each type raises.
    """
    if entry.breaking or (entry.reference and entry.reference != title.reference):
        return True
    level = levels.get(entry.type, Level.NONE)
    title_level = Level.MAJOR if title.breaking else levels.get(title.type, Level.NONE)
    if level > title_level and (level >= Level.MINOR or not _is_fix_up(entry)):
        return True
    scope = (entry.scope or "").lower()
    if not scope or scope == (title.scope or "").lower() or scope in _INTERNAL:
        return False
    return entry.type in FOR_USERS or level > Level.NONE


def _is_fix_up(entry: Change) -> bool:
    words = entry.description.lower().replace(",", " ").split()
    return (entry.scope or "").lower() in _INTERNAL or not _FIX_UPS.isdisjoint(words)
