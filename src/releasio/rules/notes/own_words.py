"""Whether a section of the changelog has words that nobody generated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.changelog.markup.inline import plain_text
from releasio.rules.notes.entry import BREAKING
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

_BULLET = pattern(r"[-*+\u2022][ \t]+")
# what stands around the entries of a section: headings, rules, links, dates
_FRAME = pattern(
    r"#|\*\*[^*]+\*\*:?$|\[[^\]]+\]:|<!--|[-*_=~ ]{3,}$|(?:released|date)\b.*\d{4}"
    r"|.*/compare/|\W*$|no notable changes\.$",
    re.IGNORECASE,
)


def has_own_words(section: str, generated: str) -> bool:
    """
    Whether *section* says anything that *generated* does not, headings, links and markup aside.

    An entry that somebody took out counts as well: who removes one does not want it told.
    """
    kept, made = set(_entries(section)), set(_entries(generated))
    return bool(kept) and kept != made


def _entries(text: str) -> Iterable[str]:
    for line in text.splitlines():
        words = line.strip()
        if not _FRAME.match(words):
            words = _BULLET.sub("", words, count=1).removeprefix(BREAKING)
            yield " ".join(plain_text(words).split())
