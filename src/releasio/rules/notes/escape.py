"""Text from commits is data: make it show as it is in Markdown, and do nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.text.invisible import ALL
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTROL = pattern(f"[\x00-\x1f\x7f-\x9f{ALL}]+")
_TICKS = pattern(r"`+")
_ADDRESS = pattern(r"https?://[^\s<>\[\]`*]+")
_SPECIAL = pattern(
    r"(?P<mention>(?<!\w)@(?=\w))"
    r"|(?P<entity>&(?=#?\w+;))"
    r"|(?P<tag><)"
    r"|(?P<mark>[\[\]*`]|~(?=~)|(?<=~)~|\\(?=[!-/:-@\[-`{-~])"
    r"|(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9]))"
)
_HARMLESS = re.compile(r"[A-Za-z][A-Za-z0-9,.:;()/'\"+=?%$^{}|# -]*").fullmatch
_BLOCK = pattern(r"(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|(?<=\A)\d+(?=[.)](?:\s|$)))")


def escape(text: str) -> str:
    """
    Return one line of Markdown that shows *text* as it is written.

    Code spans and addresses are kept. A name behind an @ looks the same, but
    nobody is notified; the forge looks for names after rendering, so no escaping
    helps and a character without width has to.
    """
    # most texts are, and there may be 100,000
    if _HARMLESS(text) and "  " not in text and not text.endswith(" "):
        return text
    text = " ".join(_CONTROL.sub(" ", text).split())
    parts, position = [], 0
    for begin, end in _verbatim_spans(text):
        parts += [_SPECIAL.sub(_escaped, text[position:begin]), text[begin:end]]
        position = end
    parts.append(_SPECIAL.sub(_escaped, text[position:]))
    return _behind_bullet("".join(parts))


def _verbatim_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield begin and end of what is left as it is: code spans and bare addresses."""
    position = 0
    for begin, end in _code_spans(text):
        yield from (match.span() for match in _ADDRESS.finditer(text, position, begin))
        yield begin, end
        position = end
    yield from (match.span() for match in _ADDRESS.finditer(text, position))


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where code begins and ends: between two runs of backticks of the same length."""
    if "`" not in text:
        return
    runs = [run.span() for run in _TICKS.finditer(text)]
    closing: dict[int, int] = {}  # length to the number of the next run of that length
    partners = [0] * len(runs)
    for number in range(len(runs) - 1, -1, -1):
        length = runs[number][1] - runs[number][0]
        partners[number] = closing.get(length, 0)
        closing[length] = number
    number = 0
    while number < len(runs):
        if partner := partners[number]:
            yield runs[number][0], runs[partner][1]
            number = partner
        number += 1


def plain(text: str) -> str:
    """Return *text* on one line and without control characters, otherwise as it is."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _escaped(match: re.Match[str]) -> str:
    match match.lastgroup:
        case "mention":
            return "@&#8203;"
        case "entity":
            return "&amp;"
        case "tag":
            return "&lt;"
        case _:
            return "".join(f"\\{character}" for character in match[0])


def _behind_bullet(text: str) -> str:
    """Keep the beginning of an entry from being a heading, a quote or a list of its own."""
    match = _BLOCK.match(text)
    if match is None:
        return text
    if match[0].isdigit():
        return f"{match[0]}\\{text[match.end() :]}"
    return f"\\{text}"
