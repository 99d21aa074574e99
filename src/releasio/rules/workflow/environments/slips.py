"""Names of environments that were meant to be the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

USUAL = ("pypi", "testpypi", "test-pypi", "release", "publish", "production")
_SHORTEST = 4  # letters; of shorter names everything is a neighbour
_ENDINGS = ("s", "d")  # release, releases, released
_LETTERS = pattern(r"[a-z_-]+")


def meant(name: str, others: Iterable[str]) -> str | None:
    """
    Return which of *others*, or of the usual names, *name* is a slip of the pen of.

    None: of none. Upper and lower case do not count, for GitHub and indexes do not count them; nor
    do separators and digits, by which people tell environments apart on purpose.
    """
    plain = name.lower()
    if plain in USUAL:
        return None
    for other in (*others, *USUAL):
        if _is_slip(plain, other.lower()):
            return other
    return None


def _is_slip(name: str, other: str) -> bool:
    """Tell whether one letter is wrong, missing or too many, or two have changed places."""
    is_plain = all(_LETTERS.fullmatch(each) for each in (name, other))
    if not is_plain or len(other) < _SHORTEST or _joined(name) == _joined(other):
        return False
    longer, shorter = sorted((name, other), key=len, reverse=True)
    if len(longer) == len(shorter):
        places = [place for place, letter in enumerate(name) if letter != other[place]]
        wrong = [name[place] for place in places]
        right = [other[place] for place in places]
        return len(places) == 1 or (wrong == right[::-1])
    if longer.removeprefix(shorter) in _ENDINGS:
        return False
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def _joined(name: str) -> str:
    return re.sub(r"[_-]", "", name)
