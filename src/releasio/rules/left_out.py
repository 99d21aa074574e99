"""The commits that change neither version nor changelog, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.commits import A_MERGE, A_RELEASE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.rules.commits import LeftOut

_USUAL = frozenset({A_MERGE, A_RELEASE})  # nobody expects these in a changelog
_UNCONVENTIONAL = "not a conventional commit"
_ALL = "not conventional commits"


def summary(left_out: Sequence[LeftOut]) -> str:
    """Say how many of them somebody may miss, and how many do not follow the convention."""
    missed = [one for one in left_out if one.reason not in _USUAL]
    if not missed:
        return ""
    number = f"{len(missed)} commit{'s' if len(missed) > 1 else ''}"
    odd = sum(one.reason.startswith(_UNCONVENTIONAL) for one in missed)
    if odd == len(missed):
        return f"{number}, {_UNCONVENTIONAL if odd == 1 else _ALL}"
    return f"{number}, {odd} of them {_UNCONVENTIONAL if odd == 1 else _ALL}" if odd else number
