"""Text from commits is data: make it show as it is in Markdown, and do nothing else."""

from __future__ import annotations

import re

from releasio.rules.invisible import ALL

_CONTROL = re.compile(f"[\x00-\x1f\x7f-\x9f{ALL}]+")
# what is left as it is: code spans and bare addresses
_KEPT = re.compile(r"(?<!`)(`+)(?!`)(?:.*?[^`])\1(?!`)|https?://[^\s<>\[\]`*]+")
_SPECIAL = re.compile(
    r"(?P<mention>(?<!\w)@(?=\w))"
    r"|(?P<entity>&(?=#?\w+;))"
    r"|(?P<tag><)"
    r"|(?P<mark>[\[\]*`]|~(?=~)|(?<=~)~|\\(?=[!-/:-@\[-`{-~])"
    r"|(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9]))"
)
_HARMLESS = re.compile(r"[A-Za-z](?:[A-Za-z0-9,.:;()/'\"+=?%$^{}|#-]| (?=\S))*").fullmatch
_BLOCK = re.compile(r"(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|(?<=\A)\d+(?=[.)](?:\s|$)))")


def escape(text: str) -> str:
    """
    Return one line of Markdown that shows *text* as it is written.

    Code spans and addresses are kept. A name behind an @ looks the same, but
    nobody is notified; the forge looks for names after rendering, so no escaping
    helps and a character without width has to.
    """
    if _HARMLESS(text):  # most texts are, and there may be 100,000
        return text
    text = " ".join(_CONTROL.sub(" ", text).split())
    parts, done = [], 0
    for kept in _KEPT.finditer(text):
        parts += [_SPECIAL.sub(_escaped, text[done : kept.start()]), kept[0]]
        done = kept.end()
    parts.append(_SPECIAL.sub(_escaped, text[done:]))
    return _behind_bullet("".join(parts))


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
