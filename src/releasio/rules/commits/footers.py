"""Footers of a commit's body: where one ends, and what `Release-As:` names."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Collection


@cache  # 2 ms, and most histories break nothing
def trailer() -> re.Pattern[str]:
    """Return what finds the beginning of a trailer at the beginning of a line."""
    return re.compile(
        r"(?:[a-z]+(?:-[a-z]+){0,4}-by|BREAKING[ -]CHANGE|change-id|release-as|cc|refs?|references|"
        r"issues?|bug|see-also|related-to|depends-on|implements|part-of|piperorigin-revid)"
        r"(?:: ?| #)"
        r"|(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)(?:: ?| )"
        r"(?:[\w./-]*#\d|https?://|GH-\d|[A-Z]+-\d)"
        r"|(?:close[sd]|fixe[sd]|resolve[sd]):"
        r"|See merge request \S|\(cherry picked from commit |This reverts commit [0-9a-f]{7}",
        re.IGNORECASE,
    )


# also as an item of a list, and in bold
MARK = pattern(r" {0,3}(?:[*+-] {1,3})?(?:\*\*|__)?BREAKING[ -]CHANGE(?:\*\*|__)?:(?:\*\*|__)?")
# how a line ends whose sentence goes on below
_OPEN_END = pattern(
    r"(?:^|\W)(?:an?|any|the|no|not|non|without|is|are|was|as|of|or|and|for|with|one|potential)$",
    re.IGNORECASE,
)
_RULE = pattern(r"(?:-{3,}|\*{3,}|_{3,})[ \t]*")
_HEADING = pattern(r"#{1,6} ")
_ITEM = pattern(r"(?:[*+-]|\d{1,9}[.)])[ \t]")
_FENCE = pattern(r"(`{3,}|~{3,})")


class Lines:
    """
    The lines of a body, as they are and without what is quoted; a footer never ends in a quotation.

    Args:
        body: As it is.
        words: The same with spaces in place of quotations: `own_words(body)`.
    """

    def __init__(self, body: str, words: str) -> None:
        self._lines = body.split("\n")
        self._words = self._lines if words is body else words.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]
        self._headed: int | None = None  # the first line that is a heading, once it is known

    def footer(self, end: int, stops: Collection[int] = (), bullet: str = "") -> str:
        """
        Return the text of the footer whose mark ends at *end*.

        It goes on until the next known trailer, the next of *stops* (where lines begin that say
        something else), a line that begins with the *bullet* of a list, or the end. In a
        body that has headings above, the next heading ends it, too. Lines of one paragraph
        are joined; items, code and empty lines between stay.
        """
        number = bisect_right(self._starts, end) - 1
        headed = self._first_heading() < number
        text = [self._lines[number][end - self._starts[number] :].strip()]
        for place in range(number + 1, len(self._lines)):
            words = self._words[place]
            if self._starts[place] in stops or (bullet and words.startswith(bullet)):
                break
            if self._ends(words.lstrip(" "), headed=headed):
                break
            text.append(self._lines[place].rstrip())
        return _unwrapped(text)

    def goes_on(self, start: int) -> bool:
        """Whether the line that begins at *start* goes on with a sentence of the line above."""
        number = bisect_right(self._starts, start) - 1
        line_above = self._words[number - 1].rstrip() if number else ""
        return bool(_OPEN_END.search(line_above)) and not (
            MARK.match(line_above) or trailer().match(line_above)
        )

    def _first_heading(self) -> int:
        if self._headed is None:
            heading_numbers = (
                place for place, words in enumerate(self._words) if _HEADING.match(words)
            )
            self._headed = next(heading_numbers, len(self._lines))
        return self._headed

    def _ends(self, words: str, *, headed: bool) -> bool:
        if _RULE.fullmatch(words) or trailer().match(words) or MARK.match(words):
            return True
        return headed and bool(_HEADING.match(words))


def _unwrapped(lines: list[str]) -> str:
    """Return *lines* with each paragraph and item on a line of its own, and code as it is."""
    parts: list[list[str]] = []
    fence = ""
    joins = False  # whether the next line goes on with the last one
    for line in lines:
        text = line.strip()
        mark = _FENCE.match(text)
        if fence or mark:
            parts.append([line if fence else text])
            closes = fence and text.startswith(fence) and not text.strip(fence[0])
            fence = "" if closes else fence or (mark[1] if mark else "")
            joins = False
        elif joins and text and not _ITEM.match(text):
            parts[-1].append(text)
        else:
            parts.append([line if _ITEM.match(text) and parts else text])
            joins = bool(text)
    joined = "\n".join(" ".join(part) for part in parts).strip("\n")
    return re.sub(r"\n{3,}", "\n\n", joined)


def release_as(words: str) -> str | None:
    """
    Return what the last `Release-As:` footer names; the empty string when it names nothing.

    Args:
        words: The message without what is quoted in it.
    """
    if "elease-" not in words and "ELEASE-" not in words:
        return None
    version_text = None
    for line in words.split("\n"):
        key, colon, value = line.partition(":")
        if colon and key.strip().lower() == "release-as":
            version_text = value.strip()
    return version_text
