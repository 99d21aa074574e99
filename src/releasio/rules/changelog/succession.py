"""What a text about one version says about the next: its links, anchors, numbers and dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.changelog.heading_date import date_like
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from datetime import date

    from releasio.rules.changelog.heading_date import Order

COMPARE = pattern(
    r"(?P<base>.*?/compare/)(?P<old>[^\s)>\"']+?)(?P<dots>\.{2,3}|%0D)(?P<new>[^\s)>\"'?#]+)"
)
_TAG_PAGE = r"(/(?:releases/tag|releases|tree|tags|commits|src/tag)/)[^/?#\s)>\"']*"
_URL = pattern(r"https?://[^\s)>\"']+|(?<=\]\()[^\s)]+")


@frozen
class Succession:
    """
    One version and the one after it.

    Attributes:
        written: The former as the text has it: `1.1.0`.
        before: The version before it, as the text has it; empty: not known.
        previous: The tag of the former; `None`: not known.
        next: The version that follows.
        tag: Its tag.
        day: The day of its release.
        order: How dates such as `05/06/2026` are read.
    """

    written: str
    before: str
    previous: str | None
    next: str
    tag: str
    day: date
    order: Order | None = None

    def url(self, url: str) -> str:
        """Return where *url*, which is about the former version, leads for the next one."""
        if match := COMPARE.match(url):
            remainder = url[match.end() :]
            if self._names(match["old"]) and not self._names(match["new"]):  # newest first
                first, second = self.tag, self.previous or match["old"]
            else:
                first, second = self.previous or match["new"], self.tag
            return f"{match['base']}{first}{match['dots']}{second}{remainder}"
        if self.previous and re.search(rf"/{re.escape(self.previous)}(?![\w.])", url):
            return url.replace(f"/{self.previous}", f"/{self.tag}")
        number = re.escape(self.written)
        page = re.compile(rf"{_TAG_PAGE[:-1]}?(?<![\d.]){number}(?![\w.])")
        if match := page.search(url):
            return f"{url[: match.start()]}{match[1]}{self.tag}{url[match.end() :]}"
        return self._numbers(url)

    def text(self, text: str) -> str:
        """Return *text* about the next version: addresses, numbers and the date anew."""
        pieces, position = [], 0
        for match in _URL.finditer(text):
            pieces += [self._numbers(text[position : match.start()]), self.url(match[0])]
            position = match.end()
        new_text = "".join((*pieces, self._numbers(text[position:])))
        return date_like(new_text, self.day, self.order) or new_text

    def anchor(self, label: str) -> str:
        """
        Return *label* with the next version in it, in as many parts as it has of the former.

        It comes back as it is where it does not name the version.
        """
        parts, following = _parts(self.written), _parts(self.next)
        for count in range(len(parts), 0, -1):
            for mark in (".", "_", "-", ""):
                if mark == "" and count == 1:
                    continue
                old = mark.join(parts[:count])
                place = re.search(rf"(?<!\d){re.escape(old)}(?!\d)(?![._-]\d)", label)
                if place is None:
                    continue
                # a label in fewer parts must still be this version's own
                new_parts = following if _more_than(following, count) else following[:count]
                return f"{label[: place.start()]}{mark.join(new_parts)}{label[place.end() :]}"
        return label

    def _names(self, text: str) -> bool:
        return self.written in text

    def _numbers(self, text: str) -> str:
        def follows(match: re.Match[str]) -> str:
            return self.next if match[0] == self.written else self.written

        versions = "|".join(map(re.escape, filter(None, (self.written, self.before))))
        return re.sub(rf"(?<![\d.])(?:{versions})(?![\d.]*\d)", follows, text)


def _parts(version: str) -> list[str]:
    return re.findall(r"\d+|[a-z]+\d*", version)


def _more_than(parts: list[str], count: int) -> bool:
    """Whether *parts* say something behind the first *count*: anything but zeros."""
    return any(part.strip("0") for part in parts[count:])
