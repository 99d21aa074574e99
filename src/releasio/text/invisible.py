"""Characters that nobody sees, or that change the order of those that are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.text.pattern import pattern

if TYPE_CHECKING:
    import re

# as a class of a regular expression. Those that join emoji, or letters of some scripts, are
# left out of what is shown escaped (`SEEN_THROUGH`), and so are the selectors of a variant
# that follow an emoji
ALL = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
_ANY = pattern(f"[{ALL}]")
_JOINERS = "\u200c\u200d"
_FOUR = 0xFFFF


def shown(text: str) -> str:
    """Return *text* with each of them as an escape, in the way Python writes it."""
    return text if text.isascii() else _ANY.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    if match[0] in _JOINERS:
        return match[0]
    point = ord(match[0])
    return f"\\u{point:04x}" if point <= _FOUR else f"\\U{point:08x}"
